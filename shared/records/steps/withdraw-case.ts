import type { CaseWithdrawn } from '../events/case-events.ts';
import { caseKeys } from '../events/event-keys.ts';
import { append, clearOutbox, readEvent } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { currentOf, versionsOf } from '../events/read-case.ts';
import { readDecision } from '../events/read-packet.ts';
import type { RecordContext } from '../store/record-context.ts';
import { showWithdrawnInCase } from '../views/case-view.ts';
import { showWithdrawnLines } from '../views/packet-line.ts';
import { withdrawReview } from '../views/review-item.ts';
import { endWatch } from './record-watch.ts';

/**
 * Withdraws what an owner sent of a person's month, once: the first withdrawal of a version stays. A repeated call
 * finishes what is left. Null where the packet is not the version that counts.
 */
export async function withdrawCase(
  records: RecordContext,
  decided: PacketDecided,
  how: Pick<CaseWithdrawn, 'by' | 'role' | 'reason'>,
): Promise<CaseWithdrawn | null> {
  const current = currentOf(await versionsOf(records.store, decided));
  if (current?.packet_id !== decided.packet_id) return null;
  const key = caseKeys.withdrawn(decided, decided, current.version);
  const at = records.now().toISOString();
  const { packet_id } = decided;
  const event: CaseWithdrawn = { ...key, at, packet_id, version: current.version, ...how, outbox: ['case'] };
  const isNew = await append(records.store, event);
  const withdrawn = isNew ? event : ((await readEvent(records.store, key)) ?? event);
  if (withdrawn.outbox?.length) await settleWithdrawal(records, withdrawn);
  return withdrawn;
}

/** Takes the packet out of case, queue and list, and requests the numbers of its area. Also called by the sweeper. */
export async function settleWithdrawal(records: RecordContext, withdrawn: CaseWithdrawn): Promise<void> {
  const decided = await readDecision(records, withdrawn.packet_id);
  if (decided) {
    const watched = await endWatch(records, decided);
    await showWithdrawn(records, decided, withdrawn.at);
    for (const area of [decided, ...watched])
      await records.queues.requestSummary(area, `withdrawn.${withdrawn.packet_id}`);
  }
  await clearOutbox(records.store, withdrawn);
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
