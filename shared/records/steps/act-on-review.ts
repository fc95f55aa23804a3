import { packetKeys } from '../events/event-keys.ts';
import { append, isUnsent } from '../events/event-log.ts';
import { closingOf, foldActs, type Holder, holderAt, readActs } from '../events/read-acts.ts';
import { readDecision } from '../events/read-packet.ts';
import type { ReviewClosed, ReviewEvent } from '../events/review-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { refreshReview } from '../views/review-acts.ts';
import type { ReviewItem } from '../views/review-item.ts';
import { settleAct } from './settle-act.ts';

/** Who acts: from the sign-in. */
export type Reviewer = Pick<ReviewEvent, 'by' | 'by_name' | 'role'>;

/** Why an act is not possible now. */
export type Refusal =
  | { refused: 'held'; holder: Holder }
  | { refused: 'not_held' }
  | { refused: 'closed'; closed: ReviewClosed }
  | { refused: 'superseded' | 'withdrawn' };

/** An act without what the chain gives it. */
export type Draft = ReviewEvent extends infer E
  ? E extends ReviewEvent
    ? Omit<E, 'stream' | 'seq' | 'at' | 'packet_id' | 'act' | 'run' | keyof Reviewer>
    : never
  : never;

/**
 * Appends one act to the chain of an item, unless a colleague holds it or its review has ended. Of two acts at the same
 * moment one gets the number; the other looks again. What follows from it is done here, or by the sweeper.
 */
export async function actOnReview(
  records: RecordContext,
  item: ReviewItem,
  reviewer: Reviewer,
  draft: Draft,
): Promise<ReviewEvent | Refusal> {
  if (item.state === 'superseded' || item.state === 'withdrawn') return { refused: item.state };
  for (;;) {
    const acts = await readActs(records.store, item.packet_id);
    const at = records.now().toISOString();
    const refusal = await refusalOf(records, item, acts, { ...reviewer, at, type: draft.type });
    if (refusal) return refusal;
    const act = (acts.at(-1)?.act ?? 0) + 1;
    const { packet_id, run } = item;
    const key = packetKeys.act(packet_id, act, draft.type);
    // The draft and the key are of one type of event.
    const event = { ...draft, ...key, at, packet_id, act, run, ...reviewer } as ReviewEvent;
    if (!(await append(records.store, event))) continue;
    await refreshReview(records.store, packet_id);
    if (isUnsent(event)) await settleAct(records, event);
    return event;
  }
}

async function refusalOf(
  records: RecordContext,
  item: ReviewItem,
  acts: ReviewEvent[],
  { by, at, type }: Pick<ReviewEvent, 'by' | 'at' | 'type'>,
): Promise<Refusal | null> {
  // A watch has one run, and no decision of its own.
  const decided = item.about_packet ? { run: item.run } : await readDecision(records, item.packet_id);
  const closed = decided && closingOf(acts, decided);
  if (closed) return { refused: 'closed', closed };
  const holder = holderAt(foldActs(acts), at);
  if (holder && holder.by !== by && type !== 'review.withdrawal_asked') return { refused: 'held', holder };
  return HOLDERS_ONLY.has(type) && !holder ? { refused: 'not_held' } : null;
}

/** Acts that make sense for the holder alone. */
const HOLDERS_ONLY: ReadonlySet<string> = new Set<ReviewEvent['type']>([
  'review.released',
  'review.handed_over',
]);
