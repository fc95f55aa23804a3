import { japanDate } from '../../calendar/japan-time.ts';
import { routeOf } from '../../vocabulary/category.ts';
import { ALL, type NumberName, UNDECIDED } from '../../vocabulary/number-names.ts';
import type { CaseRecord } from '../store/case-record.ts';
import { countedCase, countedCases, hasTwoOffices } from './counted-case.ts';

/** The current cases of an area's month, and the same by person. */
export interface MonthCases {
  cases: CaseRecord[];
  people: PersonMonth[];
  /** ISO date: what is overdue depends on it */
  today: string;
}

/** A person's month counts once, however many packets it has. */
interface PersonMonth {
  /** every case of the person */
  all: CaseRecord[];
  /** those of the owner that counts */
  own: CaseRecord[];
  /** the one that counts */
  counted: CaseRecord;
}

/** What one number counts: a case of it, the key it is counted under, and how much it adds. */
interface Counted {
  key: string;
  case: CaseRecord;
  amount: number;
}

export interface NumberDefinition {
  counts: 'packets' | 'people' | 'papers' | 'units';
  of: (month: MonthCases) => Counted[];
}

const packets = (keys: (one: CaseRecord, today: string) => string[]): NumberDefinition => ({
  counts: 'packets',
  of: ({ cases, today }) =>
    cases.flatMap((one) => keys(one, today).map((key) => ({ key, case: one, amount: 1 }))),
});

const people = (keys: (month: PersonMonth) => string[]): NumberDefinition => ({
  counts: 'people',
  of: (month) =>
    month.people.flatMap((one) => keys(one).map((key) => ({ key, case: one.counted, amount: 1 }))),
});

const units = (keyOf: (one: CaseRecord) => string | null): NumberDefinition => ({
  counts: 'units',
  of: (month) =>
    month.people.flatMap((person) => {
      const claimed = claimedCase(person);
      const key = claimed && keyOf(claimed);
      return key ? [{ key, case: claimed, amount: claimed.claim?.units ?? 0 }] : [];
    }),
});

/**
 * Every number of an area's month, by what it counts. The sum and the list behind it are made of the same cases, so
 * that they agree.
 */
export const NUMBERS = {
  cases: packets(() => [ALL]),
  users: people(() => [ALL]),
  decisions: packets((one) => [one.decision]),
  categories: people(({ counted }) => [counted.category ?? UNDECIDED]),
  routes: people(({ counted }) => [routeOf(counted.category) ?? UNDECIDED]),
  switches: people(({ counted }) => switchOf(counted)),
  payers: people(({ counted }) => (counted.payer ? [counted.payer] : [])),
  commissions: people(({ counted }) =>
    counted.decision === 'accept' && counted.commission ? [counted.commission.from] : [],
  ),
  two_offices: people((month) => (hasTwoOffices(month.all) ? [ALL] : [])),
  events: packets((one) => [one.event]),
  codes: packets((one) => Object.keys(one.codes)),
  findings: packets((one) => distinct(one, ({ severity, code }) => (severity === 'info' ? null : code))),
  missing_documents: packets((one) => one.missing_documents),
  offices: packets((one) => [one.office]),
  returned_offices: packets((one) => (one.decision === 'return' ? [one.office] : [])),
  returned_findings: packets((one) =>
    one.decision === 'return'
      ? distinct(one, ({ severity, code }) => (severity === 'error' ? code : null))
      : [],
  ),
  returned_rules: packets((one) =>
    one.decision === 'return'
      ? distinct(one, ({ severity, rule }) => (severity === 'error' ? rule : null))
      : [],
  ),
  waivers: packets((one) => one.waivers ?? []),
  reviews: packets((one) => (isWaiting(one) ? [ALL] : [])),
  overdue: packets((one, today) => (isWaiting(one) && one.review_due! < today ? [ALL] : [])),
  overdue_papers: {
    counts: 'papers',
    of: ({ cases }) =>
      cases.flatMap((one) =>
        one.overdue_papers?.length ? [{ key: ALL, case: one, amount: one.overdue_papers.length }] : [],
      ),
  },
  closed_reviews: packets((one) => (one.review_closed ? [one.review_closed.decision] : [])),
  answer_times: packets((one) => (one.first_answered_at ? [timeToAnswer(one, one.first_answered_at)] : [])),
  review_times: packets((one) => (one.review_closed ? [timeToAnswer(one, one.review_closed.at)] : [])),
  corrected: packets((one) => (one.version > 1 ? [ALL] : [])),
  units: units(({ category }) => category ?? UNDECIDED),
  units_by_payer: units(({ claim }) => claim?.payer ?? UNDECIDED),
  units_by_claimant: units(({ claim }) => claim?.claimant ?? UNDECIDED),
} as const satisfies Record<NumberName, NumberDefinition>;
export const NUMBER_NAMES = Object.keys(NUMBERS) as NumberName[];
export const isNumberName = (name: string): name is NumberName => NUMBER_NAMES.some((one) => one === name);

