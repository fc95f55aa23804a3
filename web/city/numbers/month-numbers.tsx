import { lazy, Suspense } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { useAreaName } from '../../shared/places/registry-query.ts';
import { Loading } from '../../shared/ui/states.tsx';
import { AreaTable } from './area-table.tsx';
import type { ChartRow } from './charts.tsx';
import { CountTable } from './count-table.tsx';
import { listAddress } from './number-link.tsx';
import { type KeyedNumber, keyText, totalOf } from './number-words.ts';
import type { Summary } from './numbers-queries.ts';

const BarsChart = lazy(async () => ({ default: (await import('./charts.tsx')).BarsChart }));

interface Props {
  city: string;
  month: string;
  summaries: Summary[];
}

interface NumberPart {
  of: KeyedNumber;
  title: string;
  unit: string;
}

/** Each with a table of its own, where the month has any. */
const PARTS: NumberPart[] = [
  { of: 'categories', title: '区分', unit: '人' },
  { of: 'routes', title: '実施の経路', unit: '人' },
  { of: 'switches', title: '区分の切り替え', unit: '人' },
  { of: 'returned_findings', title: '返戻の理由', unit: '件' },
  { of: 'returned_offices', title: '返戻の多い事業所', unit: '件' },
  { of: 'findings', title: '多い指摘（お知らせを除く）', unit: '件' },
  { of: 'missing_documents', title: '足りない書類', unit: '件' },
  { of: 'answer_times', title: '受付から最初の判定まで', unit: '件' },
  { of: 'review_times', title: '受付から確認・助言まで', unit: '件' },
  { of: 'units_by_payer', title: '請求単位（請求先別）', unit: '単位' },
  { of: 'units_by_claimant', title: '請求単位（請求する者別）', unit: '単位' },
  { of: 'waivers', title: '免除を使った件数', unit: '件' },
];

/** The numbers of one month: by area, by category, what came back and why, how long it took, what is claimed. */
export function MonthNumbers(props: Props) {
  const isCounted = ({ of }: NumberPart): boolean =>
    totalOf(props.summaries, of).some(({ count }) => count > 0);
  const [counted, empty] = [PARTS.filter(isCounted), PARTS.filter((part) => !isCounted(part))];
  return (
    <>
      <section>
        <h2>圏域ごと</h2>
        <AreaTable {...props} />
        <CategoryChart {...props} />
      </section>
      <div className="columns">
        {counted.map((part) => (
          <Part key={part.of} {...props} {...part} />
        ))}
      </div>
      {empty.length > 0 && (
        <p className="soft">この月にないもの: {empty.map(({ title }) => title).join('、')}</p>
      )}
      <p className="soft">
        「件」は受け付けた書類一式の数、「人」は利用者の数です。一人の利用者に計画と実績が別に届いた月は、2件・1人と数えます。訂正版は前の版に置き換えて数えます。
      </p>
    </>
  );
}

function Part({ city, month, summaries, of, title, unit }: Props & NumberPart) {
  return (
    <section className="card">
      <h3>{title}</h3>
      <CountTable
        city={city}
        month={month}
        of={of}
        counts={totalOf(summaries, of)}
        unit={unit}
        title={title}
      />
    </section>
  );
}

/** People by area and category; a bar opens its list. */
function CategoryChart({ city, month, summaries }: Props) {
  const words = useWords();
  const nameOf = useAreaName(city);
  const navigate = useNavigate();
  const series = totalOf(summaries, 'categories').map(({ key }) => ({
    key,
    name: keyText(words, 'categories', key),
  }));
  const rows: ChartRow[] = summaries.map((one) => ({
    name: one.area.startsWith('_') ? '決まらない' : nameOf(one.area),
    area: one.area,
    ...one.categories,
  }));
  return (
    <figure>
      <figcaption>圏域と区分ごとの利用者（人）。棒を押すと一覧が開きます。数は表と同じです。</figcaption>
      <Suspense fallback={<Loading />}>
        <BarsChart
          rows={rows}
          series={series}
          unit="人"
          isLying
          onPick={(row, key) =>
            void navigate(listAddress({ city, month, of: 'categories', key, area: String(row.area) }))
          }
        />
      </Suspense>
    </figure>
  );
}
