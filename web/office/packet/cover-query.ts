import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const cover = (id: string) => answer(api.packets[':id'].cover.$get({ param: { id } }));

/** What may be stated of a packet, and what its 送付票 says already. */
export type CoverForm = Awaited<ReturnType<typeof cover>>;

export const coverQuery = (id: string) =>
  queryOptions({ queryKey: ['packet', id, 'cover'], queryFn: () => cover(id) });

type Cover = Record<string, unknown>;

/** The value of an item: `event`, or `flags.contacted_hokatsu` as a member of a group. */
export function itemOf(cover: Cover, item: string): unknown {
  const [group = '', member] = item.split('.');
  return member === undefined ? cover[group] : (cover[group] as Cover | undefined)?.[member];
}

export function withItem(cover: Cover, item: string, value: unknown): Cover {
  const [group = '', member] = item.split('.');
  if (member === undefined) return { ...cover, [group]: value };
  return { ...cover, [group]: { ...(cover[group] as Cover | undefined), [member]: value } };
}
