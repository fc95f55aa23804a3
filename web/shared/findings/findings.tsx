import type { Finding } from '../../../shared/findings/finding.ts';
import { groupFindings } from '../../../shared/findings/group-findings.ts';
import { SeverityBadge } from '../ui/decision-badge.tsx';
import { Citation } from './citation.tsx';
import { Place } from './place.tsx';

interface Props {
  findings: readonly Finding[];
  /** opens a place in the documents */
  onOpen?: (where: Finding['where']) => void;
}

/** The findings of a packet, grouped, first what must be done: where, why with the citation, how to fix it. */
export function Findings({ findings, onOpen }: Props) {
  const groups = groupFindings([...findings]);
  const asked = groups.filter(({ severity }) => severity !== 'info');
  const notes = groups.filter(({ severity }) => severity === 'info');
  return (
    <>
      {asked.length > 0 && <FindingList findings={asked} onOpen={onOpen} />}
      {notes.length > 0 && (
        <details className="notes">
          <summary>お知らせ {notes.length}件（直すことはありません）</summary>
          <FindingList findings={notes} onOpen={onOpen} />
        </details>
      )}
    </>
  );
}

function FindingList({ findings, onOpen }: { findings: Finding[]; onOpen: Props['onOpen'] }) {
  return (
    <ol className="findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.message} ${JSON.stringify(finding.where)}`}>
          <FindingText finding={finding} onOpen={onOpen} />
        </li>
      ))}
    </ol>
  );
}

/** One finding: what, how to fix it, where, and why. */
export function FindingText({ finding, onOpen }: { finding: Finding; onOpen: Props['onOpen'] }) {
  const places = [finding.where, ...(finding.also ?? [])].filter(({ file }) => file !== undefined);
  return (
    <>
      <p className="finding-message">
        <SeverityBadge severity={finding.severity} /> {finding.message}
      </p>
      <dl className="finding-details">
        {finding.severity !== 'info' && (
          <>
            <dt>直し方</dt>
            <dd>{finding.remedy}</dd>
          </>
        )}
        {places.length > 0 && (
          <>
            <dt>場所</dt>
            <dd>
              {places.map((where) => (
                <Place key={JSON.stringify(where)} where={where} onOpen={onOpen} />
              ))}
            </dd>
          </>
        )}
        {finding.citation && (
          <>
            <dt>根拠</dt>
            <dd>
              <Citation
                citation={finding.citation}
                rules={finding.rules}
                city={finding.edition?.split('@')[0]}
              />
            </dd>
          </>
        )}
      </dl>
    </>
  );
}
