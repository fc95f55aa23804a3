import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const trend = (city: string) => answer(api.cities[':city'].trend.$get({ param: { city } }));
const summaries = (city: string, month: string) =>
  answer(api.cities[':city'][':month'].$get({ param: { city, month } }));

/** A month of a city in few numbers. */
export type TrendMonth = Awaited<ReturnType<typeof trend>>['months'][number];
/** An area's month in numbers. */
export type Summary = Awaited<ReturnType<typeof summaries>>['summaries'][number];

/** The months of a city, the newest first. */
export const trendQuery = (city: string) =>
  queryOptions({ queryKey: ['trend', city], queryFn: () => trend(city), refetchInterval: 60_000 });

/** The areas of a city in one month. */
export const summariesQuery = (city: string, month: string) =>
  queryOptions({
    queryKey: ['summaries', city, month],
    queryFn: () => summaries(city, month),
    refetchInterval: 60_000,
  });

/** A number of a month, and where to look: of all areas, or of one. */
export interface NumberAsked {
  city: string;
  month: string;
  of: string;
  key: string;
  area: string | null;
}

const list = ({ city, month, of, key, area }: NumberAsked, after: string | null) =>
  answer(
    api.cities[':city'][':month'].list.$get({
      param: { city, month },
      query: { of, key, ...(area && { area }), ...(after && { after }) },
    }),
  );

export type ListedCase = Awaited<ReturnType<typeof list>>['rows'][number];

/** The cases behind a number, area by area. */
export const listQuery = (asked: NumberAsked) =>
  infiniteQueryOptions({
    queryKey: ['number-list', asked],
    queryFn: ({ pageParam }) => list(asked, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** The table of a month's numbers, and of the cases behind one, as a file for a spreadsheet. */
export const numbersCsv = (city: string, month: string) =>
  api.cities[':city'][':month'].csv.$get({ param: { city, month } });
export const listCsv = ({ city, month, of, key, area }: NumberAsked) =>
  api.cities[':city'][':month'].list.$get({
    param: { city, month },
    query: { of, key, format: 'csv', ...(area && { area }) },
  });
