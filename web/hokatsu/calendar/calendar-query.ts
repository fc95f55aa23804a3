import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

export interface CalendarAddress {
  city: string;
  area: string;
  /** review, watch, certification; empty: all */
  kind: string;
}

const route = api.calendar[':city'][':area'];

const page = ({ kind, ...param }: CalendarAddress) =>
  answer(route.$get({ param, query: kind ? { kind } : {} }));

export type CalendarPage = Awaited<ReturnType<typeof page>>;
export type CalendarLine = CalendarPage['lines'][number];

/** The days to keep in an area. */
export const calendarQuery = (address: CalendarAddress) =>
  queryOptions({
    queryKey: ['calendar', address],
    queryFn: () => page(address),
    placeholderData: (before) => before,
  });

/** The whole list as a table for a spreadsheet. */
export const calendarCsv = ({ kind, ...param }: CalendarAddress): Promise<Response> =>
  route.$get({ param, query: { format: 'csv', ...(kind && { kind }) } });
