import { createHash } from 'node:crypto';
import type { RecordStore } from '../store/record-store.ts';

/**
 * What happened, in the order it happened, one stream per thing. The truth of the desk:
 * upload#<receipt number>   0#announced 1#received 1#scanned 1#opened 1#redacted#<place> (one per file taken out)
 *                           2#000001 (one per packet; see shared/packet/position.ts) 3#unbalanced 3#finished
 *                           4#receipt
 * packet#<packet id>        1#decided 2#review 3#notice, and …#0002 of a second run, once its scans were read;
 *                           4#scanned where reading them changed nothing; 5#shown#<upload>#<place> (another upload
 *                           brought it too); 6#text#<sha256> (it uses the text of that scanned file)
 * case#<city>#<person>#<month>   <event>#0001 (one per version)
 * digest#<sha256>           1#first (the upload that brought these bytes first)
 * ocr#<sha256>              1#read#<edition> (the text of a scanned file is in the outbox) 2#used#<packet id>
 * object#<sha256 of a key>  version#<version> (a copy the desk made, or what it took the place of) copying#<sha256>
 * registry#<city>           <time>#<digest>
 * message#<message id>      failed (why it failed the last time, for whoever finds it among the dead letters)
 * retention#<city>#<person>#<month>   <time>#… (完結の日, hold and release, entered by a person)
 * erased#<city>             <number of the erasure> (what is left of a case after its time: numbers, no person)
 */
export interface DeskEvent {
  stream: string;
  seq: string;
  type: string;
  /** ISO time */
  at: string;
  /** what must still be sent because of this event; gone once sent */
  outbox?: string[];
  /** shard of the index of unsent events; there as long as `outbox` is */
  pending?: string;
  /** shard of the index of uploads whose books are open: until the sweeper has seen every step of them done */
  open?: string;
}

/** Why a message could not be worked on, the last time it was tried. */
export interface MessageFailed extends DeskEvent {
  type: 'message.failed';
  message_id: string;
  stage: string;
  /** name of the error and its place in the code; never its words, which may quote a document */
  code: string;
  tries: number;
}

export const uploadStream = (uploadId: string): string => `upload#${uploadId}`;
export const packetStream = (packetId: string): string => `packet#${packetId}`;
export const caseStream = (city: string, person: string, month: string): string =>
  `case#${city}#${person}#${month}`;

/** The index of unsent events is spread over sixteen partitions, so that a busy first of the month is no hot key. */
const PENDING_SHARDS = [...'0123456789abcdef'].map((hex) => `pending#${hex}`);
const shardOf = (stream: string): string => `pending#${hexOf(stream)}`;
const hexOf = (stream: string): string => createHash('sha256').update(stream).digest('hex').slice(0, 1);

/** Where an upload stands as long as its books are open. */
export const OPEN_SHARDS = [...'0123456789abcdef'].map((hex) => `open#${hex}`);
export const openShardOf = (stream: string): string => `open#${hexOf(stream)}`;

/** Appends where this step has not happened yet. False: it has. An event with an outbox is found by the sweeper. */
export function append<E extends DeskEvent>(store: RecordStore, event: E): Promise<boolean> {
  const item = event.outbox?.length ? { ...event, pending: shardOf(event.stream) } : event;
  return store.putOnce('events', item);
}

/** The outbox has been sent. Done twice, it does nothing. */
export async function clearOutbox(store: RecordStore, event: { stream: string; seq: string }): Promise<void> {
  await store.update(
    'events',
    { stream: event.stream, seq: event.seq },
    { expression: 'REMOVE outbox, pending' },
    'attribute_exists(outbox)',
  );
}

export const readEvent = <E extends DeskEvent>(
  store: RecordStore,
  stream: string,
  seq: string,
): Promise<E | null> => store.get<E>('events', { stream, seq });

export const readStream = <E extends DeskEvent>(
  store: RecordStore,
  stream: string,
  options: { begins?: string; after?: string; limit?: number } = {},
): AsyncGenerator<E> => store.partition<E>('events', stream, options);

/** Events whose outbox was not cleared and which are older than `before` (ISO time). */
export async function* unsent(
  store: RecordStore,
  before: string,
): AsyncGenerator<{ stream: string; seq: string }> {
  for (const shard of PENDING_SHARDS)
    yield* store.index<{ stream: string; seq: string }>('events', 'pending', shard, { until: before });
}
