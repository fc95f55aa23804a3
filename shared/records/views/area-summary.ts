import { NO_OFFICE } from '../../access/sender.ts';
import { japanDate } from '../../calendar/japan-time.ts';
import { type AreaMonth, areaMonth, type CaseRecord } from '../store/case-record.ts';
import { collect, type RecordStore } from '../store/record-store.ts';

/** Item of the table `summaries`: an area's month in numbers. Recomputed from its cases, never incremented: a replay cannot count twice. */
export interface AreaSummary extends AreaMonth {
  month_area: string;
  /** goes up by one with every recomputation; guards against a slow one that ends late */
  revision: number;
  computed_at: string;
  cases: number;
  /** different persons */
  users: number;
  decisions: Record<'accept' | 'review' | 'return', number>;
  /** persons by the category of their month; those without one under `undecided` */
  categories: Record<string, number>;
  /** persons by who pays for their month */
  payers: Record<string, number>;
  events: Record<string, number>;
  /** units claimed for accepted months, by category; a person's month counts once, however many packets it has */
  units: Record<string, number>;
  /** accepted months of commissioned work, by who pays the office; what it gets is never counted as claimed */
  commissions: Record<string, number>;
  /** cases with each finding code */
  codes: Record<string, number>;
  missing_documents: Record<string, number>;
  offices: Record<string, number>;
  /** persons for whose month more than one office (besides the center) sent papers: one of them will not be paid */
  two_offices: number;
  /** cases with a review that no one has ended: those past it on the day of computing, and the next date */
  reviews: number;
  overdue: number;
  next_due: string | null;
  corrected: number;
}

/** Counts the cases of one area and month. Pure: the same cases give the same numbers. */
export function summarise({ city, area, month }: AreaMonth, cases: CaseRecord[], today: string) {
  const current = cases.filter((one) => !one.superseded);
  const dues = current
    .flatMap((one) => (one.review_due && !one.review_closed ? [one.review_due] : []))
    .sort();
  const months = [...Map.groupBy(current, (one) => one.person).values()];
  const counted = months.map((cases) => countedCase(countedCases(cases)));
  const decided = (decision: string) => current.filter((one) => one.decision === decision).length;
  return {
    city,
    area,
    month,
    month_area: `${month}#${area}`,
    cases: current.length,
    users: new Set(current.map((one) => one.person)).size,
    decisions: { accept: decided('accept'), review: decided('review'), return: decided('return') },
    categories: count(counted.map((one) => one.category ?? 'undecided')),
    payers: count(counted.flatMap((one) => (one.payer ? [one.payer] : []))),
    events: count(current.map((one) => one.event)),
    units: sum(months.map(countedCases).flatMap(unitsOf)),
    commissions: count(
      counted.flatMap((one) => (one.decision === 'accept' && one.commission ? [one.commission.from] : [])),
    ),
    codes: count(current.flatMap((one) => Object.keys(one.codes))),
    missing_documents: count(current.flatMap((one) => one.missing_documents)),
    offices: count(current.map((one) => one.office)),
    two_offices: months.filter(hasTwoOffices).length,
    reviews: dues.length,
    overdue: dues.filter((due) => due < today).length,
    next_due: dues.find((due) => due >= today) ?? null,
    corrected: current.filter((one) => one.version > 1).length,
  };
}

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

/** The cases that count for a person's month: those of one owner, of the accepted ones the first. */
function countedCases(cases: CaseRecord[]): CaseRecord[] {
  const sound = cases.filter((one) => !one.contested);
  const owners = [...Map.groupBy(sound.length > 0 ? sound : cases, (one) => one.owner).values()];
  const weight = (own: CaseRecord[]): string =>
    `${['accept', 'review', 'return'].indexOf(countedCase(own).decision)} ${own.map((one) => one.first_received_at).sort()[0]}`;
  return owners.toSorted((a, b) => weight(a).localeCompare(weight(b)))[0]!;
}

/**
 * The case that counts of one owner's. Plan and 実績 of one month come in packets of their own, and the category
 * follows the later one; a returned packet counts only where nothing else came.
 */
function countedCase(cases: CaseRecord[]): CaseRecord {
  const decided = cases.filter((one) => one.category !== null);
  const kept = decided.filter((one) => one.decision !== 'return');
  const [candidates] = [kept, decided, cases].filter((some) => some.length > 0);
  return candidates!.toSorted((a, b) => a.received_at.localeCompare(b.received_at)).at(-1)!;
}

/** Units of a person's accepted month: the largest of its category, which includes the add-ons. */
function unitsOf(cases: CaseRecord[]): [string, number][] {
  const { category } = countedCase(cases);
  const accepted = cases.filter((one) => one.decision === 'accept' && one.category === category);
  return accepted.length === 0 ? [] : [[category ?? 'undecided', Math.max(...accepted.map(claimed))]];
}

/** Two offices (besides the center) sent papers; or the desk found that one did in another area. */
function hasTwoOffices(cases: CaseRecord[]): boolean {
  const kept = cases.filter((one) => one.decision !== 'return' && !one.contested);
  const offices = kept.map((one) => one.office).filter((office) => office !== NO_OFFICE);
  const isFound = kept.some(({ codes }) => (codes.F_PACKET_TWO_OFFICES ?? 0) > 0);
  return (
    isFound || new Set(offices.filter((office) => !kept.some((one) => one.center_number === office))).size > 1
  );
}

/** What is claimed, by whomever: an office's share of it is no claim. */
const claimed = (one: CaseRecord): number => one.claim?.units ?? 0;

const count = (keys: string[]): Record<string, number> => sum(keys.map((key) => [key, 1]));

function sum(pairs: [string, number][]): Record<string, number> {
  // A Map: a key from outside may be named like a property every object has.
  const total = new Map<string, number>();
  for (const [key, n] of pairs) total.set(key, (total.get(key) ?? 0) + n);
  return Object.fromEntries([...total].sort(([a], [b]) => a.localeCompare(b)));
}
