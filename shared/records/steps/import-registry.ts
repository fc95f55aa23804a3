import { cityName } from '../../profiles/cities.ts';
import { type Registry, RegistryError } from '../../registry/registry.ts';
import { sha256 } from '../../text/digest.ts';
import { registryKey } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { RecordStore } from '../store/record-store.ts';
import {
  claimInsurers,
  headKey,
  otherHolderOf,
  type RegistryHead,
  readHead,
  releaseInsurers,
} from '../store/registry-store.ts';

export interface ImportedRegistry {
  city: string;
  edition: string;
  areas: number;
  centers: number;
  offices: number;
  changed: boolean;
}

/**
 * Imports a city's registry: its insurer numbers are claimed, then every entry under its edition, then the head,
 * conditionally. A crash in between leaves the old registry in force; the same registry again changes nothing. Numbers that
 * are claimed and not in force are free again after the city's next import, whether or not it changes anything.
 */
export async function importRegistry(
  store: RecordStore,
  registry: Registry,
  now: Date,
): Promise<ImportedRegistry> {
  try {
    return await putRegistry(store, registry, now);
  } finally {
    await releaseInsurers(store, registry.city);
  }
}

async function putRegistry(store: RecordStore, registry: Registry, now: Date): Promise<ImportedRegistry> {
  const { city } = registry;
  const edition = sha256(JSON.stringify(registry)).slice(0, 12);
  const counts = {
    areas: registry.areas.length,
    centers: registry.centers.length,
    offices: registry.offices.length,
  };
  const head = await readHead(store, city);
  if (head?.edition === edition) return { city, edition, ...counts, changed: false };

  await requireNumbers(store, registry);
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

/** Claims the numbers first and reads the other registries after it: of two imports at once at least one is refused. */
async function requireNumbers(store: RecordStore, { city, insurer_numbers }: Registry): Promise<void> {
  const claimed = await claimInsurers(store, city, insurer_numbers);
  if (claimed)
    throw new RegistryError(
      `保険者番号 ${claimed.number} は、${cityName(claimed.city)}の登録簿にあるか、いま取り込まれています。一つの番号は一つの市だけのものです。${cityName(claimed.city)}の登録簿にないときは、そちらを取り込み直すと空きます。`,
    );
  const holder = await otherHolderOf(store, city, insurer_numbers);
  if (holder)
    throw new RegistryError(
      `保険者番号 ${holder.number} は、${cityName(holder.city)}の登録簿にすでにあります。一つの番号は一つの市だけのものです。`,
    );
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
