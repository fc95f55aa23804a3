import { packetKeys } from '../events/event-keys.ts';
import { append, clearOutbox, readEvent } from '../events/event-log.ts';
import type { ReviewClosed } from '../events/packet-events.ts';
import { readRuns } from '../events/read-packet.ts';
import type { RecordContext } from '../store/record-context.ts';
import { showClosedInCase } from '../views/case-view.ts';
import { type ReviewItem, showReviewClosed } from '../views/review-item.ts';

export interface ClosedReview {
  closed: ReviewClosed;
  /** false: another person ended it before, and that decision stays */
  isNew: boolean;
}

/** Ends the review of the run an item shows, once: the first decision stays. A repeated call finishes what is left. */
export async function closeReview(
  records: RecordContext,
  { packet_id, run }: ReviewItem,
  how: Pick<ReviewClosed, 'by' | 'role' | 'decision' | 'reason'>,
): Promise<ClosedReview> {
  const key = packetKeys.reviewClosed(packet_id, run);
  const at = records.now().toISOString();
  const event: ReviewClosed = { ...key, at, packet_id, run, ...how, outbox: ['case'] };
  const isNew = await append(records.store, event);
  const closed = isNew ? event : ((await readEvent(records.store, key)) ?? event);
  if (closed.outbox?.length) await settleReview(records, closed);
  return { closed, isNew };
}

/** Takes the item off its queue, marks the case, and requests the numbers of its area. Also called by the sweeper. */
export async function settleReview(records: RecordContext, closed: ReviewClosed): Promise<void> {
  const { packet_id, run } = closed;
  await showReviewClosed(records.store, closed);
  const decided = (await readRuns(records, packet_id)).find((one) => one.run === run);
  if (decided) {
    await showClosedInCase(records.store, decided, closed);
    await records.queues.requestSummary(decided, `closed.${packet_id}.${run}`);
  }
  await clearOutbox(records.store, closed);
}
