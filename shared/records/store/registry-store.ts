import { createHash } from 'node:crypto';
import { parseRegistry, type Registry } from '../../registry/registry.ts';
import { append } from '../events/event-log.ts';
import { collect, first, type RecordStore } from './record-store.ts';

/** The head names the edition in force: one write switches a city from one register to the next. */
interface Head {
  city: string;
  entry: 'head';
  edition: string;
  imported_at: string;
  areas: number;
  centers: number;
  offices: number;
}

export interface ImportedRegister {
  city: string;
  edition: string;
  areas: number;
  centers: number;
  offices: number;
  changed: boolean;
}

/**
 * Imports a city's register: every entry under its edition first, then the head, conditionally.
 * A crash in between leaves the old register in force; the same register again changes nothing.
 */
export async function importRegister(
  store: RecordStore,
  registry: Registry,
  now: Date,
): Promise<ImportedRegister> {
  const { city } = registry;
  const edition = createHash('sha256').update(JSON.stringify(registry)).digest('hex').slice(0, 12);
  const counts = {
    areas: registry.areas.length,
    centers: registry.centers.length,
    offices: registry.offices.length,
  };
  const head = await store.get<Head>('registers', { city, entry: 'head' });
  if (head?.edition === edition) return { city, edition, ...counts, changed: false };

  const { areas, centers, offices, ...rest } = registry;
  const put = (kind: string, n: number, body: object) =>
    store.put('registers', { city, entry: `${edition}#${kind}#${String(n).padStart(5, '0')}`, kind, body });
  await put('register', 0, rest);
  for (const [n, area] of areas.entries()) await put('area', n, area);
  for (const [n, center] of centers.entries()) await put('center', n, center);
  for (const [n, office] of offices.entries()) await put('office', n, office);

  await listCity(store, city);
  const at = now.toISOString();
  const next: Head = { city, entry: 'head', edition, imported_at: at, ...counts };
  await append(store, { stream: `register#${city}`, seq: `${at}#${edition}`, type: 'imported', at });
  const moved = await store.putIf('registers', next, {
    expression: head ? 'edition = :old' : 'attribute_not_exists(city)',
    values: head ? { ':old': head.edition } : undefined,
  });
  if (!moved)
    throw new Error(`登録簿 ${city} は同時に別の取込みが行われました。もう一度取り込んでください。`);
  return { city, edition, ...counts, changed: true };
}

/** The registers in force, one per city. */
export async function loadRegisters(store: RecordStore): Promise<Registry[]> {
  const cities = await registeredCities(store);
  const all = await Promise.all(cities.map((city) => loadRegister(store, city)));
  return all.filter((one) => one !== null);
}

/** Registers read by this process, by city; one is read again when its head names another edition. */
const read = new WeakMap<RecordStore, Map<string, { edition: string; registry: Registry }>>();

export async function loadRegister(store: RecordStore, city: string): Promise<Registry | null> {
  const head = await store.get<Head>('registers', { city, entry: 'head' });
  if (!head) return null;
  const kept = read.get(store) ?? new Map<string, { edition: string; registry: Registry }>();
  read.set(store, kept);
  const known = kept.get(city);
  if (known?.edition === head.edition) return known.registry;
  const registry = await readEdition(store, head);
  kept.set(city, { edition: head.edition, registry });
  return registry;
}

async function readEdition(store: RecordStore, { city, edition }: Head): Promise<Registry> {
  const entries = await collect(
    store.partition<{ kind: string; body: object }>('registers', city, { begins: `${edition}#` }),
  );
  const of = (kind: string) => entries.filter((e) => e.kind === kind).map((e) => e.body);
  return parseRegistry(
    { ...of('register')[0], areas: of('area'), centers: of('center'), offices: of('office') },
    `${city} (${edition})`,
  );
}

/** What is imported, without the entries themselves. */
export async function listRegisters(store: RecordStore): Promise<Omit<Head, 'entry'>[]> {
  const heads: Omit<Head, 'entry'>[] = [];
  for (const city of await registeredCities(store)) {
    const head = await store.get<Head>('registers', { city, entry: 'head' });
    if (head) heads.push(head);
  }
  return heads;
}

export async function registeredCities(store: RecordStore): Promise<string[]> {
  const cities = await collect(store.partition<{ entry: string }>('registers', '_desk', { begins: 'city#' }));
  return cities.map((item) => item.entry.slice('city#'.length));
}

const listCity = (store: RecordStore, city: string): Promise<boolean> =>
  store.putOnce('registers', { city: '_desk', entry: `city#${city}` });

/** True where the desk has no register at all: a fresh machine. */
export const hasNoRegister = async (store: RecordStore): Promise<boolean> =>
  (await first(store.partition('registers', '_desk', { begins: 'city#' }))) === null;
