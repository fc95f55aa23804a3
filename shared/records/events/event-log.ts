import type { RecordStore } from '../store/record-store.ts';
import { type EventOf, type EventType, isEvent, type RecordEvent, type UnsentEvent } from './event.ts';
import { PENDING_SHARDS, pendingShardOf } from './event-index.ts';
import type { EventKey, EventRange } from './event-keys.ts';

/** Where an event is stored. */
type Place = Pick<EventKey, 'stream' | 'seq'>;

/** Appends an event, once. False: this step has happened before. The sweeper finds an event with an outbox. */
export function append(store: RecordStore, event: RecordEvent): Promise<boolean> {
  return store.putOnce(
    'events',
    isUnsent(event) ? { ...event, pending: pendingShardOf(event.stream) } : event,
  );
}

/** The outbox has been sent. Repeated, it does nothing. */
export async function clearOutbox(store: RecordStore, { stream, seq }: Place): Promise<void> {
  const change = { expression: 'REMOVE outbox, pending' };
  await store.update('events', { stream, seq }, change, 'attribute_exists(outbox)');
}

/** @throws Error where an event of another type has the key: the records and the program disagree */
export async function readEvent<T extends EventType>(
  store: RecordStore,
  { type, ...place }: EventKey<T>,
): Promise<EventOf<T> | null> {
  const event = await readEventAt(store, place);
  if (event === null || isEvent(type)(event)) return event;
  throw new Error(`event ${type} is stored as ${event.type}`);
}

/** The event at a place, of whatever type. */
export const readEventAt = (store: RecordStore, { stream, seq }: Place): Promise<RecordEvent | null> =>
  store.get<RecordEvent>('events', { stream, seq });

/** The events of a range, in the order of their sort keys. */
export async function* readRange<T extends EventType>(
  store: RecordStore,
  { stream, begins, after, types }: EventRange<T>,
): AsyncGenerator<EventOf<T>> {
  const isOne = isEvent(...types);
  const within = { ...(begins !== undefined && { begins }), ...(after !== undefined && { after }) };
  const events = store.partition<RecordEvent>('events', stream, within);
  for await (const event of events) if (isOne(event)) yield event;
}

/** Every event of a stream, of whatever type. */
export const readStream = (store: RecordStore, stream: string): AsyncGenerator<RecordEvent> =>
  store.partition<RecordEvent>('events', stream);

/** The whole log, in no order. For an operator: no function has the right to scan. */
export const readLog = (store: RecordStore): AsyncGenerator<RecordEvent> =>
  store.everything<RecordEvent>('events');

/** Events older than `before` (ISO time) whose outbox was not cleared. The index may lag behind. */
export async function* unsentEvents(store: RecordStore, before: string): AsyncGenerator<Place> {
  for (const shard of PENDING_SHARDS)
    yield* store.index<Place>('events', 'pending', shard, { until: before });
}

/** Whether something must still be sent because of an event. */
export const isUnsent = (event: RecordEvent): event is UnsentEvent =>
  'outbox' in event && Boolean(event.outbox?.length);
