import { parseRegistry, type Registry } from '../../registry/registry.ts';
import { collect, type RecordStore } from './record-store.ts';

/** Names the edition in force: one write switches a city from one registry to the next. */
export interface RegistryHead {
  city: string;
  entry: 'head';
  edition: string;
  imported_at: string;
  areas: number;
  centers: number;
  offices: number;
}

/** The registries in force, one per city. */
export async function loadRegistries(store: RecordStore): Promise<Registry[]> {
  const cities = await citiesWithRegistry(store);
  const all = await Promise.all(cities.map((city) => loadRegistry(store, city)));
  return all.filter((one) => one !== null);
}

/** Registries this process has read, by city; one is read again when its head names another edition. */
const cache = new WeakMap<RecordStore, Map<string, { edition: string; registry: Registry }>>();

export async function loadRegistry(store: RecordStore, city: string): Promise<Registry | null> {
  const head = await store.get<RegistryHead>('registries', { city, entry: 'head' });
  if (!head) return null;
  const cached = cache.get(store) ?? new Map<string, { edition: string; registry: Registry }>();
  cache.set(store, cached);
  const existing = cached.get(city);
  if (existing?.edition === head.edition) return existing.registry;
  const registry = await readEdition(store, head);
  cached.set(city, { edition: head.edition, registry });
  return registry;
}

/** Reads each registry once: for work that is short, as one batch of messages. */
export function registriesOnce(store: RecordStore): (city: string) => Promise<Registry | null> {
  const registries = new Map<string, Promise<Registry | null>>();
  return (city) => {
    const registry = registries.get(city) ?? loadRegistry(store, city);
    registries.set(city, registry);
    return registry;
  };
}

/** An edition that was imported once, whether it is in force or not. */
export async function loadEdition(
  store: RecordStore,
  city: string,
  edition: string,
): Promise<Registry | null> {
  const entries = store.partition<object>('registries', city, { begins: `${edition}#registry#`, limit: 1 });
  return (await entries.next()).done ? null : readEdition(store, { city, edition });
}

async function readEdition(
  store: RecordStore,
  { city, edition }: Pick<RegistryHead, 'city' | 'edition'>,
): Promise<Registry> {
  const entries = await collect(
    store.partition<{ kind: string; body: object }>('registries', city, { begins: `${edition}#` }),
  );
  const bodies = (kind: string) => entries.filter((e) => e.kind === kind).map((e) => e.body);
  return parseRegistry(
    { ...bodies('registry')[0], areas: bodies('area'), centers: bodies('center'), offices: bodies('office') },
    `${city} (${edition})`,
  );
}

/** The city that holds one of these insurer numbers in a registry already imported, other than `city` itself. */
export async function otherHolderOf(
  store: RecordStore,
  city: string,
  numbers: string[],
): Promise<{ city: string; number: string } | null> {
  for (const other of await loadRegistries(store)) {
    const number = other.city === city ? undefined : other.insurer_numbers.find((n) => numbers.includes(n));
    if (number) return { city: other.city, number };
  }
  return null;
}

/** The heads of all registries, without their entries. */
export async function listRegistries(store: RecordStore): Promise<Omit<RegistryHead, 'entry'>[]> {
  const heads: Omit<RegistryHead, 'entry'>[] = [];
  for (const city of await citiesWithRegistry(store)) {
    const head = await store.get<RegistryHead>('registries', { city, entry: 'head' });
    if (head) heads.push(head);
  }
  return heads;
}

export async function citiesWithRegistry(store: RecordStore): Promise<string[]> {
  const cities = await collect(
    store.partition<{ entry: string }>('registries', '_desk', { begins: 'city#' }),
  );
  return cities.map((item) => item.entry.slice('city#'.length));
}
