import { parseRegistry, type Registry } from '../../registry/registry.ts';
import { collect, type RecordStore } from './record-store.ts';

/**
 * Names the edition in force: one write switches a city from one registry to the next. All are in one partition, so that one
 * read gives the editions of every city.
 */
export interface RegistryHead {
  city: typeof DESK;
  /** `city#<city>` */
  entry: string;
  edition: string;
  imported_at: string;
  areas: number;
  centers: number;
  offices: number;
}

const DESK = '_desk';
const HEADS = 'city#';

export const headKey = (city: string) => ({ city: DESK, entry: `${HEADS}${city}` }) as const;
const cityOf = ({ entry }: RegistryHead): string => entry.slice(HEADS.length);

export const readHead = (store: RecordStore, city: string): Promise<RegistryHead | null> =>
  store.get<RegistryHead>('registries', headKey(city));

const readHeads = (store: RecordStore): Promise<RegistryHead[]> =>
  collect(store.partition<RegistryHead>('registries', DESK, { begins: HEADS }));

/** The registries in force, one per city. */
export async function loadRegistries(store: RecordStore): Promise<Registry[]> {
  const heads = await readHeads(store);
  return Promise.all(heads.map((head) => editionInForce(store, head)));
}

/** Registries this process has read, by city; one is read again when its head names another edition. */
const cache = new WeakMap<RecordStore, Map<string, { edition: string; registry: Registry }>>();

export async function loadRegistry(store: RecordStore, city: string): Promise<Registry | null> {
  const head = await readHead(store, city);
  return head && editionInForce(store, head);
}

async function editionInForce(store: RecordStore, head: RegistryHead): Promise<Registry> {
  const city = cityOf(head);
  const cached = cache.get(store) ?? new Map<string, { edition: string; registry: Registry }>();
  cache.set(store, cached);
  const existing = cached.get(city);
  if (existing?.edition === head.edition) return existing.registry;
  const registry = await readEdition(store, city, head.edition);
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
  return (await entries.next()).done ? null : readEdition(store, city, edition);
}

async function readEdition(store: RecordStore, city: string, edition: string): Promise<Registry> {
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

/** Which city an insurer number belongs to, from before its registry is written: of two cities at once one gets it. */
interface InsurerClaim {
  city: typeof DESK;
  /** `insurer#<number>` */
  entry: string;
  holder: string;
  /** the holder's registry has it no more */
  released: boolean;
}

const CLAIMS = 'insurer#';
const claimKey = (number: string) => ({ city: DESK, entry: CLAIMS + number }) as const;

const putClaim = (store: RecordStore, number: string, holder: string, released: boolean): Promise<boolean> =>
  store.putIf('registries', { ...claimKey(number), holder, released } satisfies InsurerClaim, {
    expression: 'attribute_not_exists(entry) OR holder = :holder OR released = :yes',
    values: { ':holder': holder, ':yes': true },
  });

/** Claims insurer numbers for a city; returns the first that another city claimed before, with that city. */
export async function claimInsurers(
  store: RecordStore,
  city: string,
  numbers: string[],
): Promise<{ city: string; number: string } | null> {
  for (const number of numbers)
    if (!(await putClaim(store, number, city, false))) {
      const claim = await store.get<InsurerClaim>('registries', claimKey(number));
      return { city: claim?.holder ?? city, number };
    }
  return null;
}

/** Frees the numbers a city claimed that its registry in force has not. Also what an interrupted import left. */
export async function releaseInsurers(store: RecordStore, city: string): Promise<void> {
  const kept = (await loadRegistry(store, city))?.insurer_numbers ?? [];
  const claims = await collect(store.partition<InsurerClaim>('registries', DESK, { begins: CLAIMS }));
  for (const { entry, holder, released } of claims) {
    const number = entry.slice(CLAIMS.length);
    if (holder === city && !released && !kept.includes(number)) await putClaim(store, number, city, true);
  }
}

/** What a list shows of a registry in force. */
export type ListedRegistry = Omit<RegistryHead, 'city' | 'entry'> & { city: string };

/** The heads of all registries, without their entries. */
export const listRegistries = async (store: RecordStore): Promise<ListedRegistry[]> =>
  (await readHeads(store)).map(({ entry, ...head }) => ({ ...head, city: cityOf({ entry, ...head }) }));

export const citiesWithRegistry = async (store: RecordStore): Promise<string[]> =>
  (await readHeads(store)).map(cityOf);
