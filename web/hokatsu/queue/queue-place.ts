import type { QueueItem } from './queue-query.ts';

type Line = Pick<QueueItem, 'packet_id'>;

/** Where the queue was left for an item. In the memory of the page: the next one who signs in does not see it. */
let left: { search: string; packetId: string; index: number; isBack: boolean } | null = null;

/** @param search the address of the queue */
export const leaveQueue = (search: string, items: readonly Line[], { packet_id }: Line): void => {
  const index = items.findIndex((one) => one.packet_id === packet_id);
  left = { search, packetId: packet_id, index, isBack: false };
};

/** The queue as it was narrowed down when it was left. */
export const queueAddress = (): string => `/hokatsu/queue${left?.search ?? ''}`;

/** The item that was opened from this queue, or the one in its place once it has ended; null after the return. */
export function leftItem(search: string, items: readonly Line[]): string | null {
  if (!left || left.isBack || left.search !== search) return null;
  const { packetId, index } = left;
  const found = items.find((one) => one.packet_id === packetId) ?? items[index] ?? items.at(-1);
  return found?.packet_id ?? null;
}

/** The reviewer has returned: from now on the queue leaves the focus where it is. */
export const returnToQueue = (): void => {
  if (left) left.isBack = true;
};
