import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const packets = api.packets[':id'];

const files = (id: string) => answer(packets.files.$get({ param: { id } }));
export type StoredFile = Awaited<ReturnType<typeof files>>['files'][number];

const rows = (id: string, file: string, from: number) =>
  answer(packets.files[':file'].rows.$get({ param: { id, file }, query: { from: String(from) } }));
export type CsvRows = Awaited<ReturnType<typeof rows>>;

/** One page of an Office file as it was read. */
export const officePage = (id: string, file: string, page: number) =>
  answer(packets.files[':file'].page.$get({ param: { id, file }, query: { page: String(page) } }));
export type OfficeSheet = NonNullable<Awaited<ReturnType<typeof officePage>>['page']>;

const packet = (id: string) => answer(packets.$get({ param: { id } }));
export type PacketAnswer = Awaited<ReturnType<typeof packet>>;

/** What was sent does not change. */
const SENT = { staleTime: 60_000 };

/** The files of a packet as they were sent. */
export const filesQuery = (id: string) =>
  queryOptions({ queryKey: ['files', id], queryFn: () => files(id), ...SENT });

/** A CSV file as a table, from a row on. */
export const rowsQuery = (id: string, file: string, from: number) =>
  queryOptions({ queryKey: ['rows', id, file, from], queryFn: () => rows(id, file, from), ...SENT });

export const packetQuery = (id: string) =>
  queryOptions({ queryKey: ['packet', id], queryFn: () => packet(id) });

/** The packet beside the one of the month before. */
export const beforeQuery = (id: string) =>
  queryOptions({
    queryKey: ['before', id],
    queryFn: () => answer(packets.before.$get({ param: { id } })),
  });
