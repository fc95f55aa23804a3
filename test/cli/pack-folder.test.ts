import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { packFolder } from '../../cli/pack-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-pack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('packs a folder into the same bytes every time, without hidden files', async () => {
  const source = join(folder, 'office');
  mkdirSync(join(source, '見本'), { recursive: true });
  writeFileSync(join(source, '見本/b.csv'), 'b');
  writeFileSync(join(source, '見本/a.pdf'), 'a');
  writeFileSync(join(source, '.DS_Store'), 'x');
  const [one, two] = [join(folder, '1.zip'), join(folder, '2.zip')];
  await packFolder(source, one);
  await sleep(1100);
  await packFolder(source, two);
  const bytes = await readFile(one);
  expect(bytes.equals(await readFile(two))).toBe(true);
  expect(bytes.includes('.DS_Store')).toBe(false);
  expect(bytes.indexOf('見本/a.pdf')).toBeLessThan(bytes.indexOf('見本/b.csv'));
});
