import { dueDate } from '../../calendar/days.ts';
import type { Watch } from '../../rules/rule-result.ts';
import { sha256 } from '../../text/digest.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { type CaseId, watchKeys } from './event-keys.ts';
import { readRange } from './event-log.ts';
import type { WatchEvent, WatchRecorded } from './watch-events.ts';

/** waiting: for its day, or for a designation. raised: overdue, on the queue of the area. */
export type WatchState = 'waiting' | 'raised' | 'closed' | 'withdrawn';

/** One awaited paper of a person, as the log tells it. */
export interface PersonWatch {
  watch_id: string;
  state: WatchState;
  watch: Watch;
  /** the first packet that opened it, or the last one that did where none counts any more */
  opened: WatchRecorded;
  /** start and due with what the registry named later */
  start: string | null;
  due: string | null;
  closed_by: WatchRecorded | null;
}

/** A person's watches, and how many events they are made of: a later state is made of more. */
export interface PersonWatches {
  watches: PersonWatch[];
  events: number;
  /** what packets recorded that opened one which was raised since, each chain of versions once in each area */
  raisedBy: WatchRecorded[];
}

type Person = Pick<CaseId, 'city' | 'person'>;

/** Strongly consistent: what to raise rests on it. */
export async function readWatches(store: RecordStore, person: Person): Promise<PersonWatches> {
  const events = await collect(readRange(store, watchKeys.every(person)));
  return { watches: foldWatches(events), events: events.length, raisedBy: raisedBy(events) };
}

function raisedBy(events: WatchEvent[]): WatchRecorded[] {
  const raised = new Set(events.flatMap((event) => (event.type === 'watch.raised' ? [event.watch_id] : [])));
  const openers = events
    .filter((event) => event.type === 'watch.recorded')
    .filter((event) => event.opens.some((watch) => raised.has(idOf(event, watch))));
  return [...new Map(openers.map((one) => [`${one.area} ${one.month} ${one.chain}`, one])).values()];
}

/**
 * The watches that the events of a person make, in whatever order they were appended. Of each chain of versions the
 * last one counts. A watch is closed by a packet of its month or a later one that brings what was awaited.
 */
export function foldWatches(events: WatchEvent[]): PersonWatch[] {
  const recorded = events.filter((event) => event.type === 'watch.recorded');
  const current = new Set(lastOfEachChain(recorded));
  const raised = new Set(events.flatMap((event) => (event.type === 'watch.raised' ? [event.watch_id] : [])));
  const openings = recorded.flatMap((event) =>
    event.opens.map((watch) => ({ event, watch, id: idOf(event, watch) })),
  );
  const watches = [...Map.groupBy(openings, ({ id }) => id)].map(([watch_id, all]) => {
    const counting = all.filter(({ event }) => current.has(event));
    const [first] = (counting.length > 0 ? counting : all).toSorted(byMonth);
    const { event: opened, watch } = first!;
    const closer = [...current].find(
      (event) => event.closes.includes(watch.name) && event.month >= opened.month,
    );
    const dated = events.findLast((event) => event.type === 'watch.dated' && event.watch_id === watch_id);
    // The registry named the designation after the first packet: a later one, or the sweep, tells it.
    const told = all.map((one) => one.watch).find(({ due }) => due !== null);
    const day = told ?? (dated?.type === 'watch.dated' ? dated : watch);
    const state: WatchState =
      counting.length === 0 ? 'withdrawn' : closer ? 'closed' : raised.has(watch_id) ? 'raised' : 'waiting';
    return {
      watch_id,
      state,
      watch,
      opened,
      start: day.start,
      due: day.due,
      closed_by: closer ?? null,
    };
  });
  return watches.map((one) => (isReplaced(one, watches) ? { ...one, state: 'withdrawn' as const } : one));
}

const byMonth = (a: { event: WatchRecorded }, b: { event: WatchRecorded }): number =>
  a.event.month.localeCompare(b.event.month) || a.event.received_at.localeCompare(b.event.received_at);

function lastOfEachChain(recorded: WatchRecorded[]): WatchRecorded[] {
  const chains = Map.groupBy(recorded, ({ month, chain }) => `${month}#${chain}`);
  return [...chains.values()].map((chain) => chain.toSorted((a, b) => (a.seq < b.seq ? -1 : 1)).at(-1)!);
}

/** One paper of one occasion: of a rule, a start and, where the start is still open, an office. */
const idOf = ({ city, person, office }: WatchRecorded, { name, start, awaits }: Watch): string =>
  sha256([city, person, name, awaits ? office : start].join('#')).slice(0, 32);

/** A later certification has come: the end of the one before is awaited no more. */
const isReplaced = (one: PersonWatch, all: PersonWatch[]): boolean =>
  one.watch.latest_only &&
  all.some(
    (other) =>
      other.state !== 'withdrawn' &&
      other.watch.name === one.watch.name &&
      (other.start ?? '') > (one.start ?? ''),
  );

/** The last day of a watch that awaited the designation of an office. */
export const dueAfterDesignation = ({ awaits }: Watch, designated: string): string => {
  const { countsFirstDay, ...period } = awaits!;
  return dueDate(designated, period, countsFirstDay);
};
