import type { Registry } from '../../registry/registry.ts';
import { sha256 } from '../../text/digest.ts';
import { registryKey } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { RegistryHead } from '../store/registry-store.ts';

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
  const head = await store.get<RegistryHead>('registries', { city, entry: 'head' });
  if (head?.edition === edition) return { city, edition, ...counts, changed: false };

  const { areas, centers, offices, ...rest } = registry;
  const put = (kind: string, n: number, body: object) =>
    store.put('registries', { city, entry: `${edition}#${kind}#${String(n).padStart(5, '0')}`, kind, body });
  await put('registry', 0, rest);
  for (const [n, area] of areas.entries()) await put('area', n, area);
  for (const [n, center] of centers.entries()) await put('center', n, center);
  for (const [n, office] of offices.entries()) await put('office', n, office);

  await store.putOnce('registries', { city: '_desk', entry: `city#${city}` });
  const at = now.toISOString();
  const next: RegistryHead = { city, entry: 'head', edition, imported_at: at, ...counts };
  await append(store, { ...registryKey(city, at, edition), at });
  const moved = await store.putIf('registries', next, {
    expression: head ? 'edition = :old' : 'attribute_not_exists(city)',
    values: head ? { ':old': head.edition } : undefined,
  });
  if (!moved)
    throw new Error(`登録簿 ${city} は同時に別の取込みが行われました。もう一度取り込んでください。`);
  return { city, edition, ...counts, changed: true };
}
