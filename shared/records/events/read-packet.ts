import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { isEvent } from './event.ts';
import { type EventKey, packetKeys, packetStream } from './event-keys.ts';
import { readRange, readStream } from './event-log.ts';
import type { PacketDecided, PacketMoved, PacketShown } from './packet-events.ts';
import { REVIEW_EVENTS } from './review-events.ts';

type Records = Pick<RecordContext, 'store'>;

/** The decision on a packet, that of its last run; null: it was never decided. */
export async function readDecision(records: Records, packetId: string): Promise<PacketDecided | null> {
  return (await readRuns(records, packetId)).at(-1) ?? null;
}

/** Every run of a packet, the first one first. */
export const readRuns = ({ store }: Records, packetId: string): Promise<PacketDecided[]> =>
  collect(readRange(store, packetKeys.everyDecided(packetId)));

/** Uploads that brought a packet again, and its position in them. */
export const readShown = ({ store }: Records, packetId: string): AsyncGenerator<PacketShown> =>
  readRange(store, packetKeys.everyShown(packetId));

/** The whole stream of a packet, in one read. */
export interface PacketStream {
  /** every run, the first one first */
  runs: PacketDecided[];
  moved: PacketMoved | null;
  /** numbers of the acts of reviewers */
  acts: number[];
  /** whether an event has happened */
  has(key: Pick<EventKey, 'seq'>): boolean;
}

export async function readPacketStream({ store }: Records, packetId: string): Promise<PacketStream> {
  const events = await collect(readStream(store, packetStream(packetId)));
  return {
    runs: events.filter(isEvent('packet.decided')),
    moved: events.find(isEvent('packet.moved')) ?? null,
    acts: events.filter(isEvent(...REVIEW_EVENTS)).map(({ act }) => act),
    has: ({ seq }) => events.some((event) => event.seq === seq),
  };
}
