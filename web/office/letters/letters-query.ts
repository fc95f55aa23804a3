import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const page = (after: string | undefined) =>
  answer(api.letters.$get({ query: after === undefined ? {} : { after } }));

export type OfficeLetter = Awaited<ReturnType<typeof page>>['letters'][number];

/** What 包括 wrote to the office, the newest first. */
export const lettersQuery = infiniteQueryOptions({
  queryKey: ['letters'],
  queryFn: ({ pageParam }) => page(pageParam),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
  refetchInterval: 60_000,
});
