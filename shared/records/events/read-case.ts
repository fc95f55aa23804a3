import type { Sender } from '../../decision/decision-context.ts';
import { UNKNOWN_OFFICE } from '../store/record-context.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import type { CaseVersion } from './case-events.ts';
import { type CaseId, caseKeys } from './event-keys.ts';
import { readRange } from './event-log.ts';
import type { PacketDecided } from './packet-events.ts';

type CaseEvent = Pick<PacketDecided, keyof CaseId | 'event'>;

/** Every version of a person's month and event, in the order of their numbers. */
export const versionsOf = (store: RecordStore, decided: CaseEvent): Promise<CaseVersion[]> =>
  collect(readRange(store, caseKeys.versionsOf(decided, decided.event)));

/** Every version of a person's month, of all events. */
export const versionsOfMonth = (store: RecordStore, id: CaseId): Promise<CaseVersion[]> =>
  collect(readRange(store, caseKeys.everyVersion(id)));

/** The version a packet is of its case, with the first receipt it inherits. */
export async function versionOf(store: RecordStore, decided: PacketDecided): Promise<CaseVersion | null> {
  const versions = await versionsOf(store, decided);
  return versions.find((v) => v.packet_id === decided.packet_id) ?? null;
}

/** What a person's month was decided to be last: for rules that look at the month before. */
export async function latestCategory(store: RecordStore, id: CaseId): Promise<string | null> {
  const versions = await versionsOfMonth(store, id);
  const decided = versions
    // of a packet that was decided again, the last decision counts
    .filter((v) => !versions.some((other) => other.packet_id === v.packet_id && other.run > v.run))
    .filter((v) => v.category !== null && v.decision !== 'return');
  return decided.sort((a, b) => a.at.localeCompare(b.at)).at(-1)?.category ?? null;
}

/** Offices whose papers of a person's month were not returned, each with the category of its latest ones. */
export async function sendersOf(store: RecordStore, id: CaseId): Promise<Sender[]> {
  const latest = latestOfEachOffice(await versionsOfMonth(store, id));
  return latest.map(({ office, category }) => ({ office_number: office, category }));
}

/** The latest version of each known office, where it was not returned. */
export function latestOfEachOffice(versions: CaseVersion[]): CaseVersion[] {
  const latest = new Map<string, CaseVersion>();
  for (const version of versions.toSorted((a, b) => a.at.localeCompare(b.at) || a.run - b.run))
    if (version.office !== UNKNOWN_OFFICE) latest.set(version.office, version);
  return [...latest.values()].filter(({ decision }) => decision !== 'return');
}

/** Whether one version corrects the other: an office corrects its own papers, never those of another office. */
export const isOfSameOffice = (a: { office: string }, b: { office: string }): boolean =>
  a.office === b.office || [a.office, b.office].includes(UNKNOWN_OFFICE);
