import type { Registry } from './registry-schema.ts';

type RegistryList = 'areas' | 'centers' | 'offices';

/** What one entry of a registry, or its head, becomes. */
export interface RegistryChange {
  list: RegistryList | 'head';
  /** key or number of the entry; empty for the head */
  key: string;
  name: string;
  change: 'added' | 'removed' | 'changed';
  fields: { field: string; before: unknown; after: unknown }[];
}

/** The differences of two registries of one city, entry by entry; a first registry has no `before`. */
export function compareRegistries(before: Registry | null, after: Registry): RegistryChange[] {
  const head = changedFields(headOf(before), headOf(after));
  return [
    ...(before && head.length > 0
      ? [{ list: 'head' as const, key: '', name: '', change: 'changed' as const, fields: head }]
      : []),
    ...compareList(
      'areas',
      byKey(before?.areas, ({ key }) => key),
      byKey(after.areas, ({ key }) => key),
    ),
    ...(['centers', 'offices'] as const).flatMap((list) =>
      compareList(
        list,
        byKey<{ number: string; name: string }>(before?.[list], ({ number }) => number),
        byKey<{ number: string; name: string }>(after[list], ({ number }) => number),
      ),
    ),
  ];
}

function headOf(registry: Registry | null): object {
  const { areas: _areas, centers: _centers, offices: _offices, ...head } = registry ?? { areas: [] };
  return head;
}

const byKey = <T>(entries: T[] | undefined, keyOf: (entry: T) => string): Map<string, T> =>
  new Map((entries ?? []).map((entry) => [keyOf(entry), entry]));

function compareList<T extends { name: string }>(
  list: RegistryList,
  before: Map<string, T>,
  after: Map<string, T>,
): RegistryChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): RegistryChange[] => {
    const [left, right] = [before.get(key), after.get(key)];
    const name = (right ?? left)!.name;
    if (!left) return [{ list, key, name, change: 'added', fields: [] }];
    if (!right) return [{ list, key, name, change: 'removed', fields: [] }];
    const fields = changedFields(left, right);
    return fields.length > 0 ? [{ list, key, name, change: 'changed', fields }] : [];
  });
}

/** A missing value, null and an empty list say the same. */
function changedFields(before: object, after: object): RegistryChange['fields'] {
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((field) => {
    const [old, next] = [left.get(field) ?? null, right.get(field) ?? null];
    return textOf(old) === textOf(next) ? [] : [{ field, before: old, after: next }];
  });
}

const textOf = (value: unknown): string =>
  Array.isArray(value) && value.length === 0 ? 'null' : JSON.stringify(sorted(value));

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)] as const).sort());
}
