import { waitingShardOf } from '../events/event-index.ts';
import type { CaseId } from '../events/event-keys.ts';
import { readActs } from '../events/read-acts.ts';
import {
  type PersonWatch,
  type PersonWatches,
  readWatches,
  type WatchState,
} from '../events/read-watches.ts';
import type { WatchRecorded } from '../events/watch-events.ts';
import { type AreaMonth, areaMonth, rosterOf } from '../store/case-record.ts';
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
 * Makes the items of a person from the log, takes what has come off the queue of the area, and marks the cases whose papers
 * are overdue. Repeated or done by two processes at once, it leaves the newest state. `touched`: where such a case is
 * counted.
 */
export async function refreshWatches(
  { store }: Pick<RecordContext, 'store'>,
  person: Pick<CaseId, 'city' | 'person'>,
): Promise<PersonWatches & { touched: AreaMonth[] }> {
  const read = await readWatches(store, person);
  for (const watch of read.watches) {
    await putItem(store, itemOf(watch, read.events));
    if (watch.state === 'closed' || watch.state === 'withdrawn')
      await supersedeReview(store, watch.watch_id, watch.closed_by?.packet_id ?? watch.opened.packet_id);
  }
  await showOverdue(store, read);
  const touched = read.raisedBy.map(({ city, area, month }) => ({ city, area, month }));
  return { ...read, touched };
}

/** Marks each case with the papers that are overdue of it, until they come or a person ends their review. */
async function showOverdue(store: RecordStore, { watches, raisedBy, events }: PersonWatches): Promise<void> {
  if (raisedBy.length === 0) return;
  const raised = watches.filter(({ state }) => state === 'raised');
  const acts = await Promise.all(raised.map(({ watch_id }) => readActs(store, watch_id)));
  const open = raised.filter((_, n) => !acts[n]!.some(({ type }) => type === 'review.closed'));
  const known = events + acts.flat().length;
  for (const opener of raisedBy) {
    const own = open.filter(({ opened }) => isOfCase(opened, opener));
    const papers = own.map(({ watch_id, watch, due }) => ({ watch_id, what: watch.what, due: due ?? '' }));
    await store.update(
      'cases',
      { area_month: areaMonth(opener), case_key: `${opener.person}#${opener.chain}` },
      {
        expression: 'SET overdue_papers = :papers, overdue_events = :events',
        values: { ':papers': papers, ':events': known },
      },
      'attribute_exists(case_key) AND (attribute_not_exists(overdue_events) OR overdue_events <= :events)',
    );
  }
}

const isOfCase = (a: WatchRecorded, b: WatchRecorded): boolean =>
  a.area === b.area && a.month === b.month && a.chain === b.chain;

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
