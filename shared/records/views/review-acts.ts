import type { PacketDecided } from '../events/packet-events.ts';
import { closingOf, foldActs, readActs } from '../events/read-acts.ts';
import { readRuns } from '../events/read-packet.ts';
import type { ReviewClosed } from '../events/review-events.ts';
import type { RecordStore } from '../store/record-store.ts';
import { showColleague } from './colleagues.ts';
import { type ReviewItem, reviewPosition } from './review-item.ts';

/**
 * Shows on a review item what people did with it: who holds it, what is ticked, whether it is ended. State forward only:
 * of two processes the one that read more acts wins. Repeated, it changes nothing.
 * @param of the run the item is of, where the caller knows; a further run may be recorded and its item not renewed yet
 */
export async function refreshReview(store: RecordStore, packetId: string, of?: PacketDecided): Promise<void> {
  const item = await store.get<ReviewItem>('reviews', { packet_id: packetId });
  if (item?.state !== 'open') return;
  const acts = await readActs(store, packetId);
  if (acts.length === 0) return;
  const reviewers = acts.filter(({ type }) => type !== 'review.withdrawal_asked');
  const people = new Map(reviewers.map((act) => [act.by, act]));
  for (const person of people.values()) await showColleague(store, item, person);
  const closed = closingOf(acts, of ?? (await runOfItem(store, item)) ?? item);
  const state = foldActs(acts);
  const { holder, set_aside, ticks, advised, received, withdrawal } = state;
  const waits_for = advised ? (item.after_advice?.what ?? null) : null;
  const shown = { acts: state.acts, holder, set_aside, ticks, advised, received, withdrawal, waits_for };
  const where = closed ? closedPosition(packetId, closed) : reviewPosition({ ...item, ...shown });
  const change: Record<string, unknown> = { ...shown, ...where };
  const names = Object.keys(change);
  await store.update(
    'reviews',
    { packet_id: packetId },
    {
      expression: `SET ${names.map((_, n) => `#n${n} = :v${n}`).join(', ')}`,
      names: {
        ...Object.fromEntries(names.map((name, n) => [`#n${n}`, name])),
        '#run': 'run',
        '#is': 'state',
        '#known': 'acts',
      },
      values: {
        ...Object.fromEntries(names.map((name, n) => [`:v${n}`, change[name]])),
        ':run': item.run,
        ':open': 'open',
        ':known': state.acts,
      },
    },
    '#run = :run AND #is = :open AND (attribute_not_exists(#known) OR #known <= :known)',
  );
}

/** The run an item shows; null for the item of a watch. */
async function runOfItem(store: RecordStore, { packet_id, run }: ReviewItem): Promise<PacketDecided | null> {
  return (await readRuns({ store }, packet_id)).find((one) => one.run === run) ?? null;
}

/** Off the area's queue, but still found by its packet. */
const closedPosition = (packetId: string, { at, by, by_name, role, decision, reason }: ReviewClosed) => ({
  state: 'closed',
  closed: { at, by, by_name, role, decision, reason },
  queue: `closed#${packetId}`,
});
