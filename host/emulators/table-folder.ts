import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Database {
  open(): Promise<void>;
  close(): Promise<void>;
  _getSync(key: unknown, options: object): unknown;
  compactRange(start: Buffer, end: Buffer, options: { keyEncoding: 'buffer' }): Promise<void>;
}
interface DatabaseClass {
  new (folder: string): Database;
  prototype: {
    _open(options: object): Promise<void>;
    _get(key: unknown, options: object): Promise<unknown>;
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

/** Every key: keys are text in UTF-8. */
const [FIRST, LAST] = [Buffer.alloc(1), Buffer.alloc(8, 0xff)];

/**
 * Rewrites the tables without what was deleted or overwritten: LevelDB keeps the bytes of both until it happens to merge
 * their file.
 */
export const compactTables = (database: Database): Promise<void> =>
  database.compactRange(FIRST, LAST, { keyEncoding: 'buffer' });
