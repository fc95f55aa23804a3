import { Link } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { useAreaName } from '../../shared/places/registry-query.ts';
import { monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { DecisionBadge, SeverityBadge } from '../../shared/ui/decision-badge.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table } from '../../shared/ui/table.tsx';
import type { ReplayChange } from './replay-queries.ts';

interface Props {
  city: string;
  changes: ReplayChange[];
  isOver: boolean;
}

/** The packets whose verdict would change. Without a name: the papers open by a link, for those who may read them. */
export function ChangedTable({ city, changes, isOver }: Props) {
  const nameOf = useAreaName(city);
  const none = isOver ? '判定の変わる書類はありません。' : '判定の変わる書類は、まだ見つかっていません。';
  return (
    <Table
      label="変わる判定"
      items={changes}
      idOf={({ packet_id }) => packet_id}
      empty={<Empty>{none}</Empty>}
      columns={[
        {
          key: 'packet',
          title: '書類',
          isRowHeader: true,
          cell: ({ packet_id, month, office }) => (
            <Link to={`/hokatsu/documents/${packet_id}`}>
              {monthText(month)} 事業所{office.startsWith('_') ? '不明' : office}
              <span className="visually-hidden">（{packet_id.slice(0, 8)}）</span>
            </Link>
          ),
        },
        { key: 'area', title: '圏域', cell: ({ area }) => nameOf(area) },
        {
          key: 'decision',
          title: '判定',
          cell: ({ before, after }) =>
            before === after ? (
              <DecisionBadge decision={after} />
            ) : (
              <>
                <DecisionBadge decision={before} /> → <DecisionBadge decision={after} />
              </>
            ),
        },
        { key: 'what', title: '変わるところ', cell: (change) => <Changes change={change} /> },
        { key: 'rules', title: '関わる規則', isShort: true, cell: ({ rules }) => rules.join('、') },
      ]}
    />
  );
}

function Changes({ change }: { change: ReplayChange }) {
  return (
    <ul className="changes">
      {change.fields.map(({ label, before, after }) => (
        <li key={label}>
          {label}: {before} → <strong>{after}</strong>
        </li>
      ))}
      {change.added.map((one) => (
        <li key={`+${one}`}>
          増える指摘 <Code code={one} />
        </li>
      ))}
      {change.removed.map((one) => (
        <li key={`-${one}`}>
          減る指摘 <Code code={one} />
        </li>
      ))}
      {change.reworded > 0 && <li>文の変わる指摘 {change.reworded}件</li>}
    </ul>
  );
}

/** `F_DOC_MISSING error` in words. */
function Code({ code }: { code: string }) {
  const { codes } = useWords();
  const [name = '', severity = ''] = code.split(' ');
  return (
    <>
      <SeverityBadge severity={severity} /> {word(codes, name)}
    </>
  );
}
