import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { monthText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { Select } from '../../shared/ui/select.tsx';
import { Loading } from '../../shared/ui/states.tsx';
import { Table, type TableColumn } from '../../shared/ui/table.tsx';
import type { ChartRow } from './charts.tsx';
import { listAddress, NumberLink } from './number-link.tsx';
import { keyText } from './number-words.ts';
import type { TrendMonth } from './numbers-queries.ts';

const BarsChart = lazy(async () => ({ default: (await import('./charts.tsx')).BarsChart }));

const DECISIONS = ['accept', 'review', 'return'] as const;

type Words = ReturnType<typeof useWords>;

interface View {
  title: string;
  unit: string;
  /** what the number counts, for the list behind a bar */
  of: 'decisions' | 'categories' | 'routes' | 'switches' | 'units_by_payer';
  counts: (month: TrendMonth) => Record<string, number>;
}

/** What the chart over the months may show. */
const VIEWS: View[] = [
  { title: '判定ごとの件数', unit: '件', of: 'decisions', counts: ({ decisions }) => decisions },
  { title: '区分ごとの利用者', unit: '人', of: 'categories', counts: ({ categories }) => categories },
  { title: '実施の経路ごとの利用者', unit: '人', of: 'routes', counts: ({ routes }) => routes },
  { title: '区分の切り替え', unit: '人', of: 'switches', counts: ({ switches }) => switches },
  {
    title: '請求先ごとの単位',
    unit: '単位',
    of: 'units_by_payer',
    counts: ({ units_by_payer }) => units_by_payer,
  },
];

/** The months side by side; a bar opens its list, and the table below says the same. */
export function Trend({ city, months }: { city: string; months: TrendMonth[] }) {
  const words = useWords();
  const known = months.filter(({ month }) => month !== 'unknown');
  if (known.length < 2) return null;
  return (
    <section>
      <h2>月ごとの推移</h2>
      <TrendChart city={city} months={known.toReversed()} words={words} />
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

function TrendChart({ city, months, words }: { city: string; months: TrendMonth[]; words: Words }) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string>(VIEWS[0]!.of);
  const view = VIEWS.find(({ of }) => of === chosen)!;
  const { of, title, unit, counts } = view;
  const keys =
    of === 'decisions' ? [...DECISIONS] : [...new Set(months.flatMap((one) => Object.keys(counts(one))))];
  const series = keys.map((key) => ({ key, name: keyText(words, of, key) }));
  const rows: ChartRow[] = months.map((one) => ({
    name: one.month.replace('-', '/'),
    month: one.month,
    ...counts(one),
  }));
  return (
    <>
      <div className="choices screen-only">
        <Select
          label="グラフに出すもの"
          options={VIEWS.map((one) => ({ value: one.of, label: one.title }))}
          value={chosen}
          onChange={setChosen}
        />
      </div>
      <figure>
        <figcaption>{title}。棒を押すと一覧が開きます。</figcaption>
        {keys.length === 0 ? (
          <p className="soft">どの月にもありません。</p>
        ) : (
          <Suspense fallback={<Loading />}>
            <BarsChart
              rows={rows}
              series={series}
              unit={unit}
              onPick={(row, key) =>
                void navigate(listAddress({ city, month: String(row.month), of, key, area: null }))
              }
            />
          </Suspense>
        )}
      </figure>
    </>
  );
}

function columnsOf(city: string, words: Words): TableColumn<TrendMonth>[] {
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
    column('overdue', 'all', '確認の期限超過', (one) => one.overdue),
    column('overdue_papers', 'all', '届いていない書類', (one) => one.overdue_papers),
  ];
}
