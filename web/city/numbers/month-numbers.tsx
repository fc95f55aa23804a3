import { useWords, type Words } from '../../shared/api/session.ts';
import { useAreaName } from '../../shared/places/registry-query.ts';
import { dayText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import type { Summary } from './summaries-query.ts';

/** The numbers of one month: by area, by category, and the most frequent findings. */
export function MonthNumbers({ city, summaries }: { city: string; summaries: Summary[] }) {
  const words = useWords();
  const nameOf = useAreaName(city);
  const twice = summaries.reduce((sum, one) => sum + one.two_offices, 0);
  return (
    <>
      <Table
        label="圏域ごとの件数"
        columns={areaColumns(words, nameOf)}
        items={summaries}
        idOf={({ area }) => area}
      />
      {twice > 0 && (
        <p>
          <Badge tone="bad">重複</Badge> 同じ月を二つ以上の事業所が出した利用者が {twice}{' '}
          人います（請求できるのは一か所だけです）。
        </p>
      )}
      <h2>区分ごとの人数</h2>
      <CountTable
        label="区分ごとの人数"
        title="区分"
        unit="人数"
        counts={totals(summaries, 'categories')}
        nameOf={(key) => word({ ...words.categories, undecided: '決まらない' }, key)}
      />
      <h2>多い指摘</h2>
      <CountTable
        label="多い指摘"
        title="内容"
        unit="件数"
        counts={totals(summaries, 'codes').slice(0, 10)}
        nameOf={(key) => word(words.codes, key)}
      />
    </>
  );
}

function areaColumns(words: Words, nameOf: (key: string) => string): TableColumn<Summary>[] {
  const units = (one: Summary) => Object.values(one.units).reduce((sum, n) => sum + n, 0);
  const decisions = ['accept', 'review', 'return'] as const;
  return [
    { key: 'area', title: '圏域', isRowHeader: true, cell: (one) => nameOf(one.area) },
    { key: 'cases', title: '件数', isNumber: true, cell: (one) => one.cases },
    { key: 'users', title: '利用者（人）', isNumber: true, cell: (one) => one.users },
    ...decisions.map((key) => ({
      key,
      title: word(words.decisions, key),
      isNumber: true,
      cell: (one: Summary) => one.decisions[key],
    })),
    {
      key: 'units',
      title: '請求単位（受理）',
      isNumber: true,
      cell: (one) => units(one).toLocaleString('ja-JP'),
    },
    { key: 'reviews', title: '確認待ち', isNumber: true, cell: (one) => one.reviews },
    {
      key: 'overdue',
      title: '期限超過',
      isNumber: true,
      cell: (one) => (one.overdue > 0 ? <Badge tone="bad">{one.overdue}</Badge> : 0),
    },
    { key: 'due', title: '次の期限', isShort: true, cell: (one) => dayText(one.next_due) },
  ];
}

/** The counts of all areas together, the largest first. */
function totals(summaries: Summary[], of: 'categories' | 'codes'): { key: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const one of summaries)
    for (const [key, count] of Object.entries(one[of])) counts.set(key, (counts.get(key) ?? 0) + count);
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count);
}

interface CountProps {
  label: string;
  title: string;
  unit: string;
  counts: { key: string; count: number }[];
  nameOf: (key: string) => string;
}

function CountTable({ label, title, unit, counts, nameOf }: CountProps) {
  const columns: TableColumn<{ key: string; count: number }>[] = [
    { key: 'name', title, isRowHeader: true, cell: ({ key }) => nameOf(key) },
    { key: 'count', title: unit, isNumber: true, cell: ({ count }) => count },
  ];
  return <Table label={label} columns={columns} items={counts} idOf={({ key }) => key} />;
}
