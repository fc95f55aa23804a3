import { waitingShardOf } from '../events/event-index.ts';
import type { CaseId } from '../events/event-keys.ts';
import {
  type PersonWatch,
  type PersonWatches,
  readWatches,
  type WatchState,
} from '../events/read-watches.ts';
import { rosterOf } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';
import { supersedeReview } from './review-item.ts';

/** Item of the table `watches`: what is awaited of a person, and until when. No name and no number. */
export interface WatchItem {
  watch_id: string;
  /** partition of the index; absent once nothing waits any more */
  queue?: string;
  /** city#area, as long as it waits: the calendar of the area */
  area_queue?: string;
  /** the last day; `-` until the registry names a designation */
  due: string;
  state: WatchState;
  city: string;
  person: string;
  month: string;
  office: string;
  rule: string;
  what: string;
  /** the packet that opened it */
  packet_id: string;
  /** how many events it is made of: an older state never replaces a newer one */
  events: number;
}

/** The partition of the watches that wait for an office to be designated. */
export const awaitingQueue = (city: string, office: string): string => `designation#${city}#${office}`;

/**
 * Makes the items of a person from the log, and takes what has come off the queue of the area. Repeated or done by two
 * processes at once, it leaves the newest state.
 */
export async function refreshWatches(
  { store }: Pick<RecordContext, 'store'>,
  person: Pick<CaseId, 'city' | 'person'>,
): Promise<PersonWatches> {
  const read = await readWatches(store, person);
  for (const watch of read.watches) {
    await putItem(store, itemOf(watch, read.events));
    if (watch.state === 'closed' || watch.state === 'withdrawn')
      await supersedeReview(store, watch.watch_id, watch.closed_by?.packet_id ?? watch.opened.packet_id);
  }
  return read;
}

const putItem = (store: RecordStore, item: WatchItem): Promise<boolean> =>
  store.putIf('watches', item, {
    expression: 'attribute_not_exists(watch_id) OR #events <= :events',
    names: { '#events': 'events' },
    values: { ':events': item.events },
  });

function itemOf({ watch_id, state, watch, opened, due }: PersonWatch, events: number): WatchItem {
  const { city, area, person, month, office, packet_id } = opened;
  const queue = due === null ? awaitingQueue(city, office) : waitingShardOf(watch_id);
  return {
    watch_id,
    ...(state === 'waiting' && { queue, area_queue: rosterOf({ city, area }) }),
    due: due ?? '-',
    state,
    city,
    person,
    month,
    office,
    rule: watch.rule,
    what: watch.what,
    packet_id,
    events,
  };
}
