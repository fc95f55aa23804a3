import { useQueries } from '@tanstack/react-query';
import type { Citation } from '../../../shared/findings/finding.ts';
import { answer, api } from '../api/api.ts';
import { dayText } from '../text/dates.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Quotes } from './quotes.tsx';

const passagesOf = (city: string, rule: string) =>
  answer(api.rules[':city'][':rule'].$get({ param: { city, rule } }));
type Passage = Awaited<ReturnType<typeof passagesOf>>['passages'][number];

interface Props {
  city: string;
  rules: readonly string[];
  citation: Citation;
  onClose: () => void;
}

/** What the source of a citation says, rule by rule, and where to read it whole. */
export function PassageDialog({ city, rules, citation, onClose }: Props) {
  const queries = useQueries({
    queries: rules.map((rule) => ({
      queryKey: ['passages', city, rule],
      queryFn: () => passagesOf(city, rule),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  return (
    <Dialog title="根拠" isOpen onClose={onClose}>
      {queries.map((query, n) => (
        <section key={rules[n]} className="passages" aria-label={rules[n]}>
          <h3>{rules[n]}</h3>
          <Loaded query={query}>
            {({ passages }) =>
              citedFirst(passages, citation).map((one) => <PassageText key={keyOf(one)} passage={one} />)
            }
          </Loaded>
        </section>
      ))}
    </Dialog>
  );
}

const keyOf = ({ part, from, summary }: Passage): string => `${part} ${from} ${summary}`;

/** A rule has parts of several places: those of the cited place first. */
function citedFirst(passages: Passage[], { title, place }: Citation): Passage[] {
  const isCited = ({ citation }: Passage): boolean => citation.title === title && citation.place === place;
  return [...passages.filter(isCited), ...passages.filter((one) => !isCited(one))];
}

function PassageText({ passage }: { passage: Passage }) {
  const { summary, part, quotes, citation, url, from, to, when, unless, note } = passage;
  const rows: [string, React.ReactNode][] = [
    [
      '出典',
      url ? (
        <a key="url" href={url} target="_blank" rel="noreferrer">{`${citation.title}（別のタブで開く）`}</a>
      ) : (
        citation.title
      ),
    ],
    ['箇所', citation.place],
    ['適用', `${dayText(from)}から${to ? `${dayText(to)}まで` : ''}`],
    ['当てはまる場合', when || 'すべての月'],
    ['除く場合', unless],
    ['補足', note],
  ];
  return (
    <article className="passage">
      <h4>
        {part && `${part}：`}
        {summary}
      </h4>
      <Quotes quotes={quotes} cite={`${citation.title} ${citation.place}`} />
      <dl className="finding-details">
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label} className="detail">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </article>
  );
}
