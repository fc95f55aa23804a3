import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { timeText } from '../../shared/text/dates.ts';
import { SeverityBadge } from '../../shared/ui/decision-badge.tsx';
import { StateBadge } from '../packets/state-badge.tsx';
import { type Changes, changesQuery, type Packet } from './packet-query.ts';

/** The versions of a case, and what this one changed. Nothing where there is one alone. */
export function Versions({ id, packet }: { id: string; packet: Packet }) {
  const { data } = useQuery(changesQuery(id));
  if (packet.versions.length < 2 && !data?.changes) return null;
  return (
    <section aria-label="版">
      <h2>これまでの版</h2>
      <ol className="versions">
        {packet.versions.map((one) => (
          <li key={one.packet_id}>
            第{one.version}版　{timeText(one.received_at)} 受付（{one.upload_id}）{' '}
            <StateBadge state={one.state} />{' '}
            {one.packet_id === id ? '表示中' : <Link to={`/office/packets/${one.packet_id}`}>開く</Link>}
          </li>
        ))}
      </ol>
      {data?.changes && <ChangeList changes={data.changes} />}
    </section>
  );
}

function ChangeList({ changes }: { changes: NonNullable<Changes['changes']> }) {
  const { added, replaced, removed, same, gone, fresh } = changes;
  const files: [string, string[]][] = [
    ['追加', added],
    ['差し替え', replaced],
    ['なくなった', removed],
  ];
  return (
    <>
      <h3>前の版から変わったこと</h3>
      <ul>
        {files.flatMap(([what, names]) =>
          names.length > 0 ? [<li key={what}>{`${what}：${names.join('、')}`}</li>] : [],
        )}
        <li>同じまま：{same}ファイル</li>
        {gone.map((one) => (
          <li key={`gone ${one.message}`}>
            <SeverityBadge severity={one.severity} /> 解消：{one.message}
          </li>
        ))}
        {fresh.map((one) => (
          <li key={`new ${one.message}`}>
            <SeverityBadge severity={one.severity} /> 新しい指摘：{one.message}
          </li>
        ))}
      </ul>
    </>
  );
}
