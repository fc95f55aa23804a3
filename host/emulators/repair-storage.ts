import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Removes objects of which a kill left one of two files: fauxqs does not start with them. Their writer got no answer
 * and writes them again. Returns how many were removed.
 */
export function removeHalfWrittenObjects(folder: string): number {
  const buckets = join(folder, 'buckets');
  if (!existsSync(buckets)) return 0;
  const files = readdirSync(buckets, { recursive: true, encoding: 'utf8' });
  const suffix = /\.(data|meta\.json)$/;
  const objects = new Set(files.filter((name) => suffix.test(name)).map((name) => name.replace(suffix, '')));
  let removed = 0;
  for (const name of objects) {
    const base = join(buckets, name);
    if (isWhole(base)) continue;
    rmSync(`${base}.data`, { force: true });
    rmSync(`${base}.meta.json`, { force: true });
    removed++;
  }
  // Parts of an unfinished multipart upload are useless after a restart.
  rmSync(join(folder, '_multipart'), { recursive: true, force: true });
  return removed;
}

function isWhole(base: string): boolean {
  try {
    const meta = JSON.parse(readFileSync(`${base}.meta.json`, 'utf8')) as { contentLength: number };
    return statSync(`${base}.data`).size === meta.contentLength;
  } catch {
    return false;
  }
}

interface TableIterator {
  close(): Promise<void>;
  return?: () => Promise<void>;
}

/** The iterator classes that dynalite instantiates for each query. */
export function tableIterators(): { prototype: TableIterator }[] {
  const fromStore = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  const { AbstractKeyIterator, AbstractValueIterator } = createRequire(fromStore.resolve('level'))(
    'abstract-level',
  );
  return [AbstractKeyIterator, AbstractValueIterator];
}

/**
 * Fixes a leak: dynalite 4.0.0 ends the iterator of a query by `return`, which iterators of abstract-level 3 lack. None
 * was ever closed, and each holds some 10 KB and a snapshot of the tables.
 */
export function closeTableIterators(): void {
  for (const { prototype } of tableIterators())
    prototype.return ??= function (this: TableIterator) {
      return this.close();
    };
}

interface StoredObject {
  key: string;
}
interface ObjectLister {
  buckets: Map<string, Map<string, StoredObject>>;
  listObjects(
    bucket: string,
    options?: { prefix?: string; delimiter?: string; maxKeys?: number; startAfter?: string },
  ): { objects: StoredObject[]; commonPrefixes: string[]; isTruncated: boolean };
}

/**
 * Fixes listings: fauxqs 2.4.1 sorts keys by the rules of a language and continues a page after its last key by code
 * units, so that a listing of more than one page lacks keys in mixed case.
 */
export async function listEveryObject(): Promise<void> {
  const { S3Store } = await import(
    join(dirname(findPackageJSON('fauxqs', import.meta.url)!), 'dist/s3/s3Store.js')
  );
  const lister = S3Store.prototype as ObjectLister;
  const { listObjects } = lister;
  lister.listObjects = function (this: ObjectLister, bucket, options = {}) {
    const { prefix = '', startAfter = '', maxKeys = 1000, delimiter } = options;
    const stored = this.buckets.get(bucket);
    if (!stored || delimiter) return listObjects.call(this, bucket, options);
    const objects = [...stored.values()].filter(({ key }) => key.startsWith(prefix) && key > startAfter);
    objects.sort((a, b) => (a.key < b.key ? -1 : 1));
    return { objects: objects.slice(0, maxKeys), commonPrefixes: [], isTruncated: objects.length > maxKeys };
  };
}
