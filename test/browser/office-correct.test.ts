import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, signInAs } from './browser.ts';

openBrowser();

const SAMPLE = resolve(import.meta.dirname, '../../samples/packets/mito-2024-05.zip');
const MISSING = '利用票（写し）.pdf';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-correct-'));
  mkdirSync(join(folder, '補正の例'));
  for (const [path, content] of Object.entries(unzipSync(readFileSync(SAMPLE)))) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    writeFileSync(join(folder, name === MISSING ? '' : '補正の例', name), content);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('asks which packet a lone file belongs to', async () => {
  const page = await signInAs('水戸見本居宅　青木');
  await page.getByLabel('ファイルを選ぶ').setInputFiles(join(folder, MISSING));
  await page.getByText('どの提出の書類ですか。').waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await page.getByText(/受付番号/).count()).toBe(0);
});
