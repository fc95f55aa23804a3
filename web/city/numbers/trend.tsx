import { lazy, Suspense } from 'react';
import { useWords } from '../../shared/api/session.ts';
import { monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Loading } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import type { ChartRow } from './charts.tsx';
import { NumberLink } from './number-link.tsx';
import type { TrendMonth } from './numbers-queries.ts';

const BarsChart = lazy(async () => ({ default: (await import('./charts.tsx')).BarsChart }));

const DECISIONS = ['accept', 'review', 'return'] as const;

/** The months side by side: packets by decision, people, switches. */
export function Trend({ city, months }: { city: string; months: TrendMonth[] }) {
  const words = useWords();
  const known = months.filter(({ month }) => month !== 'unknown');
  if (known.length < 2) return null;
  const series = DECISIONS.map((key) => ({ key, name: word(words.decisions, key) }));
  const rows: ChartRow[] = known
    .toReversed()
    .map(({ month, decisions }) => ({ name: month.replace('-', '/'), ...decisions }));
  return (
    <section>
      <h2>月ごとの推移</h2>
      <figure>
        <figcaption>受け付けた件数と判定</figcaption>
        <Suspense fallback={<Loading />}>
          <BarsChart rows={rows} series={series} unit="件" />
        </Suspense>
      </figure>
      <details>
        <summary>月ごとの表</summary>
        <Table
          label="月ごとの推移"
          columns={columnsOf(city, words)}
          items={known}
          idOf={({ month }) => month}
        />
      </details>
    </section>
  );
}

function columnsOf(city: string, words: ReturnType<typeof useWords>): TableColumn<TrendMonth>[] {
  const column = (
    of: string,
    key: string,
    title: string,
    count: (one: TrendMonth) => number,
  ): TableColumn<TrendMonth> => ({
    key: `${of} ${key}`,
    title,
    isNumber: true,
    cell: (one) => (
      <NumberLink
        asked={{ city, month: one.month, of, key, area: null }}
        count={count(one)}
        label={`${monthText(one.month)} ${title}`}
      />
    ),
  });
  return [
    {
      key: 'month',
      title: '提供月',
      isRowHeader: true,
      isShort: true,
      cell: ({ month }) => monthText(month),
    },
    column('cases', 'all', '件数', (one) => one.cases),
    column('users', 'all', '利用者（人）', (one) => one.users),
    ...DECISIONS.map((key) =>
      column('decisions', key, word(words.decisions, key), ({ decisions }) => decisions[key]),
    ),
    {
      key: 'switches',
      title: '切り替え（人）',
      isNumber: true,
      cell: ({ switches }) => Object.values(switches).reduce((sum, n) => sum + n, 0),
    },
    column('overdue', 'all', '期限超過', (one) => one.overdue),
  ];
}
