import type { answer, api } from '../../shared/api/api.ts';

type Get = (typeof api.registries)[':city']['$get'];

/** A city's registry as the desk sends it. */
export type CityRegistryData = Awaited<ReturnType<typeof answer<Awaited<ReturnType<Get>>>>>;
