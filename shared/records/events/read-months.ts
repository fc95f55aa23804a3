import { NO_OFFICE } from '../../access/sender.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { RecordedMonth } from '../../vocabulary/history.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { CaseVersion } from './case-events.ts';
import { caseKeys, type PersonId } from './event-keys.ts';
import { currentOf, stands, versionsBetween } from './read-case.ts';

/**
 * What the records have of a person's months, for decisions on other months. A month without a case is left out.
 * @param mayUse whether the records of an owner may be used
 */
export async function recordedMonths(
  store: RecordStore,
  person: PersonId,
  months: string[],
  mayUse: (owner: string) => boolean = () => true,
): Promise<RecordedMonth[]> {
  const versions = await versionsAmong(store, person, months);
  return monthsIn(versions, months, mayUse);
}

/** The versions of a person from the first of these months to the last, by month. One read. */
export async function versionsAmong(
  store: RecordStore,
  person: PersonId,
  months: string[],
): Promise<VersionsByMonth> {
  const sorted = months.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  return versionsBetween(store, person, [first, last]);
}

type VersionsByMonth = Map<string, CaseVersion[]>;

/** What these versions say of the months, as far as their owners' records may be used. */
export const monthsIn = (
  versions: VersionsByMonth,
  months: string[],
  mayUse: (owner: string) => boolean,
): RecordedMonth[] =>
  months.flatMap((month) => {
    const usable = (versions.get(month) ?? []).filter(({ owner, contested }) => mayUse(owner) && !contested);
    return toRecordedMonth(month, usable) ?? [];
  });

/** What was decided last, with what each of the latest papers adds. Null where all papers were returned. */
function toRecordedMonth(month: string, versions: CaseVersion[]): RecordedMonth | null {
  const latest = latestPapers(versions);
  const decided = latest.findLast(({ category }) => category !== null);
  const lines = latest.flatMap(({ history_line }) => history_line ?? []);
  const isUnused = !decided && lines.some(({ used }) => used === false);
  if (!decided && !isUnused) return null;
  const of = (decided ?? latest.at(-1))!;
  const last = <K extends keyof (typeof lines)[number]>(key: K) => lines.findLast((line) => line[key])?.[key];
  return {
    month,
    category: (decided?.category ?? null) as Category | null,
    used: isUnused ? false : undefined,
    same_office: null,
    office_number: of.office === NO_OFFICE ? null : of.office,
    certification: last('certification'),
    addons: lines.some(({ addons }) => addons)
      ? [...new Set(lines.flatMap(({ addons }) => addons ?? []))]
      : null,
    notification: last('notification'),
    contracts: last('contracts'),
    monitoring: last('monitoring'),
    rested_on: of.history_line?.rested_on,
  };
}

/** The papers that count of each chain and were not returned, in the order of their decision. */
function latestPapers(versions: CaseVersion[]): CaseVersion[] {
  const chains = Map.groupBy(versions, caseKeys.chainOf);
  return [...chains.values()]
    .flatMap((chain) => currentOf(chain) ?? [])
    .filter((version) => version.decision !== 'return' && stands(version))
    .sort((a, b) => a.at.localeCompare(b.at));
}
