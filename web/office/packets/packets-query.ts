import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const page = (after: string | undefined) =>
  answer(api.packets.$get({ query: after === undefined ? {} : { after } }));

/** One packet of the office, as the list shows it. */
export type OwnPacket = Awaited<ReturnType<typeof page>>['packets'][number];

/** The packets of the signed-in office, the newest first; asked again, since verdicts come later. */
export const packetsQuery = infiniteQueryOptions({
  queryKey: ['packets'],
  queryFn: ({ pageParam }) => page(pageParam),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
  refetchInterval: 10_000,
});
