import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

/** What the queue is narrowed to; kept in the address, so that a link opens the same list. */
export interface QueueChoice {
  city: string;
  area: string;
  part?: string;
  kind?: string;
  office?: string;
  month?: string;
  mine?: string;
  unclaimed?: string;
  sort?: string;
}

const page = (choice: QueueChoice, after: string | undefined) =>
  answer(api.review.$get({ query: { ...choice, ...(after !== undefined && { after }) } }));

export type QueuePage = Awaited<ReturnType<typeof page>>;
export type QueueItem = QueuePage['items'][number];

/** The review queue of an area, page by page; asked again every half minute. */
export const queueQuery = (choice: QueueChoice) =>
  infiniteQueryOptions({
    queryKey: ['queue', choice],
    queryFn: ({ pageParam }) => page(choice, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 30_000,
    // Longer than an item is looked at: the reviewer returns to as many pages as were shown.
    gcTime: 60 * 60_000,
    placeholderData: (before) => before,
  });
