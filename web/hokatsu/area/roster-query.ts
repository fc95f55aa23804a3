import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

export interface RosterAddress {
  city: string;
  area: string;
  month: string;
}

const page = (param: RosterAddress, filter: string, category: string, after: string | undefined) =>
  answer(
    api.areas[':city'][':area'][':month'].people.$get({
      param,
      query: { filter, ...(category && { category }), ...(after !== undefined && { after }) },
    }),
  );

type RosterPage = Awaited<ReturnType<typeof page>>;
export type RosterPerson = RosterPage['people'][number];
export type RosterTotals = Pick<RosterPage, 'filters' | 'categories'>;

const isSame = (one: unknown, { city, area, month }: RosterAddress): boolean => {
  const other = one as RosterAddress | undefined;
  return other?.city === city && other.area === area && other.month === month;
};

/** The people of an area in a month, page by page, with the totals of everyone. */
export const rosterQuery = (address: RosterAddress, filter: string, category: string) =>
  infiniteQueryOptions({
    queryKey: ['roster', address, filter, category],
    queryFn: ({ pageParam }) => page(address, filter, category, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // The filters stay where they are, and keep the focus, until the next list comes.
    placeholderData: (before, last) => (isSame(last?.queryKey[1], address) ? before : undefined),
  });

/** The whole list as a table for a spreadsheet. */
export const rosterCsv = (address: RosterAddress, filter: string, category: string): Promise<Response> =>
  api.areas[':city'][':area'][':month'].people.$get({
    param: address,
    query: { filter, format: 'csv', ...(category && { category }) },
  });

/** The samples that were drawn in an area, the newest first. */
export const samplesQuery = (city: string, area: string) =>
  infiniteQueryOptions({
    queryKey: ['samples', city, area],
    queryFn: ({ pageParam }) =>
      answer(
        api.samples[':city'][':area'].$get({
          param: { city, area },
          query: pageParam === undefined ? {} : { after: pageParam },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export type Drawing = Parameters<(typeof api.samples)[':city'][':area']['$post']>[0]['json'];
export const drawSample = (city: string, area: string, json: Drawing) =>
  answer(api.samples[':city'][':area'].$post({ param: { city, area }, json }));
