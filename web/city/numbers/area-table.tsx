import { useWords, type Words } from '../../shared/api/session.ts';
import { useAreaName } from '../../shared/places/registry-query.ts';
import { dayText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import { NumberLink } from './number-link.tsx';
import type { Summary } from './numbers-queries.ts';

interface Props {
  city: string;
  month: string;
  summaries: Summary[];
}

/** One row per area, and the sum; every number opens its list. */
export function AreaTable({ city, month, summaries }: Props) {
  const words = useWords();
  const nameOf = useAreaName(city);
  const rows: AreaRow[] = [
    ...summaries.map((one) => ({ area: one.area, name: nameOf(one.area), of: [one] })),
    { area: null, name: '合計', of: summaries },
  ];
  return (
    <Table
      label="圏域ごとの件数と人数"
      columns={columnsOf(city, month, words)}
      items={rows}
      idOf={({ area }) => area ?? 'total'}
    />
  );
}

interface AreaRow {
  area: string | null;
  name: string;
  of: Summary[];
}

type AmountOf = (one: Summary) => number;

function columnsOf(city: string, month: string, words: Words): TableColumn<AreaRow>[] {
  const column = (of: string, key: string, title: string, amountOf: AmountOf): TableColumn<AreaRow> => ({
    key: `${of} ${key}`,
    title,
    isNumber: true,
    cell: ({ area, name, of: summaries }) => (
      <NumberLink
        asked={{ city, month, of, key, area }}
        count={summaries.reduce((sum, one) => sum + amountOf(one), 0)}
        label={`${name} ${title}`}
      />
    ),
  });
  const decision = (key: 'accept' | 'review' | 'return') =>
    column('decisions', key, word(words.decisions, key), (one) => one.decisions[key]);
  return [
    { key: 'area', title: '圏域', isRowHeader: true, cell: ({ name }) => name },
    column('cases', 'all', '件数', (one) => one.cases),
    decision('accept'),
    decision('review'),
    decision('return'),
    column('users', 'all', '利用者（人）', (one) => one.users),
    column('reviews', 'all', '確認待ち', (one) => one.reviews),
    column('overdue', 'all', '確認の期限超過', (one) => one.overdue),
    // Absent in numbers that an earlier program counted.
    column('overdue_papers', 'all', '届いていない書類', (one) => one.overdue_papers ?? 0),
    column('corrected', 'all', '訂正版', (one) => one.corrected),
    {
      key: 'due',
      title: '次の期限',
      isShort: true,
      cell: ({ of }) => dayText(of.flatMap((one) => one.next_due ?? []).sort()[0] ?? null),
    },
  ];
}
