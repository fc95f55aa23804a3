import { NO_OFFICE } from '../../access/sender.ts';
import type { CaseRecord } from '../store/case-record.ts';

/** What decides which of a month's cases counts. */
type Counting = Pick<
  CaseRecord,
  'contested' | 'owner' | 'decision' | 'category' | 'received_at' | 'first_received_at'
>;

/** The cases that count for a person's month: those of one owner, of the accepted ones the first. */
export function countedCases<T extends Counting>(cases: T[]): T[] {
  const sound = cases.filter((one) => !one.contested);
  const owners = [...Map.groupBy(sound.length > 0 ? sound : cases, (one) => one.owner).values()];
  const weight = (own: T[]): string =>
    `${['accept', 'review', 'return'].indexOf(countedCase(own).decision)} ${own.map((one) => one.first_received_at).sort()[0]}`;
  return owners.toSorted((a, b) => weight(a).localeCompare(weight(b)))[0]!;
}

/**
 * The case that counts of one owner's. Plan and 実績 of one month come in packets of their own, and the category
 * follows the later one; a returned packet counts only where nothing else came.
 */
export function countedCase<T extends Counting>(cases: T[]): T {
  const decided = cases.filter((one) => one.category !== null);
  const kept = decided.filter((one) => one.decision !== 'return');
  const [candidates] = [kept, decided, cases].filter((some) => some.length > 0);
  return candidates!.toSorted((a, b) => a.received_at.localeCompare(b.received_at)).at(-1)!;
}

/** Two offices (besides the center) sent papers; or the desk found that one did in another area. */
export function hasTwoOffices(cases: CaseRecord[]): boolean {
  const kept = cases.filter((one) => one.decision !== 'return' && !one.contested);
  const offices = kept.map((one) => one.office).filter((office) => office !== NO_OFFICE);
  const isFound = kept.some(({ codes }) => (codes.F_PACKET_TWO_OFFICES ?? 0) > 0);
  return (
    isFound || new Set(offices.filter((office) => !kept.some((one) => one.center_number === office))).size > 1
  );
}
