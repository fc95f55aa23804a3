import type { PacketVerdict } from '../../decision/verdict.ts';
import type { CaseVersion } from '../events/case-events.ts';
import { watchKeys } from '../events/event-keys.ts';
import { append, readRange } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { currentOf, stands, versionsOf } from '../events/read-case.ts';
import type { AreaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { loadRegistry } from '../store/registry-store.ts';
import { refreshWatches } from '../views/watch-item.ts';
import { dateWatch, designationOf } from './date-watch.ts';

/**
 * Records what a packet opens and closes of the papers that are awaited of its person. Idempotent. A packet that was
 * returned brings nothing; one that was not read, or came in the name of another office, changes nothing. Returns the areas
 * whose summaries must be recomputed: what it brings may have been overdue in an earlier month.
 */
export async function recordWatch(
  records: RecordContext,
  decided: PacketDecided,
  verdict: PacketVerdict,
  version: CaseVersion,
): Promise<AreaMonth[]> {
  if (version.contested || !version.is_read) return [];
  const opens = verdict.watches_opened ?? [];
  const closes = decided.decision === 'return' ? [] : (verdict.watches_closed ?? []);
  const chain = chainOf(decided);
  const isFirst = version.version === 1 && version.run === 1;
  const isSilent = opens.length === 0 && closes.length === 0;
  // A later version says that nothing is awaited any more only where an earlier one opened or closed something.
  if (isSilent && (isFirst || !(await hasRecorded(records, decided)))) return [];
  const { city, area, person, month, office, packet_id, received_at } = decided;
  await append(records.store, {
    ...watchKeys.recorded(decided, chain, version.version, version.run),
    at: records.now().toISOString(),
    city,
    area,
    person,
    month,
    office,
    chain,
    packet_id,
    received_at,
    opens,
    closes,
  });
  const { watches, touched } = await refreshWatches(records, decided);
  // The registry may have named the designation since this packet was decided.
  const awaiting = watches.filter(({ state, due }) => state === 'waiting' && due === null);
  if (awaiting.length === 0) return touched;
  const registry = await loadRegistry(records.store, city);
  for (const watch of awaiting) {
    const designated = designationOf(registry, watch.opened.office);
    if (designated) await dateWatch(records, watch, designated);
  }
  return touched;
}

/** The packet belongs to another person or month: it opens and closes nothing here. */
export const withdrawWatch = (records: RecordContext, before: PacketDecided): Promise<AreaMonth[]> =>
  clearWatch(records, before, () => before.run + 1);

/** The packet was withdrawn: what it opened is awaited no more, and what it closed is open again. */
export const endWatch = (records: RecordContext, decided: PacketDecided): Promise<AreaMonth[]> =>
  // Of what counts again the latest first: withdrawn in its turn, it ends behind this.
  clearWatch(records, decided, (kept) => AFTER_EVERY_RUN - (kept?.version ?? 0));
const AFTER_EVERY_RUN = 9999;

/** Where an earlier version counts again, what that one opens and closes counts instead. */
async function clearWatch(
  records: RecordContext,
  before: PacketDecided,
  runAfter: (kept: CaseVersion | undefined) => number,
): Promise<AreaMonth[]> {
  const recorded = await collect(readRange(records.store, watchKeys.recordedOf(before, chainOf(before))));
  const own = recorded.findLast(({ packet_id }) => packet_id === before.packet_id);
  if (!own) return [];
  const current = currentOf(await versionsOf(records.store, before));
  const kept = current && stands(current) ? current : undefined;
  const ofKept = recorded.findLast(({ packet_id }) => packet_id === kept?.packet_id);
  const { seq, ...rest } = own;
  const [, version = '1'] = /#(\d+)\.\d+$/.exec(seq) ?? [];
  await append(records.store, {
    ...(ofKept ?? { ...rest, opens: [], closes: [] }),
    ...watchKeys.recorded(before, own.chain, Number(version), runAfter(kept)),
    at: records.now().toISOString(),
  });
  return (await refreshWatches(records, before)).touched;
}

const chainOf = ({ event, owner }: PacketDecided): string => `${event}#${owner}`;

async function hasRecorded(records: RecordContext, decided: PacketDecided): Promise<boolean> {
  const events = readRange(records.store, watchKeys.recordedOf(decided, chainOf(decided)));
  return !(await events.next()).done;
}
