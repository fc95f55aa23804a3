import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

interface TableIterator {
  _close(): Promise<void>;
}
interface Database {
  location: string;
  open(): Promise<void>;
  close(): Promise<void>;
  _getSync(key: unknown, options: object): unknown;
  compactRange(start: Buffer, end: Buffer, options: { keyEncoding: 'buffer' }): Promise<void>;
  getProperty(name: string): string;
  batch(writes: { type: 'del'; key: Buffer }[], options: { keyEncoding: 'buffer' }): Promise<void>;
}
interface DatabaseClass {
  new (folder: string): Database;
  prototype: {
    _open(options: object): Promise<void>;
    _get(key: unknown, options: object): Promise<unknown>;
    _iterator(options: object): TableIterator;
  };
}

/** The class of the database in which dynalite keeps its tables. */
function databaseClass(): DatabaseClass {
  const fromStore = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  return (fromStore('level') as { Level: DatabaseClass }).Level;
}

/** Opens the tables of a stopped desk as dynalite does, and closes them. Does nothing where there are none. */
export async function tryTables(folder: string): Promise<void> {
  if (!existsSync(join(folder, 'CURRENT'))) return;
  const Level = databaseClass();
  const database = new Level(folder);
  await database.open();
  await database.close();
}

/** Calls `onOpen` with each database that is opened from now on in this thread: dynalite does not give its own out. */
export function watchDatabases(onOpen: (database: Database) => void): void {
  const { prototype } = databaseClass();
  const open = prototype._open;
  prototype._open = function (this: Database, options: object) {
    onOpen(this);
    return open.call(this, options);
  };
}

/**
 * Reads records in the calling thread from now on. Every request reads some, most from memory, and handing each to a thread
 * of the pool costs more than the reading.
 */
export function readInThread(): void {
  const { prototype } = databaseClass();
  prototype._get = async function (this: Database, key: unknown, options: object) {
    return this._getSync(key, options);
  };
}

/** The open iterators of this thread. Each reads the tables as they were when it was made, and keeps those files. */
const openIterators = new Set<TableIterator>();

/** Knows from now on which iterators of this thread are open. */
export function watchIterators(): void {
  const { prototype } = databaseClass();
  const make = prototype._iterator;
  prototype._iterator = function (this: Database, options: object) {
    const iterator = make.call(this, options);
    openIterators.add(iterator);
    const close = iterator._close;
    iterator._close = () => {
      openIterators.delete(iterator);
      return close.call(iterator);
    };
    return iterator;
  };
}

/** An erasure waits this long for requests that still read: each takes seconds at most. */
const WAIT_MS = 30_000;
const POLL_MS = 20;

/** Whether the iterators that are open now are closed by the time `end` (performance.now). */
async function areClosedBy(end: number): Promise<boolean> {
  const open = [...openIterators];
  const areOpen = () => open.some((one) => openIterators.has(one));
  while (areOpen() && performance.now() < end) await setTimeout(POLL_MS);
  return !areOpen();
}

/** Every key: keys are text in UTF-8. */
const [FIRST, LAST] = [Buffer.alloc(1), Buffer.alloc(8, 0xff)];
const BINARY = { keyEncoding: 'buffer' } as const;

/**
 * Rewrites the tables without what was deleted or overwritten: LevelDB keeps the bytes of both until it happens to merge
 * their file, and as long as an iterator may read them. Returns false where an iterator from before is still open or a file
 * from before is still there.
 */
export async function purgeTables(database: Database, waitMs = WAIT_MS): Promise<boolean> {
  const end = performance.now() + waitMs;
  do {
    if (!(await areClosedBy(end))) return false;
    // Ends what LevelDB is merging by itself: it may write what an iterator needed at its beginning.
    await database.compactRange(FIRST, LAST, BINARY);
    const before = dataFiles(database);
    await touchEveryFile(database);
    await database.compactRange(FIRST, LAST, BINARY);
    await areClosedBy(end);
    // LevelDB deletes files only after it has written some.
    await database.compactRange(FIRST, LAST, BINARY);
    const after = new Set(dataFiles(database));
    if (!before.some((name) => after.has(name))) return true;
  } while (performance.now() < end);
  return false;
}

const dataFiles = ({ location }: Database): string[] =>
  readdirSync(location).filter((name) => /\.(ldb|log)$/.test(name));

/**
 * Deletes a key that does not exist right behind the first key of each file: LevelDB leaves a file of the deepest level as it
 * is, also where it holds deleted records, unless it has something to merge into it.
 */
async function touchEveryFile(database: Database): Promise<void> {
  const writes = firstKeys(database.getProperty('leveldb.sstables')).map((key) => ({
    type: 'del' as const,
    key: Buffer.concat([key, FIRST]),
  }));
  await database.batch(writes, BINARY);
}

/** The first key of each file, of lines as ` 17:2048['a' @ 5 : 1 .. 'b\x00' @ 7 : 1]`. */
function firstKeys(files: string): Buffer[] {
  return [...files.matchAll(/^ \d+:\d+\['(.*?)' @ \d+ : \d \.\. /gm)].map(([, key]) =>
    Buffer.from(
      key!.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ),
  );
}
