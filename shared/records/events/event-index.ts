import { sha256 } from '../../text/digest.ts';

const HEX = [...'0123456789abcdef'];
const hexOf = (stream: string): string => sha256(stream).slice(0, 1);

/** Partitions of the index of unsent events: sixteen, so that a busy first of the month makes no hot key. */
export const PENDING_SHARDS = HEX.map((hex) => `pending#${hex}`);
export const pendingShardOf = (stream: string): string => `pending#${hexOf(stream)}`;

/** Partitions of the index of watches that wait for their day, spread likewise. */
export const WAITING_SHARDS = HEX.map((hex) => `waiting#${hex}`);
export const waitingShardOf = (watchId: string): string => `waiting#${hexOf(watchId)}`;

/** Partitions of the index of open uploads, spread likewise. */
export const OPEN_SHARDS = HEX.map((hex) => `open#${hex}`);
export const openShardOf = (stream: string): string => `open#${hexOf(stream)}`;

/** Partition of the same index: erasures that have begun and not ended. */
export const OPEN_ERASURES = 'erasures';
