import type { CaseWithdrawn } from '../events/case-events.ts';
import { caseKeys } from '../events/event-keys.ts';
import { append, clearOutbox, readEvent } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { currentOf, versionsOf } from '../events/read-case.ts';
import { readDecision } from '../events/read-packet.ts';
import { areaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import { showWithdrawnInCase } from '../views/case-view.ts';
import { showWithdrawnLines } from '../views/packet-line.ts';
import { withdrawReview } from '../views/review-item.ts';
import { countAgain } from './count-again.ts';
import { endWatch } from './record-watch.ts';

/**
 * Withdraws what one sender sent of a person's month, once: the first withdrawal of a version stays. A repeated call
 * finishes what is left. Null where the packet is not the version that counts.
 */
export async function withdrawCase(
  records: RecordContext,
  decided: PacketDecided,
  how: Pick<CaseWithdrawn, 'by' | 'role' | 'reason'>,
): Promise<CaseWithdrawn | null> {
  const { packet_id } = decided;
  const chain = await versionsOf(records.store, decided);
  const own = chain.findLast((version) => version.packet_id === packet_id);
  if (!own || own.moved_to) return null;
  const key = caseKeys.withdrawn(decided, decided, own.version);
  if (!own.withdrawn_at && currentOf(chain)?.packet_id !== packet_id) return null;
  const at = records.now().toISOString();
  const event: CaseWithdrawn = { ...key, at, packet_id, version: own.version, ...how, outbox: ['case'] };
  const isNew = !own.withdrawn_at && (await append(records.store, event));
  const withdrawn = isNew ? event : await readEvent(records.store, key);
  if (withdrawn?.outbox?.length) await settleWithdrawal(records, withdrawn);
  return withdrawn;
}

/**
 * Takes what was withdrawn out of case, queue and list, lets the version before it count again, and requests the numbers of
 * their areas. Also called by the sweeper.
 */
export async function settleWithdrawal(records: RecordContext, withdrawn: CaseWithdrawn): Promise<void> {
  const decided = await readDecision(records, withdrawn.packet_id);
  if (decided) {
    for (const one of await withdrawnWith(records, decided, withdrawn))
      await showWithdrawn(records, one, withdrawn.at);
    const again = await countAgain(records, decided);
    const watched = await endWatch(records, decided);
    const areas = [decided, ...again, ...watched];
    for (const area of new Map(areas.map((one) => [areaMonth(one), one])).values())
      await records.queues.requestSummary(area, `withdrawn.${withdrawn.packet_id}`);
  }
  await clearOutbox(records.store, withdrawn);
}

/** The packets a withdrawal covers, each with its last decision. */
async function withdrawnWith(records: RecordContext, decided: PacketDecided, { at }: CaseWithdrawn) {
  const covered = (await versionsOf(records.store, decided)).filter((one) => one.withdrawn_at === at);
  const earlier = new Set(covered.map(({ packet_id }) => packet_id));
  earlier.delete(decided.packet_id);
  const decisions = [decided];
  for (const packet_id of earlier) {
    const one = await readDecision(records, packet_id);
    if (one) decisions.push(one);
  }
  return decisions;
}

/** The read models of a withdrawn packet. Idempotent. */
export async function showWithdrawn(
  records: Pick<RecordContext, 'store'>,
  decided: PacketDecided,
  at: string,
): Promise<void> {
  await showWithdrawnInCase(records.store, decided, at);
  await withdrawReview(records.store, decided.packet_id);
  await showWithdrawnLines(records, decided, at);
}
