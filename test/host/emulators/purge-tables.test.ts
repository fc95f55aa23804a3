import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { purgeTables, watchIterators } from '../../../host/emulators/table-folder.ts';

const { Level } = createRequire(createRequire(import.meta.url).resolve('dynalite'))('level');
const root = mkdtempSync(join(tmpdir(), 'purge-'));
let folder: string;
let database: InstanceType<typeof Level>;

beforeAll(() => watchIterators());
beforeEach(async () => {
  folder = mkdtempSync(join(root, 'tables-'));
  database = new Level(folder);
  await database.open();
  for (let i = 0; i < 500; i++) await database.put(`record-${i}`, `${i} of ${'x'.repeat(100)}`);
  await database.put('record-250', 'PERSON-TO-ERASE');
});
afterEach(() => database.close());
afterAll(() => rmSync(root, { recursive: true }));

const holders = () =>
  readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes('PERSON-TO-ERASE'));

it('takes a deleted record off the disk, and leaves every other one', async () => {
  await database.del('record-250');
  expect(await purgeTables(database)).toBe(true);
  expect(holders()).toEqual([]);
  expect(await database.keys().all()).toHaveLength(499);
});

it('waits for what still reads the record', async () => {
  const iterator = database.iterator();
  await iterator.next();
  await database.del('record-250');
  const purged = purgeTables(database);
  await setTimeout(100);
  await iterator.close();
  expect(await purged).toBe(true);
  expect(holders()).toEqual([]);
});

it('finds a record that LevelDB moved to its deepest level with its deletion while something read it', async () => {
  const iterator = database.iterator();
  await iterator.next();
  await database.del('record-250');
  expect(await purgeTables(database, 0)).toBe(false);
  await database.compactRange('', '\uffff');
  expect(holders()).not.toEqual([]);
  await iterator.close();
  expect(await purgeTables(database)).toBe(true);
  expect(holders()).toEqual([]);
  expect(await database.keys().all()).toHaveLength(499);
});

it('ends while new readers come and go', async () => {
  let isBusy = true;
  const read = async () => {
    while (isBusy) for await (const _ of database.iterator()) if (!isBusy) break;
  };
  const readers = [read(), read(), read()];
  await setTimeout(50);
  await database.del('record-250');
  expect(await purgeTables(database)).toBe(true);
  expect(holders()).toEqual([]);
  isBusy = false;
  await Promise.all(readers);
});
