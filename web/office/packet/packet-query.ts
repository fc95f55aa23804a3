import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const packet = (id: string) => answer(api.packets[':id'].$get({ param: { id } }));
const changes = (id: string) => answer(api.packets[':id'].changes.$get({ param: { id } }));
const files = (id: string) => answer(api.packets[':id'].files.$get({ param: { id } }));

export type Packet = Awaited<ReturnType<typeof packet>>;
export type Changes = Awaited<ReturnType<typeof changes>>;
export type StoredFile = Awaited<ReturnType<typeof files>>['files'][number];

/** The verdict on a packet with its versions; asked again while a person reviews it. */
export const packetQuery = (id: string) =>
  queryOptions({ queryKey: ['packet', id], queryFn: () => packet(id), refetchInterval: 15_000 });
export const changesQuery = (id: string) =>
  queryOptions({ queryKey: ['packet', id, 'changes'], queryFn: () => changes(id) });
export const filesQuery = (id: string) =>
  queryOptions({ queryKey: ['packet', id, 'files'], queryFn: () => files(id) });
