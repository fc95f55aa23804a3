import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * The object store writes an object as two files, one after the other. A kill in between leaves half of one:
 * it is removed before the store starts (it would not start over it). Whoever was writing it was not answered,
 * and writes it again. Returns how many halves were removed.
 */
export function mendObjects(folder: string): number {
  const buckets = join(folder, 'buckets');
  if (!existsSync(buckets)) return 0;
  const files = readdirSync(buckets, { recursive: true, encoding: 'utf8' });
  const halves = /\.(data|meta\.json)$/;
  const objects = new Set(files.filter((name) => halves.test(name)).map((name) => name.replace(halves, '')));
  let removed = 0;
  for (const name of objects) {
    const base = join(buckets, name);
    if (isWhole(base)) continue;
    rmSync(`${base}.data`, { force: true });
    rmSync(`${base}.meta.json`, { force: true });
    removed++;
  }
  // Parts of an unfinished multipart upload are of no use to anybody after a restart.
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

/** The classes of which the table store makes an iterator for each query. */
export function tableIterators(): { prototype: TableIterator }[] {
  const fromStore = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  const { AbstractKeyIterator, AbstractValueIterator } = createRequire(fromStore.resolve('level'))(
    'abstract-level',
  );
  return [AbstractKeyIterator, AbstractValueIterator];
}

/**
 * The table store (dynalite 4.0.0) ends the iterator of a query by `return`, which its iterators (abstract-level 3) do
 * not have: not one was ever closed, and each keeps some 10 KB and a snapshot of the tables until the desk stops.
 */
export function mendTables(): void {
  for (const { prototype } of tableIterators())
    prototype.return ??= function (this: TableIterator) {
      return this.close();
    };
}
