import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const of = api.cities[':city'];

/** The rules of a city in force, as the file that people edit. */
export const profileQuery = (city: string) =>
  queryOptions({
    queryKey: ['profile', city],
    queryFn: () => answer(of.profile.$get({ param: { city } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const editedRules = (city: string, yaml: string) =>
  answer(of.profile.changes.$post({ param: { city }, json: { yaml } }));

export type EditedRule = Awaited<ReturnType<typeof editedRules>>['rules'][number];

const replays = (city: string) => answer(of.replays.$get({ param: { city } }));
export type ListedReplay = Awaited<ReturnType<typeof replays>>['replays'][number];

/** Still to end: asked for again every few seconds. */
export const isUnderWay = ({ state }: Pick<ListedReplay, 'state'>): boolean =>
  state === 'waiting' || state === 'running';

const REFRESH_MS = 3000;

/** The replays of a city, the newest first. */
export const replaysQuery = (city: string) =>
  queryOptions({
    queryKey: ['replays', city],
    queryFn: () => replays(city),
    refetchInterval: ({ state }) => (state.data?.replays.some(isUnderWay) ? REFRESH_MS : false),
  });

export interface ReplayAsked {
  yaml: string;
  from: string;
  until: string;
}

export const beginReplay = (city: string, json: ReplayAsked) =>
  answer(of.replays.$post({ param: { city }, json }));

export const stopReplay = (city: string, id: string) =>
  answer(of.replays[':id'].stop.$post({ param: { city, id } }));

export const rulesOfReplay = (city: string, id: string) =>
  answer(of.replays[':id'].profile.$get({ param: { city, id } }));

const replay = (city: string, id: string, after: string | null) =>
  answer(of.replays[':id'].$get({ param: { city, id }, query: after ? { after } : {} }));
export type ReplayChange = Awaited<ReturnType<typeof replay>>['changes'][number];

/** A replay and the verdicts it would change. */
export const replayQuery = (city: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['replay', city, id],
    queryFn: ({ pageParam }) => replay(city, id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => (state.data?.pages.some(isUnderWay) ? REFRESH_MS : false),
  });

export const replayCsv = (city: string, id: string) =>
  of.replays[':id'].$get({ param: { city, id }, query: { format: 'csv' } });
