import { cityName } from '../../profiles/cities.ts';
import { type Registry, RegistryError } from '../../registry/registry.ts';
import { sha256 } from '../../text/digest.ts';
import { registryKey } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { RecordStore } from '../store/record-store.ts';
import { headKey, otherHolderOf, type RegistryHead, readHead } from '../store/registry-store.ts';

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
  const edition = sha256(JSON.stringify(registry)).slice(0, 12);
  const counts = {
    areas: registry.areas.length,
    centers: registry.centers.length,
    offices: registry.offices.length,
  };
  const head = await readHead(store, city);
  if (head?.edition === edition) return { city, edition, ...counts, changed: false };

  const holder = await otherHolderOf(store, city, registry.insurer_numbers);
  if (holder)
    throw new RegistryError(
      `保険者番号 ${holder.number} は、${cityName(holder.city)}の登録簿にすでにあります。一つの番号は一つの市だけのものです。`,
    );
  await putEntries(store, registry, edition);

  const at = now.toISOString();
  const next: RegistryHead = { ...headKey(city), edition, imported_at: at, ...counts };
  await append(store, { ...registryKey(city, at, edition), at });
  const moved = await store.putIf('registries', next, {
    expression: head ? 'edition = :old' : 'attribute_not_exists(city)',
    values: head ? { ':old': head.edition } : undefined,
  });
  if (!moved)
    throw new RegistryError(`登録簿 ${city} は同時に別の取込みが行われました。もう一度取り込んでください。`);
  return { city, edition, ...counts, changed: true };
}

/** Writes at a time. */
const AT_ONCE = 25;

async function putEntries(store: RecordStore, registry: Registry, edition: string): Promise<void> {
  const { areas, centers, offices, ...rest } = registry;
  const { city } = rest;
  const lists: [kind: string, bodies: object[]][] = [
    ['registry', [rest]],
    ['area', areas],
    ['center', centers],
    ['office', offices],
  ];
  const items = lists.flatMap(([kind, bodies]) =>
    bodies.map((body, n) => ({
      city,
      entry: `${edition}#${kind}#${String(n).padStart(5, '0')}`,
      kind,
      body,
    })),
  );
  for (let i = 0; i < items.length; i += AT_ONCE)
    await Promise.all(items.slice(i, i + AT_ONCE).map((item) => store.put('registries', item)));
}
