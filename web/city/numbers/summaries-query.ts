import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const summaries = (city: string) =>
  answer(api.cities[':city'][':month'].$get({ param: { city, month: 'all' } }));

/** An area's month in numbers. */
export type Summary = Awaited<ReturnType<typeof summaries>>['summaries'][number];

/** The summaries of all areas and months of a city. */
export const summariesQuery = (city: string) =>
  queryOptions({ queryKey: ['summaries', city], queryFn: () => summaries(city), refetchInterval: 60_000 });