/** The current cases, by person. A case that counts elsewhere is left out. */
export function monthCases(cases: CaseRecord[], today: string): MonthCases {
  const current = cases.filter((one) => !one.superseded);
  const people = [...Map.groupBy(current, (one) => one.person).values()].map((all): PersonMonth => {
    const own = countedCases(all);
    return { all, own, counted: countedCase(own) };
  });
  return { cases: current, people, today };
}

/** A number with its keys in order. */
export function sumsOf(name: NumberName, month: MonthCases): Record<string, number> {
  const total = new Map<string, number>();
  for (const { key, amount } of NUMBERS[name].of(month))
    total.set(storable(key), (total.get(storable(key)) ?? 0) + amount);
  return Object.fromEntries([...total].sort(([a], [b]) => a.localeCompare(b)));
}

/** The tables take no object with a key such as `constructor`: a stored word may be older than the list it is checked by. */
const storable = (key: string): string => (key in Object.prototype ? `_${key}` : key);

export const sumOf = (name: NumberName, month: MonthCases): number =>
  NUMBERS[name].of(month).reduce((sum, { amount }) => sum + amount, 0);

/** The cases a number is made of, with what each adds to it, the latest first. */
export const casesBehind = (name: NumberName, key: string, month: MonthCases): Counted[] =>
  NUMBERS[name]
    .of(month)
    .filter((one) => storable(one.key) === storable(key))
    .sort((a, b) => b.case.received_at.localeCompare(a.case.received_at));

/** A review that no one has ended. */
export const isWaiting = (one: CaseRecord): boolean => Boolean(one.review_due) && !one.review_closed;

/** Distinct keys of the reasons; null is left out. */
const distinct = (
  one: CaseRecord,
  keyOf: (reason: NonNullable<CaseRecord['reasons']>[number]) => string | null,
): string[] => [...new Set((one.reasons ?? []).flatMap((reason) => keyOf(reason) ?? []))];

/** From the category of the month before to the one of this month, where the month is a switch. */
const switchOf = ({ switched_from, category }: CaseRecord): string[] =>
  switched_from && category ? [`${switched_from}>${category}`] : [];

/** The case whose units are claimed: the largest of the category that counts, which includes the add-ons. */
function claimedCase({ own, counted }: PersonMonth): CaseRecord | null {
  const accepted = own.filter((one) => one.decision === 'accept' && one.category === counted.category);
  const unitsOf = (one: CaseRecord): number => one.claim?.units ?? 0;
  return accepted.toSorted((a, b) => unitsOf(b) - unitsOf(a))[0] ?? null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long after the first receipt, in classes of days; the classes end with the day of each limit. */
function timeToAnswer({ first_received_at }: CaseRecord, at: string): string {
  if (Date.parse(at) - Date.parse(first_received_at) <= HOUR_MS) return 'hour';
  const days = Math.round((Date.parse(japanDate(at)) - Date.parse(japanDate(first_received_at))) / DAY_MS);
  const [limit] = [0, 3, 7, 14, 30].filter((most) => days <= most);
  return limit === undefined ? 'later' : `days_${limit}`;
}
