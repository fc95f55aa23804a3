import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const page = (city: string, area: string, after: string | undefined) =>
  answer(api.review.$get({ query: { city, area, ...(after !== undefined && { after }) } }));

export type QueueItem = Awaited<ReturnType<typeof page>>['items'][number];

/** The review queue of an area by due date, page by page; asked again every half minute. */
export const queueQuery = (city: string, area: string) =>
  infiniteQueryOptions({
    queryKey: ['queue', city, area],
    queryFn: ({ pageParam }) => page(city, area, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 30_000,
  });
