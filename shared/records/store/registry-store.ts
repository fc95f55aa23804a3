import { createHash } from 'node:crypto';
import { parseRegistry, type Registry } from '../../registry/registry.ts';
import { append } from '../events/event-log.ts';
import { collect, type RecordStore } from './record-store.ts';

/** The head names the edition in force: one write switches a city from one registry to the next. */
interface Head {
  city: string;
  entry: 'head';
  edition: string;
  imported_at: string;
  areas: number;
  centers: number;
  offices: number;
}

export interface ImportedRegistry {
  city: string;
  edition: string;
  areas: number;
  centers: number;
  offices: number;
  changed: boolean;
}

/**
 * Imports a city's registry: every entry under its edition first, then the head, conditionally.
 * A crash in between leaves the old registry in force; the same registry again changes nothing.
 */
export async function importRegistry(
  store: RecordStore,
  registry: Registry,
  now: Date,
): Promise<ImportedRegistry> {
  const { city } = registry;
  const edition = createHash('sha256').update(JSON.stringify(registry)).digest('hex').slice(0, 12);
  const counts = {
    areas: registry.areas.length,
    centers: registry.centers.length,
    offices: registry.offices.length,
  };
  const head = await store.get<Head>('registries', { city, entry: 'head' });
  if (head?.edition === edition) return { city, edition, ...counts, changed: false };

  const { areas, centers, offices, ...rest } = registry;
  const put = (kind: string, n: number, body: object) =>
    store.put('registries', { city, entry: `${edition}#${kind}#${String(n).padStart(5, '0')}`, kind, body });
  await put('registry', 0, rest);
  for (const [n, area] of areas.entries()) await put('area', n, area);
  for (const [n, center] of centers.entries()) await put('center', n, center);
  for (const [n, office] of offices.entries()) await put('office', n, office);

  await listCity(store, city);
  const at = now.toISOString();
  const next: Head = { city, entry: 'head', edition, imported_at: at, ...counts };
  await append(store, { stream: `registry#${city}`, seq: `${at}#${edition}`, type: 'imported', at });
  const moved = await store.putIf('registries', next, {
    expression: head ? 'edition = :old' : 'attribute_not_exists(city)',
    values: head ? { ':old': head.edition } : undefined,
  });
  if (!moved)
    throw new Error(`登録簿 ${city} は同時に別の取込みが行われました。もう一度取り込んでください。`);
  return { city, edition, ...counts, changed: true };
}

/** The registries in force, one per city. */
export async function loadRegistries(store: RecordStore): Promise<Registry[]> {
  const cities = await citiesWithRegistry(store);
  const all = await Promise.all(cities.map((city) => loadRegistry(store, city)));
  return all.filter((one) => one !== null);
}

/** Registries read by this process, by city; one is read again when its head names another edition. */
const read = new WeakMap<RecordStore, Map<string, { edition: string; registry: Registry }>>();

export async function loadRegistry(store: RecordStore, city: string): Promise<Registry | null> {
  const head = await store.get<Head>('registries', { city, entry: 'head' });
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
    store.partition<{ kind: string; body: object }>('registries', city, { begins: `${edition}#` }),
  );
  const of = (kind: string) => entries.filter((e) => e.kind === kind).map((e) => e.body);
  return parseRegistry(
    { ...of('registry')[0], areas: of('area'), centers: of('center'), offices: of('office') },
    `${city} (${edition})`,
  );
}

/** What is imported, without the entries themselves. */
export async function listRegistries(store: RecordStore): Promise<Omit<Head, 'entry'>[]> {
  const heads: Omit<Head, 'entry'>[] = [];
  for (const city of await citiesWithRegistry(store)) {
    const head = await store.get<Head>('registries', { city, entry: 'head' });
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

const listCity = (store: RecordStore, city: string): Promise<boolean> =>
  store.putOnce('registries', { city: '_desk', entry: `city#${city}` });
