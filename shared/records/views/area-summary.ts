import { japanDate } from '../../calendar/japan-time.ts';
import type { DecisionOutcome } from '../../vocabulary/category.ts';
import type { NumberName } from '../../vocabulary/number-names.ts';
import { type AreaMonth, areaMonth, type CaseRecord } from '../store/case-record.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { isWaiting, monthCases, NUMBER_NAMES, sumOf, sumsOf } from './numbers.ts';

/** Numbers without keys, and those with: shared/records/views/numbers.ts says what each counts. */
const SCALARS = [
  'cases',
  'users',
  'two_offices',
  'reviews',
  'overdue',
  'overdue_papers',
  'corrected',
] as const;
type Scalar = (typeof SCALARS)[number];

/**
 * Item of the table `summaries`: an area's month in numbers. Recomputed from its cases, never incremented: a replay
 * cannot count twice.
 */
export interface AreaSummary
  extends AreaMonth,
    Record<Scalar, number>,
    Record<Exclude<NumberName, Scalar | 'decisions'>, Record<string, number>> {
  month_area: string;
  /** goes up by one with every recomputation; guards against a slow one that ends late */
  revision: number;
  computed_at: string;
  decisions: Record<DecisionOutcome, number>;
  /** the next date of a review that no one has ended */
  next_due: string | null;
}

type Numbers = Omit<AreaSummary, 'computed_at' | 'revision'>;

/** Counts the cases of one area and month. Pure: the same cases give the same numbers. */
export function summarise({ city, area, month }: AreaMonth, cases: CaseRecord[], today: string): Numbers {
  const counted = monthCases(cases, today);
  const scalars = SCALARS.map((name) => [name, sumOf(name, counted)] as const);
  const keyed = NUMBER_NAMES.filter((name) => !isScalar(name)).map(
    (name) => [name, sumsOf(name, counted)] as const,
  );
  const dues = counted.cases.flatMap((one) => (isWaiting(one) ? [one.review_due!] : [])).sort();
  return {
    city,
    area,
    month,
    month_area: `${month}#${area}`,
    ...(Object.fromEntries(scalars) as Record<Scalar, number>),
    ...(Object.fromEntries(keyed) as Pick<Numbers, Exclude<NumberName, Scalar | 'decisions'>>),
    decisions: { accept: 0, review: 0, return: 0, ...sumsOf('decisions', counted) },
    next_due: dues.find((due) => due >= today) ?? null,
  };
}

const isScalar = (name: NumberName): name is Scalar => SCALARS.some((scalar) => scalar === name);

/** Recomputes the summary of one area and month. The write is refused, and repeated, when another one came in between. */
export async function recomputeSummary(store: RecordStore, id: AreaMonth, now: Date): Promise<AreaSummary> {
  const key = summaryKey(id);
  for (;;) {
    // The revision is read before the cases: any change after this read makes the write fail.
    const before = await store.get<AreaSummary>('summaries', key);
    const cases = await collect(store.partition<CaseRecord>('cases', areaMonth(id)));
    const computed_at = now.toISOString();
    const summary: AreaSummary = {
      ...summarise(id, cases, japanDate(computed_at)),
      computed_at,
      revision: (before?.revision ?? 0) + 1,
    };
    const written = await store.putIf('summaries', summary, {
      expression: before ? 'revision = :before' : 'attribute_not_exists(city)',
      values: before ? { ':before': before.revision } : undefined,
    });
    if (written) return summary;
  }
}

export const summaryKey = ({ city, area, month }: AreaMonth): { city: string; month_area: string } => ({
  city,
  month_area: `${month}#${area}`,
});
