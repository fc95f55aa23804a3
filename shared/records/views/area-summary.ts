import { japanDate } from '../../calendar/japan-time.ts';
import { type AreaMonth, areaMonth, type CaseRecord } from '../steps/record-case.ts';
import { UNKNOWN_OFFICE } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';

/** An area's month in numbers. Never incremented, only made again from its cases: a replay cannot count twice. */
export interface AreaSummary extends AreaMonth {
  month_area: string;
  /** goes up by one with every recomputation; guards against a slow one that ends late */
  revision: number;
  computed_at: string;
  cases: number;
  /** different persons */
  users: number;
  decisions: Record<'accept' | 'review' | 'return', number>;
  /** persons by the category key their month stands at; those without one under `undecided` */
  categories: Record<string, number>;
  /** persons by who pays for their month */
  payers: Record<string, number>;
  events: Record<string, number>;
  /** units of accepted months, by category; a person's month counts once, however many packets came of it */
  units: Record<string, number>;
  /** how many cases carry each finding code */
  codes: Record<string, number>;
  missing_documents: Record<string, number>;
  offices: Record<string, number>;
  /** persons whose month more than one office (the center aside) sent papers of: one of them will not be paid */
  two_offices: number;
  /** cases with a review date, those past it on the day of computing, and the next date to come */
  reviews: number;
  overdue: number;
  next_due: string | null;
  corrected: number;
}

/** Counts the cases of one area and month. Pure: the same cases give the same numbers. */
export function summarise(at: AreaMonth, cases: CaseRecord[], today: string) {
  const here = cases.filter((one) => !one.superseded);
  const dues = here.flatMap((one) => (one.review_due ? [one.review_due] : [])).sort();
  const months = [...Map.groupBy(here, (one) => one.person).values()];
  const standing = months.map(monthOf);
  const decided = (decision: string) => here.filter((one) => one.decision === decision).length;
  return {
    city: at.city,
    area: at.area,
    month: at.month,
    month_area: `${at.month}#${at.area}`,
    cases: here.length,
    users: new Set(here.map((one) => one.person)).size,
    decisions: { accept: decided('accept'), review: decided('review'), return: decided('return') },
    categories: count(standing.map((one) => one.category ?? 'undecided')),
    payers: count(standing.flatMap((one) => (one.payer ? [one.payer] : []))),
    events: count(here.map((one) => one.event)),
    units: sum(months.flatMap(unitsOf)),
    codes: count(here.flatMap((one) => Object.keys(one.codes))),
    missing_documents: count(here.flatMap((one) => one.missing_documents)),
    offices: count(here.map((one) => one.office)),
    two_offices: months.filter((cases) => officesOf(cases).size > 1).length,
    reviews: dues.length,
    overdue: dues.filter((due) => due < today).length,
    next_due: dues.find((due) => due >= today) ?? null,
    corrected: here.filter((one) => one.version > 1).length,
  };
}

/** Makes the summary of one area and month again. The write is refused when another one came in between; then again. */
export async function recomputeSummary(store: RecordStore, at: AreaMonth, now: Date): Promise<AreaSummary> {
  const key = { city: at.city, month_area: `${at.month}#${at.area}` };
  for (;;) {
    // The revision is read before the cases: whatever changes after this read makes the write fail.
    const before = await store.get<AreaSummary>('summaries', key);
    const cases: CaseRecord[] = [];
    for await (const one of store.partition<CaseRecord>('cases', areaMonth(at))) cases.push(one);
    const computed_at = now.toISOString();
    const summary: AreaSummary = {
      ...summarise(at, cases, japanDate(computed_at)),
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

/**
 * The case a person's month stands at. Plan and 実績 of one month come in packets of their own, and the category follows
 * the later one; what was sent back counts only where nothing else came.
 */
function monthOf(cases: CaseRecord[]): CaseRecord {
  const decided = cases.filter((one) => one.category !== null);
  const standing = decided.filter((one) => one.decision !== 'return');
  const [of] = [standing, decided, cases].filter((some) => some.length > 0);
  return of!.toSorted((a, b) => a.received_at.localeCompare(b.received_at)).at(-1)!;
}

/** What the accepted packets of a person's month come to: of its category the fullest, which holds the add-ons. */
function unitsOf(cases: CaseRecord[]): [string, number][] {
  const { category } = monthOf(cases);
  const accepted = cases.filter((one) => one.decision === 'accept' && one.category === category);
  return accepted.length === 0 ? [] : [[category ?? 'undecided', Math.max(...accepted.map(claimed))]];
}

const officesOf = (cases: CaseRecord[]): Set<string> =>
  new Set(
    cases
      .filter((one) => one.decision !== 'return')
      .flatMap((one) => [one.office, ...(one.earlier_offices ?? [])].filter((o) => o !== one.center_number))
      .filter((office) => office !== UNKNOWN_OFFICE),
  );

/** A commissioned office's share (442×0.9) is no claim: of a commissioned month the center claims the fee itself. */
const claimed = (one: CaseRecord): number =>
  (one.category === 'yobo_shien_itaku' ? one.base_units : one.total_units) ?? 0;

const count = (keys: string[]): Record<string, number> => sum(keys.map((key) => [key, 1]));

function sum(pairs: [string, number][]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [key, n] of pairs) total[key] = (total[key] ?? 0) + n;
  return Object.fromEntries(Object.entries(total).sort(([a], [b]) => a.localeCompare(b)));
}
