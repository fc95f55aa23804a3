import { isSameSender, NO_OFFICE, type Sender } from '../../access/sender.ts';
import { addMonths } from '../../calendar/days.ts';
import type { Claimant } from '../../decision/decision-context.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import type { CaseLeft, CaseVersion, CaseWithdrawn } from './case-events.ts';
import { type CaseId, caseKeys, type PersonId } from './event-keys.ts';
import { readRange } from './event-log.ts';
import type { PacketDecided } from './packet-events.ts';
import { readDecision } from './read-packet.ts';

type CaseEvent = Pick<PacketDecided, keyof CaseId | 'event' | 'owner'>;

/** Every version an owner sent of a person's month and event, in the order of their numbers. */
export const versionsOf = async (store: RecordStore, decided: CaseEvent): Promise<CaseVersion[]> =>
  markEnded(store, await collect(readRange(store, caseKeys.versionsOf(decided, decided))));

/** When a packet was withdrawn, ISO time, or null. */
export const withdrawalOf = async (
  store: RecordStore,
  decided: CaseEvent & Pick<PacketDecided, 'packet_id'>,
): Promise<string | null> =>
  (await versionsOf(store, decided)).findLast(({ packet_id }) => packet_id === decided.packet_id)
    ?.withdrawn_at ?? null;

/** Whether a version was neither withdrawn nor shown to be of another case. */
export const stands = ({ withdrawn_at, moved_to }: CaseVersion): boolean => !withdrawn_at && !moved_to;

/**
 * The version of a chain that counts: the last one that was read; where none was, the last one. Versions that do not stand
 * count only where no other does.
 */
export function currentOf(chain: CaseVersion[]): CaseVersion | undefined {
  const valid = chain.filter(stands);
  const counting = valid.length > 0 ? valid : chain;
  return counting.findLast(({ is_read }) => is_read) ?? counting.at(-1);
}

/** Every version of a person's month, of all events and owners. */
export const versionsOfMonth = async (store: RecordStore, id: CaseId): Promise<CaseVersion[]> =>
  markEnded(store, await collect(readRange(store, caseKeys.everyVersion(id))));

type ChainEvent = CaseVersion | CaseWithdrawn | CaseLeft;

/** The versions of one or several chains, those that were withdrawn or left with when and where to. */
async function markEnded(store: RecordStore, events: ChainEvent[]): Promise<CaseVersion[]> {
  const versions = events.filter((event) => event.type === 'case.version');
  const withdrawals = events.filter((event) => event.type === 'case.withdrawn');
  const moves = events.filter((event) => event.type === 'case.left');
  const covered = new Map<CaseVersion, string>();
  for (const end of withdrawals)
    for (const version of await coveredBy(store, end, versions.filter(isOfChain(end))))
      if (!covered.has(version)) covered.set(version, end.at);
  return versions.map((version) => {
    const withdrawn_at = covered.get(version);
    const move = moves
      .filter(isOfChain(version))
      .find((one) => one.version === version.version && version.run <= one.run);
    if (!withdrawn_at && !move) return version;
    return { ...version, ...(withdrawn_at && { withdrawn_at }), ...(move && { moved_to: move.to }) };
  });
}

const isOfChain =
  <T extends ChainEvent>(of: ChainEvent) =>
  (one: T): boolean =>
    caseKeys.chainOf(one) === caseKeys.chainOf(of);

/**
 * The versions of a chain that the withdrawal of one covers: itself, and the earlier ones of its sender. What another
 * sender sent stays.
 */
export async function coveredBy(
  store: RecordStore,
  withdrawn: Pick<CaseVersion, 'packet_id' | 'version'>,
  chain: CaseVersion[],
): Promise<CaseVersion[]> {
  const upTo = chain.filter(({ version }) => version <= withdrawn.version);
  const senders = new Map<string, Sender | undefined>();
  // A version alone has no other sender beside it: nothing is read.
  if (upTo.some(({ version }) => version < withdrawn.version))
    for (const packet_id of new Set([withdrawn, ...upTo].map((one) => one.packet_id)))
      senders.set(packet_id, (await readDecision({ store }, packet_id))?.sender);
  const own = senders.get(withdrawn.packet_id);
  return upTo.filter(({ version, packet_id }) => {
    const other = senders.get(packet_id);
    return version === withdrawn.version || !own || !other || isSameSender(own, other);
  });
}

