import { addDays } from '../../calendar/days.ts';
import { claimDay } from '../../rules/claim-day.ts';
import { type CaseRecord, rosterOf } from '../store/case-record.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { countedCase, countedCases } from './counted-case.ts';
import type { RosterCase } from './roster.ts';
import type { WatchItem } from './watch-item.ts';

/** Days ahead. */
export const LOOK_AHEAD = 60;

/**
 * review: the last day of a review that no one has ended. watch: the last day of a paper that has to follow. claim: the day
 * of the claim of a month of which the papers are not accepted yet. certification, plan: the last day, where no paper is
 * awaited for it. retention: the last day a completed case is kept.
 */
export const CALENDAR_KINDS = ['review', 'watch', 'claim', 'certification', 'plan', 'retention'] as const;
export type CalendarKind = (typeof CALENDAR_KINDS)[number];

/** One day that someone in an area has to keep. */
export interface CalendarLine {
  /** ISO date */
  on: string;
  kind: CalendarKind;
  /** the paper that has to follow; null for the other kinds */
  what: string | null;
  person: string;
  name: string | null;
  insured_number: string | null;
  month: string;
  office: string;
  packet_id: string;
}

type WatchLine = Pick<WatchItem, 'what' | 'person' | 'month' | 'office' | 'packet_id' | 'due'>;

/** The days of an area from what is overdue up to `LOOK_AHEAD` days from today, in their order: two queries. */
export async function readCalendar(
  store: RecordStore,
  area: Pick<CaseRecord, 'city' | 'area'>,
  today: string,
): Promise<CalendarLine[]> {
  const partition = rosterOf(area);
  const [cases, watches] = await Promise.all([
    // Of every month: papers that come late wait for a review as well.
    collect(store.index<RosterCase>('cases', 'roster', partition)),
    collect(store.index<WatchLine>('watches', 'area', partition, { until: addDays(today, LOOK_AHEAD) })),
  ]);
  return calendarOf(cases, watches, today, (month) => claimDay(area.city, month));
}

/**
 * Pure: the same cases and awaited papers give the same days.
 * @param claimOf the day of the claim of a month; null: no rule of the city names one
 */
export function calendarOf(
  cases: RosterCase[],
  watches: WatchLine[],
  today: string,
  claimOf: (month: string) => string | null = () => null,
): CalendarLine[] {
  const until = addDays(today, LOOK_AHEAD);
  const current = cases.filter(({ superseded, erased }) => !superseded && !erased);
  const people = Map.groupBy(current, ({ person }) => keyOf(person));
  const newest = new Map([...people].map(([person, all]) => [person, newestOf(all)]));
  // A watch of a designation that no registry names yet has no day.
  const awaited = watches.filter(({ due }) => /^\d/.test(due));
  const isAwaited = new Set(awaited.map(({ person, due }) => `${person} ${due}`));
  const lines: CalendarLine[] = [
    ...current.flatMap((one) => (isOpen(one) ? [lineOf(one, 'review', one.review_due!)] : [])),
    ...awaited.map(({ due, what, person, month, office, packet_id }) => ({
      ...{ on: due, kind: 'watch' as const, what, person, month, office, packet_id },
      name: newest.get(person)?.name ?? null,
      insured_number: newest.get(person)?.insured_number ?? null,
    })),
    ...current.flatMap((one) => {
      const claim = one.decision === 'accept' ? null : claimOf(one.month);
      return claim && claim >= today ? [lineOf(one, 'claim', claim)] : [];
    }),
    ...[...newest.values()].flatMap((one) =>
      (['certification', 'plan'] as const).flatMap((kind) => {
        const ends = kind === 'plan' ? one.plan_valid_to : one.cert_valid_to;
        const isShown = ends && ends >= today && !isAwaited.has(`${keyOf(one.person)} ${ends}`);
        return isShown ? [lineOf(one, kind, ends)] : [];
      }),
    ),
    ...current.flatMap((one) => {
      const ends = one.retention?.hold ? null : one.retention?.keep_until;
      return ends && ends >= today ? [lineOf(one, 'retention', ends)] : [];
    }),
  ];
  return lines
    .filter(({ on }) => on <= until)
    .sort((a, b) => a.on.localeCompare(b.on) || (a.packet_id < b.packet_id ? -1 : 1));
}

const isOpen = ({ review_due, review_closed }: RosterCase): boolean => review_due !== null && !review_closed;

const keyOf = (person: string): string => person.slice(person.indexOf('#') + 1);

/** The case that counts of the latest month, with what earlier ones alone know. */
function newestOf(cases: RosterCase[]): RosterCase {
  const last = cases.reduce((latest, one) => (one.month > latest ? one.month : latest), '');
  const counted = countedCase(countedCases(cases.filter(({ month }) => month === last)));
  const before = cases.toSorted((a, b) => (a.month < b.month ? 1 : -1));
  return {
    ...counted,
    name: before.find(({ name }) => name)?.name ?? null,
    insured_number: before.find(({ insured_number }) => insured_number)?.insured_number ?? null,
    cert_valid_to: before.find(({ cert_valid_to }) => cert_valid_to)?.cert_valid_to ?? null,
    plan_valid_to: before.find(({ plan_valid_to }) => plan_valid_to)?.plan_valid_to ?? null,
  };
}

const lineOf = (one: RosterCase, kind: CalendarKind, on: string): CalendarLine => ({
  ...{ on, kind, what: null, person: keyOf(one.person), name: one.name, insured_number: one.insured_number },
  ...{ month: one.month, office: one.office, packet_id: one.packet_id },
});
