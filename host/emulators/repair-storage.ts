import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

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
