import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableDamage } from '../../../host/damage/check-table.ts';
import { checkTables } from '../../../host/damage/check-tables.ts';
import { DamagedFiles } from '../../../host/damage/set-aside.ts';
import { purgeTables } from '../../../host/emulators/table-folder.ts';

const { Level } = createRequire(createRequire(import.meta.url).resolve('dynalite'))('level');
const folder = mkdtempSync(join(tmpdir(), 'tables-'));
let file = '';
let whole: Buffer;

/** Tables with texts that repeat and texts that do not, as records have both. */
beforeAll(async () => {
  const database = new Level(folder);
  await database.open();
  for (let i = 0; i < 600; i++)
    await database.put(`packet-${i}`, `${'同じ文 '.repeat(i % 40)}${Math.sin(i)}${'x'.repeat(i)}`);
  await purgeTables(database);
  await database.close();
  const [name] = readdirSync(folder).filter((one) => one.endsWith('.ldb'));
  file = join(folder, name!);
  whole = readFileSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

const flipped = (at: number): Buffer => {
  const bytes = Buffer.from(whole);
  bytes[at]! ^= 1 << (at % 8);
  return bytes;
};

describe('a table file', () => {
  it('is whole as it was written', () => {
    expect(whole.length).toBeGreaterThan(10_000);
    expect(tableDamage(whole)).toBeNull();
  });

  it('is damaged wherever one bit is flipped', () => {
    const footer = whole.length - 48;
    const unseen = [];
    for (let at = 0; at < footer; at += at < footer - 1500 ? 37 : 1)
      if (tableDamage(flipped(at)) === null) unseen.push(at);
    expect(unseen).toEqual([]);
  });

  it.each([0, 20, 47, 48, 5_000])('is damaged when %i bytes of it are left', (length) => {
    expect(tableDamage(whole.subarray(0, length))).toBe('が途中で切れている');
  });

  it('is not opened with a flipped bit: the operator reads which file it is and what to do', () => {
    const check = () =>
      checkTables(folder, { hasObjects: true, acceptLoss: false }, new DamagedFiles(folder));
    expect(check()).toEqual([]);
    writeFileSync(file, flipped(200));
    expect(check).toThrow(/\.ldb の 1 か所が書いたときと違う.*restore --from/s);
    writeFileSync(file, whole);
    expect(check()).toEqual([]);
  });
});
