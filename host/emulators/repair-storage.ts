import { createRequire } from 'node:module';
import { crc32 } from 'node:zlib';
import { once } from '../../functions/memoize.ts';
import { insideFauxqs } from './fauxqs-stores.ts';

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

/** dynalite sums each answer up in JavaScript, byte by byte. */
export function sumUpNatively(): void {
  const fromStore = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  const sums = fromStore('buffer-crc32') as { unsigned: (body: string) => number };
  sums.unsigned = crc32;
}

interface RecordIterator {
  _next(): Promise<unknown>;
  _nextv(size: number, options: object): Promise<unknown[]>;
}

/** Records read at once. LevelDB ends a read at 16 KB in any case. */
const AT_ONCE = 1000;

/**
 * LevelDB's iterator fetches one record, then the rest, and each fetch goes to another thread and back. dynalite reads on
 * until it has all of a query, so that one fetch serves most.
 */
export function fetchRecordsTogether(): void {
  const fromStore = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  const fromLevel = createRequire(createRequire(fromStore.resolve('level')).resolve('classic-level'));
  const { Iterator } = fromLevel('./iterator') as { Iterator: { prototype: RecordIterator } };
  const fetched = new WeakMap<RecordIterator, unknown[]>();
  Iterator.prototype._next = async function (this: RecordIterator) {
    let records = fetched.get(this);
    if (!records?.length) {
      records = (await this._nextv(AT_ONCE, {})).reverse();
      fetched.set(this, records);
    }
    return records.pop();
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
  const { S3Store } = await insideFauxqs<{ S3Store: { prototype: ObjectLister } }>('s3/s3Store.js');
  const lister = S3Store.prototype;
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

interface QueueDatabase {
  exec(statement: string): void;
}
interface QueueFile {
  db: QueueDatabase;
  prepareStatements(): unknown;
}

let queueDatabase: QueueDatabase | null = null;

/** Takes the bytes of deleted messages off the disk: SQLite keeps them in free pages and in its log. */
export function purgeQueues(): void {
  queueDatabase?.exec('VACUUM');
  queueDatabase?.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/**
 * fauxqs waits for the disk at each change of a message. Messages need no more than the tables and objects beside them, which
 * are written without: a killed desk loses nothing, and the sweeper sends again what a power cut lost.
 */
export const writeQueuesLikeTables = once(async (): Promise<void> => {
  const { PersistenceManager } = await insideFauxqs<{ PersistenceManager: { prototype: QueueFile } }>(
    'persistence.js',
  );
  const { prototype } = PersistenceManager;
  const { prepareStatements } = prototype;
  prototype.prepareStatements = function (this: QueueFile) {
    this.db.exec('PRAGMA synchronous = NORMAL');
    queueDatabase = this.db;
    return prepareStatements.call(this);
  };
});
