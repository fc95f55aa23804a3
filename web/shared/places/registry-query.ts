import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/api.ts';

/** The imported registries the user may see, without their entries. */
export const registriesQuery = queryOptions({
  queryKey: ['registries'],
  queryFn: () => answer(api.registries.$get()),
  staleTime: 60_000,
});

export const registryQuery = (city: string) =>
  queryOptions({
    queryKey: ['registry', city],
    queryFn: () => answer(api.registries[':city'].$get({ param: { city } })),
    staleTime: 60_000,
  });

/** The partition of packets without a city, and that of a city's packets without an area. */
export const UNKNOWN_CITY = '_unknown';
export const UNRESOLVED_AREA = '_unresolved';

/** The name of an area of a city; its key where the registry is not loaded. */
export function useAreaName(city: string | null): (key: string) => string {
  const { data } = useQuery({
    ...registryQuery(city ?? ''),
    enabled: city !== null && city !== UNKNOWN_CITY,
  });
  return (key) => {
    if (key === UNRESOLVED_AREA) return '圏域が決まらないもの';
    return data?.areas.find((one) => one.key === key)?.name ?? key;
  };
}
