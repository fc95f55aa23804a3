import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const cover = (id: string) => answer(api.packets[':id'].cover.$get({ param: { id } }));

export const coverQuery = (id: string) =>
  queryOptions({ queryKey: ['packet', id, 'cover'], queryFn: () => cover(id) });
