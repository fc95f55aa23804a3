import { packetKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { currentOf, versionsOf } from '../events/read-case.ts';
import { readDecision } from '../events/read-packet.ts';
import type { RecordContext } from '../store/record-context.ts';
import { refreshReview } from './review-acts.ts';
import { type ReviewItem, reviewItem, supersedeReview, withdrawReview } from './review-item.ts';

/**
 * Opens the review item of a packet, once for each run; a later run renews an item, also one a person has closed.
 * The item of a packet whose case already has a later version is superseded at once. `run`: an earlier run, for a rebuild.
 */
export async function openReview(
  records: RecordContext,
  packetId: string,
  run?: PacketDecided,
): Promise<ReviewItem | null> {
  const decided = run ?? (await readDecision(records, packetId));
  if (!decided) throw new Error(`no decision for packet ${packetId}`);
  if (!decided.review_due) {
    // The run before opened one, and reading the pictures answered it.
    if (decided.run > 1) await supersedeReview(records.store, packetId, packetId);
    return null;
  }
  const item = reviewItem(decided, await records.results.readVerdict(decided));
  await append(records.store, {
    ...packetKeys.review(packetId, decided.run),
    at: records.now().toISOString(),
  });
  await records.store.putIf('reviews', item, {
    expression: 'attribute_not_exists(packet_id) OR (#state IN (:open, :closed) AND #run < :run)',
    names: { '#state': 'state', '#run': 'run' },
    values: { ':open': 'open', ':closed': 'closed', ':run': decided.run },
  });
  await refreshReview(records.store, packetId, decided);
  // Read after the item is stored: a version that comes in between finds the item, or is found here.
  const chain = await versionsOf(records.store, decided);
  const own = chain.findLast((version) => version.packet_id === packetId);
  const current = currentOf(chain);
  if (own?.withdrawn_at) await withdrawReview(records.store, packetId);
  const movedTo = own?.moved_to;
  if (movedTo && movedTo !== packetId) await supersedeReview(records.store, packetId, movedTo);
  if (own && current && current.packet_id !== packetId && current.seq > own.seq)
    await supersedeReview(records.store, packetId, current.packet_id);
  return item;
}
