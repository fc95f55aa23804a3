import { addMonths, lastDayOf, monthOf } from '../../calendar/days.ts';
import { type AreaMonth, type CaseRecord, rosterOf } from '../store/case-record.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import type { ROSTER_ATTRIBUTES } from '../store/tables.ts';
import { countedCase, countedCases } from './counted-case.ts';
import type { ReviewLine } from './review-queue.ts';

/** A case as the index `roster` has it. */
export type RosterCase = Pick<
  CaseRecord,
  (typeof ROSTER_ATTRIBUTES)[number] | 'month' | 'area_month' | 'case_key'
>;

/** Months before the one shown in which a person without papers stays on the list. */
const LOOK_BACK = 3;
/** A paper or a review that is past its day. */
interface Overdue {
  packet_id: string;
  kind: ReviewLine['kind'];
  due: string;
  /** the first finding */
  reason: string;
}

/** What the index of the queue has of an item, as far as the list needs it. */
export type OverdueLine = Pick<
  ReviewLine,
  'packet_id' | 'about_packet' | 'kind' | 'due_date' | 'headline' | 'insured_number'
>;

/** One person of an area in a month. */
export interface RosterPerson {
  person: string;
  name: string | null;
  insured_number: string | null;
  /** the last month with papers, up to the one shown */
  month: string;
  /** papers of the month shown have come */
  has_papers: boolean;
  office: string;
  event: string;
  category: string | null;
  switched_from: string | null;
  decision: CaseRecord['decision'];
  certification: string | null;
  cert_valid_to: string | null;
  /** the certification has ended, or ends this month or the next */
  is_ending: boolean;
  missing_documents: string[];
  review_due: string | null;
  review_closed: CaseRecord['review_closed'] | null;
  overdue: Overdue[];
  packet_id: string;
}

/** Cases of an area from some months before a month up to it, and what is overdue there: two queries. */
export async function readRoster(
  store: RecordStore,
  { city, area, month }: AreaMonth,
  today: string,
): Promise<RosterPerson[]> {
  const partition = rosterOf({ city, area });
  const range = { from: addMonths(month, -LOOK_BACK), until: month };
  const [cases, overdue] = await Promise.all([
    collect(store.index<RosterCase>('cases', 'roster', partition, range)),
    collect(store.index<OverdueLine>('reviews', 'queue', partition, { until: today })),
  ]);
  return rosterIn(month, cases, overdue, today);
}

/** The last month of which an area has papers; null where it has none. One query. */
export async function latestMonth(
  store: RecordStore,
  area: Pick<AreaMonth, 'city' | 'area'>,
): Promise<string | null> {
  const asked = { newestFirst: true, limit: 1 };
  const { items } = await store.indexPage<RosterCase>('cases', 'roster', rosterOf(area), asked);
  const month = items[0]?.month ?? null;
  return month !== null && /^\d{4}-\d{2}$/.test(month) ? month : null;
}

/** Everyone of an area in a month, by name. Pure. */
export function rosterIn(
  month: string,
  cases: RosterCase[],
  overdue: OverdueLine[],
  today: string,
): RosterPerson[] {
  const current = cases.filter(({ superseded, erased }) => !superseded && !erased);
  const personOf = personFinder(current);
  const waiting = Map.groupBy(overdue, personOf);
  return [...Map.groupBy(current, ({ person }) => person)]
    .map(([person, all]) => {
      const key = person.slice(person.indexOf('#') + 1);
      return personIn(month, key, all, waiting.get(person) ?? [], today);
    })
    .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'ja') || (a.person < b.person ? -1 : 1));
}

/** Whose an item of the queue is: the packet names the person; a later packet has replaced it where the number alone does. */
function personFinder(cases: RosterCase[]): (line: OverdueLine) => string | undefined {
  const byPacket = new Map(cases.map(({ packet_id, person }) => [packet_id, person]));
  const byNumber = new Map(
    cases.flatMap(({ insured_number: number, person }) => (number ? [[number, person]] : [])),
  );
  return ({ packet_id, about_packet, insured_number }) =>
    byPacket.get(about_packet ?? packet_id) ?? byNumber.get(insured_number ?? '');
}

function personIn(
  month: string,
  person: string,
  cases: RosterCase[],
  overdue: OverdueLine[],
  today: string,
): RosterPerson {
  const last = cases.reduce((latest, one) => (one.month > latest ? one.month : latest), '');
  const inMonth = countedCases(cases.filter((one) => one.month === last));
  const shown = countedCase(inMonth);
  const ends = newest(cases, 'cert_valid_to');
  return {
    person,
    name: newest(cases, 'name'),
    insured_number: newest(cases, 'insured_number'),
    month: last,
    has_papers: last === month,
    office: shown.office,
    event: shown.event,
    category: shown.category,
    switched_from: shown.switched_from ?? null,
    decision: shown.decision,
    certification: newest(cases, 'certification'),
    cert_valid_to: ends,
    is_ending: ends !== null && ends <= lastDayOf(addMonths(monthOf(today), 1)),
    missing_documents: [...new Set(inMonth.flatMap((one) => one.missing_documents))],
    review_due: shown.review_due,
    review_closed: shown.review_closed ?? null,
    overdue: overdue.map(({ packet_id, kind, due_date, headline }) => ({
      packet_id,
      kind,
      due: due_date,
      reason: headline,
    })),
    packet_id: shown.packet_id,
  };
}

/** The value of the latest case that has one. */
function newest<K extends 'name' | 'insured_number' | 'certification' | 'cert_valid_to'>(
  cases: RosterCase[],
  key: K,
): string | null {
  const ordered = cases.toSorted(
    (a, b) => a.month.localeCompare(b.month) || a.received_at.localeCompare(b.received_at),
  );
  return ordered.findLast((one) => one[key])?.[key] ?? null;
}

/** Ways to narrow the list; `without`: no papers this month. */
export const ROSTER_FILTERS = [
  'all',
  'papers',
  'without',
  'ending',
  'overdue',
  'missing',
  'switched',
  'waiting',
] as const;
export type RosterFilter = (typeof ROSTER_FILTERS)[number];

const HOLDS: Record<RosterFilter, (one: RosterPerson) => boolean> = {
  all: () => true,
  papers: (one) => one.has_papers,
  without: (one) => !one.has_papers,
  ending: (one) => one.is_ending,
  overdue: (one) => one.overdue.length > 0,
  missing: (one) => one.has_papers && one.missing_documents.length > 0,
  switched: (one) => one.has_papers && one.switched_from !== null,
  waiting: (one) => one.has_papers && one.review_due !== null && one.review_closed === null,
};

export const narrow = (people: RosterPerson[], filter: RosterFilter): RosterPerson[] =>
  people.filter(HOLDS[filter]);

/** Persons by filter, and those with papers by category. */
export function totalsOf(people: RosterPerson[]): {
  filters: Record<RosterFilter, number>;
  categories: Record<string, number>;
} {
  const filters = Object.fromEntries(
    ROSTER_FILTERS.map((filter) => [filter, narrow(people, filter).length]),
  ) as Record<RosterFilter, number>;
  const categories: Record<string, number> = {};
  for (const { category } of people) {
    const key = category ?? 'undecided';
    categories[key] = (categories[key] ?? 0) + 1;
  }
  return { filters, categories };
}
