import { Link } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { daysLeftText, dayText, monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { DecisionBadge } from '../../shared/ui/decision-badge.tsx';
import { PersonLink } from '../../shared/ui/person-link.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import type { RosterPerson } from './roster-query.ts';

/** One row a person: name, category, certification, and what is open. */
export function RosterTable({
  city,
  month,
  people,
}: {
  city: string;
  month: string;
  people: RosterPerson[];
}) {
  const words = useWords();
  const columns: TableColumn<RosterPerson>[] = [
    {
      key: 'name',
      title: '氏名',
      isRowHeader: true,
      cell: (one) => <PersonLink to={`/hokatsu/people/${city}/${one.person}`} {...one} />,
    },
    {
      key: 'category',
      title: '区分',
      cell: (one) => (
        <>
          {word(words.categories, one.category, '決まらない')}
          {one.switched_from && one.month === month && <Badge tone="wait">切り替え</Badge>}
        </>
      ),
    },
    {
      key: 'papers',
      title: '書類',
      cell: (one) =>
        one.has_papers ? (
          <Link to={`/hokatsu/documents/${one.packet_id}`}>
            <DecisionBadge decision={one.decision} />
            <span className="visually-hidden">（{one.name ?? '氏名不明'}の書類を開く）</span>
          </Link>
        ) : (
          <span className="soft">この月はなし（最後は{monthText(one.month)}）</span>
        ),
    },
    {
      key: 'certification',
      title: '認定',
      cell: (one) => (
        <>
          {one.certification ?? '不明'}
          {one.cert_valid_to && <br />}
          {one.cert_valid_to && (
            <small className={one.is_ending ? 'bad' : ''}>{dayText(one.cert_valid_to)}まで</small>
          )}
        </>
      ),
    },
    {
      key: 'office',
      title: '事業所',
      isShort: true,
      cell: (one) => (one.office.startsWith('_') ? '不明' : one.office),
    },
    { key: 'open', title: '残っていること', cell: (one) => <Open person={one} /> },
  ];
  return (
    <Table
      label="圏域の利用者"
      columns={columns}
      items={people}
      idOf={(one) => one.person}
      empty={<Empty>当てはまる方はいません。</Empty>}
    />
  );
}

function Open({ person }: { person: RosterPerson }) {
  const words = useWords();
  const { overdue, missing_documents, review_due, review_closed } = person;
  const isWaiting = overdue.length === 0 && review_due !== null && review_closed === null;
  return (
    <>
      {overdue.map((one) => (
        <div key={one.packet_id}>
          <Badge tone="bad">{daysLeftText(one.due)}</Badge> {one.reason || '確認が終わっていません'}
        </div>
      ))}
      {isWaiting && (
        <div>
          <Badge tone="wait">確認待ち</Badge> {dayText(review_due)}まで
        </div>
      )}
      {missing_documents.length > 0 && (
        <div>足りない書類：{missing_documents.map((kind) => word(words.documents, kind)).join('、')}</div>
      )}
    </>
  );
}
