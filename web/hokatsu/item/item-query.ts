import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';
import { say } from '../../shared/ui/toasts.tsx';

const detail = (id: string) => answer(api.review[':id'].$get({ param: { id } }));
export type Detail = Awaited<ReturnType<typeof detail>>;
export type Item = Detail['item'];

/** One item; while an answer is being decided on it is asked again every two seconds. */
export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: ['review', id],
    queryFn: () => detail(id),
    refetchInterval: ({ state }) => (state.data?.pending ? 2_000 : 30_000),
  });

const route = api.review[':id'];

/** What a reviewer does, by name. */
const ACTS = {
  claim: route.claim.$post,
  release: route.release.$post,
  handOver: route['hand-over'].$post,
  setAside: route['set-aside'].$post,
  tick: route.tick.$post,
  answer: route.answer.$post,
  received: route.received.$post,
  removeFile: route['remove-file'].$post,
  withdrawal: route.withdrawal.$post,
  close: route.close.$post,
} as const;
type ActName = keyof typeof ACTS;
type Input<A extends ActName> = Parameters<(typeof ACTS)[A]>[0]['json'];

interface Act<A extends ActName> {
  json: Input<A>;
  /** what the reviewer reads once it is done; also where the item was asked again first and its form is gone */
  done?: string;
}

/** One act on an item; the item and the queue are asked again afterwards, also where a colleague was first. */
export function useAct<A extends ActName>(id: string, act: A) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ json }: Act<A>) => {
      const post = ACTS[act] as (args: { param: { id: string }; json: Input<A> }) => Promise<Response>;
      return answer(post({ param: { id }, json }) as never);
    },
    onSuccess: (_, { done }) => {
      if (done) say(done);
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['review', id] });
      await queries.invalidateQueries({ queryKey: ['queue'] });
    },
  });
}
