import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Database {
  open(): Promise<void>;
  close(): Promise<void>;
  compactRange(start: string, end: string): Promise<void>;
}

/** Opens the tables of a stopped desk as dynalite does, and closes them. Does nothing where there are none. */
export async function openTables(folder: string, work: (database: Database) => Promise<void>): Promise<void> {
  if (!existsSync(join(folder, 'CURRENT'))) return;
  const fromStore = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  const { Level } = fromStore('level') as { Level: new (folder: string) => Database };
  const database = new Level(folder);
  await database.open();
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
