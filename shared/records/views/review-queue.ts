import type { ReviewKind } from '../../vocabulary/category.ts';
import { holderAt } from '../events/read-acts.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import type { ReviewItem } from './review-item.ts';

/** A line of the queue: what its index holds (store/tables.ts). */
export type ReviewLine = Pick<
  ReviewItem,
  | 'packet_id'
  | 'about_packet'
  | 'category'
  | 'decision'
  | 'due_date'
  | 'event'
  | 'findings_total'
  | 'headline'
  | 'holder'
  | 'insured_number'
  | 'kind'
  | 'month'
  | 'name'
  | 'office'
  | 'received_at'
  | 'set_aside'
  | 'waits_for'
>;

/** Most lines that are read for one answer: DynamoDB reads them in two or three requests. */
const MOST_LINES = 4000;

/** The open items of an area by due date. `more`: the queue is longer than what was read. */
export async function readQueue(
  store: RecordStore,
  city: string,
  area: string,
): Promise<{ lines: ReviewLine[]; more: boolean }> {
  const found = store.index<ReviewLine>('reviews', 'queue', `${city}#${area}`, { limit: MOST_LINES + 1 });
  const lines = await collect(found);
  return { lines: lines.slice(0, MOST_LINES), more: lines.length > MOST_LINES };
}

/** Which lines are shown: to be done now, set aside until a day, awaiting what follows from advice. */
export const QUEUE_PARTS = ['open', 'aside', 'waiting'] as const;
export type QueuePart = (typeof QUEUE_PARTS)[number];

/** @param today ISO date */
export const partOf = ({ set_aside, waits_for }: ReviewLine, today: string): QueuePart =>
  waits_for ? 'waiting' : set_aside && set_aside.until > today ? 'aside' : 'open';

export interface QueueFilter {
  part?: QueuePart;
  kind?: ReviewKind;
  office?: string;
  month?: string;
  /** held by this person */
  by?: string;
  unclaimed?: boolean;
  /** ISO date: due until then */
  until?: string;
}

/** @param now ISO time */
export const isShown = (line: ReviewLine, filter: QueueFilter, now: string, today: string): boolean => {
  const holder = holderAt({ holder: line.holder ?? null }, now);
  return (
    (filter.part === undefined || partOf(line, today) === filter.part) &&
    (filter.kind === undefined || line.kind === filter.kind) &&
    (filter.office === undefined || line.office === filter.office) &&
    (filter.month === undefined || line.month === filter.month) &&
    (filter.by === undefined || holder?.by === filter.by) &&
    (!filter.unclaimed || holder === null) &&
    (filter.until === undefined || line.due_date <= filter.until)
  );
};

export const QUEUE_ORDERS = ['due_date', 'received_at', 'office', 'insured_number', 'kind'] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

/** Sort key of a line: what it is ordered by, then the day, then the packet, so that no two are equal. */
export const placeOf = (line: ReviewLine, order: QueueOrder): string =>
  [line[order] ?? '', line.due_date, line.packet_id].join('\u0000');

/** How many lines have each value, in the order of the values. */
export function countBy<K extends string>(
  lines: ReviewLine[],
  keyOf: (line: ReviewLine) => K,
): Record<string, number> {
  const counts = new Map<K, number>();
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
