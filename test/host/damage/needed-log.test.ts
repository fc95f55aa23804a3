import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { neededLog } from '../../../host/damage/needed-log.ts';
import { purgeTables } from '../../../host/emulators/table-folder.ts';

const { Level } = createRequire(createRequire(import.meta.url).resolve('dynalite'))('level');
const folder = mkdtempSync(join(tmpdir(), 'needed-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

const manifest = (): string => join(folder, readFileSync(join(folder, 'CURRENT'), 'utf8').trim());
const logs = (): number[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);

it('is the one that the manifest names, whatever LevelDB writes beside its number', async () => {
  // Long keys: a change that names the first and the last of a table crosses the blocks of the manifest.
  const key = (n: number) => `${n}-${'k'.repeat(9_000)}`;
  for (let run = 0; run < 4; run++) {
    const database = new Level(folder);
    await database.open();
    for (let n = 0; n < 20; n++) await database.put(key(n * (run + 1)), 'x'.repeat(1000));
    expect(neededLog(folder)).toBe(logs()[0]);
    await purgeTables(database);
    expect(logs()).toEqual([neededLog(folder)]);
    await database.close();
    expect(logs()).toEqual([neededLog(folder)]);
  }
  expect(readFileSync(manifest()).length).toBeGreaterThan(64 * 1024);
});

it('is not known without a manifest that names a log', () => {
  const bytes = readFileSync(manifest());
  writeFileSync(manifest(), '');
  expect(neededLog(folder)).toBeNull();
  writeFileSync(manifest(), bytes);
  writeFileSync(join(folder, 'CURRENT'), 'x'.repeat(4096));
  expect(neededLog(folder)).toBeNull();
  rmSync(join(folder, 'CURRENT'));
  expect(neededLog(folder)).toBeNull();
});
