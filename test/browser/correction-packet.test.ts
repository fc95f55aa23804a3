import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { unzipSync } from 'fflate';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { CORRECTION_COVER, CORRECTION_NOTICE, PLACES } from '../../shared/vocabulary/correction.ts';
import { zip } from '../builders/zip.ts';
import { axe, openBrowser, savedFile, signInAs } from './browser.ts';

// 補正セット, for an office that works offline: saved, filled in, packed anew by Windows, and dropped whole.
openBrowser();

const BULK = resolve(import.meta.dirname, '../../samples/packets/kumamoto-bulk.zip');
const FOLDER = '0000000411_2024-10_見本 はな';
const MISSING = 'サービス評価表.pdf';
/** One person of the bulk, of whom no other test here sends a month. */
const papers = Object.entries(unzipSync(readFileSync(BULK)))
  .map(([name, bytes]) => ({ name: iconv.decode(Buffer.from(name, 'latin1'), 'cp932'), bytes }))
  .filter(({ name }) => name.startsWith(FOLDER));
const isMissing = ({ name }: { name: string }) => name.endsWith(MISSING);

it('is saved from a returned packet, and comes back as the next version of that packet', async () => {
  const page = await signInAs('熊本見本居宅　大森');
  await page.getByLabel('ファイルを選ぶ').setInputFiles({
    name: '9月の評価表なし.zip',
    mimeType: 'application/zip',
    buffer: zip(papers.filter((one) => !isMissing(one))),
  });
  const sent = page.getByRole('grid', { name: '9月の評価表なし.zip の結果' });
  await sent.getByText('返戻').waitFor();
  await sent.getByRole('rowheader').getByRole('link').click();
  await page.getByRole('heading', { name: '受け取った書類' }).waitFor();
  const set = Object.entries(unzipSync(await savedFile(page, '補正セット（ZIP）')));
  const names = set.map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining([CORRECTION_NOTICE, CORRECTION_COVER]));
  const [place, ...others] = names.filter((name) => name !== `${PLACES}/` && name.startsWith(PLACES));
  expect(place).toContain('評価表');
  expect(others).toEqual([]);

  const filled = [
    ...set.map(([name, bytes]) => ({ name, bytes })),
    { name: `${place}${MISSING}`, bytes: papers.find(isMissing)!.bytes },
  ];
  await page.getByRole('link', { name: '送る', exact: true }).click();
  await page.getByLabel('ファイルを選ぶ').setInputFiles({
    name: '補正しました.zip',
    mimeType: 'application/zip',
    buffer: zip(filled.map((part) => ({ ...part, names: 'cp932' as const }))),
  });
  const corrected = page.getByRole('grid', { name: '補正しました.zip の結果' });
  await corrected.getByText('受理').waitFor();
  expect(await axe(page)).toEqual([]);
  await corrected.getByRole('rowheader').getByRole('link').click();
  await page.getByText(`追加：${MISSING}`).waitFor();
  await page.getByText(/第2版.*受理 表示中/).waitFor();
  await page.getByText('最初の受付').waitFor();
});
