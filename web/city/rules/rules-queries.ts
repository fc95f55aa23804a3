import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const rules = (city: string, month: string | null) =>
  answer(api.cities[':city'].rules.$get({ param: { city }, query: month ? { month } : {} }));

/** A rule in force. */
export type ListedRule = Awaited<ReturnType<typeof rules>>['rules'][number];

/** The rules of a city in force in a month; without one, the newest. */
export const rulesQuery = (city: string, month: string | null) =>
  queryOptions({
    queryKey: ['rules', city, month],
    queryFn: () => rules(city, month),
    staleTime: 300_000,
  });