/** Every version of a person from one month to another, both included, by month (YYYY-MM). One read. */
export async function versionsBetween(
  store: RecordStore,
  id: PersonId,
  [from, to]: [from: string, to: string],
): Promise<Map<string, CaseVersion[]>> {
  const versions: ChainEvent[] = [];
  for await (const version of readRange(store, caseKeys.everyVersionFrom(id, from))) {
    if (caseKeys.monthOf(version) > to) break;
    versions.push(version);
  }
  return Map.groupBy(await markEnded(store, versions), caseKeys.monthOf);
}

/** The earlier version that still counts after one from which nothing was read. */
export const keptBefore = (chain: CaseVersion[], version: CaseVersion): CaseVersion | undefined =>
  chain.some(({ packet_id, is_read }) => packet_id === version.packet_id && is_read)
    ? undefined
    : chain.findLast((one) => one.is_read && stands(one) && one.seq < version.seq);

/** Offices whose papers of a person's month were not returned, each with the category of its latest ones. */
export const claimantsOf = async (store: RecordStore, id: CaseId): Promise<Claimant[]> =>
  claimantsIn(await versionsOfMonth(store, id));

/** The same of the versions of a month. */
export const claimantsIn = (versions: CaseVersion[]): Claimant[] =>
  latestOfEachOffice(versions).map(({ office, category }) => ({ office_number: office, category }));

/** As many months as a decision looks ahead to those that rested on its month. */
const MONTHS_AROUND = 2;

/**
 * Packets to look at again once the case of a decision is written: those of its month where more than one office sent
 * papers; those of the months before, which it was decided without; itself, where a later month is decided already. Of
 * two packets decided at once at least one finds the other.
 */
export async function packetsAround(store: RecordStore, decided: PacketDecided): Promise<string[]> {
  const { month } = decided;
  const span: [string, string] = [addMonths(month, -MONTHS_AROUND), addMonths(month, MONTHS_AROUND)];
  const around = await versionsBetween(store, decided, span);
  const own = around.get(month) ?? [];
  const restedOn = own.findLast(({ packet_id }) => packet_id === decided.packet_id)?.history_line?.rested_on;
  const others = [...around].flatMap(([other, versions]) => {
    if (other === month) return [];
    const counting = currentClaims(versions).filter(({ category }) => category !== null);
    if (other > month) return counting.length > 0 ? [decided.packet_id] : [];
    const known = restedOn?.find((one) => one.month === other)?.category;
    return counting.filter(({ category }) => category !== known).map(({ packet_id }) => packet_id);
  });
  return [...new Set([...rivalsIn(own), ...others])];
}

/** The packets that count of a month for which more than one office sent papers; none where one office did. */
function rivalsIn(versions: CaseVersion[]): string[] {
  const offices = new Set(latestOfEachOffice(versions).map(({ office }) => office));
  return offices.size < 2 ? [] : currentClaims(versions).map(({ packet_id }) => packet_id);
}

/** The version that counts of each chain, where it claims the month and was not returned. */
const currentClaims = (versions: CaseVersion[]): CaseVersion[] =>
  [...Map.groupBy(versions, caseKeys.chainOf).values()].flatMap((chain) => {
    const current = currentOf(chain);
    return current && isClaim(current) && current.decision !== 'return' ? [current] : [];
  });

/** Withdrawn, moved, unread and contested papers claim nothing, nor do those of no known office. */
const isClaim = (version: CaseVersion): boolean =>
  version.is_read && !version.contested && stands(version) && version.office !== NO_OFFICE;

/** The latest version of each known office, where it was not returned. */
function latestOfEachOffice(versions: CaseVersion[]): CaseVersion[] {
  const claims = versions.filter(isClaim);
  const latest = new Map<string, CaseVersion>();
  for (const version of claims.toSorted((a, b) => a.at.localeCompare(b.at) || a.run - b.run))
    latest.set(version.office, version);
  return [...latest.values()]
    .filter(({ decision }) => decision !== 'return')
    .sort((a, b) => a.office.localeCompare(b.office));
}
