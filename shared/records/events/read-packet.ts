import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { packetKeys } from './event-keys.ts';
import { readRange } from './event-log.ts';
import type { PacketDecided, PacketShown } from './packet-events.ts';

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
