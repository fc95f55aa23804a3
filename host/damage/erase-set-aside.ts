import { rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Remains } from '../../shared/records/store/remains.ts';
import { safeKey } from '../../shared/records/store/result-store.ts';
import { entriesBelow } from './look-into.ts';
import { DAMAGED } from './set-aside.ts';

/**
 * Deletes what was set aside of these objects, packets or uploads, by its path. Returns the folders below the data folder that
 * may hold more: those whose paths do not tell whose they are (tables, queues), and those with an upload of others as well.
 */
export function eraseSetAside(
  folder: string,
  { ids, kept, objects }: Parameters<Remains['eraseSetAside']>[0],
): string[] {
  const keys = new Set(objects.map(({ key }) => key));
  const unknown = new Set<string>();
  const files = entriesBelow(join(folder, DAMAGED)).filter(({ kind }) => kind !== 'folder');
  for (const { name: path } of files) {
    const [moved, kind, ...rest] = path.split(sep);
    const [, key] = /^buckets\/[^/]+\/objects\/(.+?)(?:\.data|\.meta\.json)$/.exec(rest.join('/')) ?? [];
    if (kind !== 'objects' || !key) {
      // A file right below it was put there by a person.
      unknown.add([DAMAGED, moved, kind].filter(Boolean).join('/'));
      continue;
    }
    if (keys.has(decodedKey(key)) || isOf(ids, key)) rmSync(join(folder, DAMAGED, path));
    else if (isOf(kept, key)) unknown.add([DAMAGED, moved, kind].join('/'));
  }
  return [...unknown].sort();
}

/** Keys have the number as a folder or as the beginning of a name: verdicts/<packet>/…, notices/<packet>-2.json */
const isOf = (ids: string[], key: string): boolean =>
  key.split('/').some((part) => ids.map(safeKey).some((id) => part === id || /^[.-]/.test(restOf(part, id))));

const restOf = (part: string, id: string): string => (part.startsWith(id) ? part.slice(id.length) : '');

/** The object store encodes what file systems do not allow in names. */
const decodedKey = (path: string): string =>
  path.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
