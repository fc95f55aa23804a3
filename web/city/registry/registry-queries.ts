import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const editions = (city: string) => answer(api.registries[':city'].editions.$get({ param: { city } }));

/** Every import of a city's registry, the newest first. */
export const editionsQuery = (city: string) =>
  queryOptions({ queryKey: ['registry-editions', city], queryFn: () => editions(city) });

export const fetchEdition = (city: string, edition: string) =>
  answer(api.registries[':city'].editions[':edition'].$get({ param: { city, edition } }));

/** What an import of this YAML would change. */
export const previewRegistry = (city: string, yaml: string) =>
  answer(api.registries[':city'].preview.$post({ param: { city }, json: { yaml } }));

type RegistryPreview = Awaited<ReturnType<typeof previewRegistry>>;
export type RegistryChange = RegistryPreview['changes'][number];

export const importRegistry = (city: string, yaml: string, over: string | null) =>
  answer(api.registries[':city'].$put({ param: { city }, query: over ? { over } : {}, json: { yaml } }));

/** The registry in force with one list out of a table of a spreadsheet. */
export const registryFromTable = (city: string, csv: string) =>
  answer(api.registries[':city']['from-table'].$post({ param: { city }, json: { csv } }));

export const registryTable = (city: string, list: 'areas' | 'centers' | 'offices') =>
  api.registries[':city'].tables[':list'].$get({ param: { city, list }, query: {} });
