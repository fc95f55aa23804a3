import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { utils } from '@e965/xlsx';
import { createCanvas } from '@napi-rs/canvas';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { heic } from '../builders/heic.ts';
import { FORM, withDrawing, word, workbook } from '../builders/office.ts';
import { zip } from '../builders/zip.ts';
import { axe, openBrowser, signInAs } from './browser.ts';

// What a reviewer sees of files that no browser shows by itself.
openBrowser();

const NAME = '表と写真.zip';
const SAMPLE = resolve(import.meta.dirname, '../../samples/packets/iwaki-direct.zip');
let page: Page;

beforeAll(async () => {
  const photo = createCanvas(60, 40).toBuffer('image/png');
  const form = workbook((sheet) => {
    utils.sheet_add_aoa(sheet, [['評価日', '令和6年6月2日', '被保険者番号', '0000000201']], { origin: 'A2' });
  });
  const packet = zip([
    ...Object.entries(unzipSync(readFileSync(SAMPLE))).map(([name, bytes]) => ({ name, bytes })),
    { name: '評価表.xlsx', bytes: withDrawing(form, '', photo) },
    { name: '評価表の写し.docx', bytes: word(FORM.replace('0000000101', '0000000201')) },
    { name: '写真.heic', bytes: heic() },
  ]);
  page = await signInAs('運用　工藤');
  await page.getByRole('link', { name: '送る', exact: true }).click();
  await page
    .getByLabel('ファイルを選ぶ')
    .setInputFiles({ name: NAME, mimeType: 'application/zip', buffer: packet });
  await page
    .getByRole('grid', { name: `${NAME} の結果` })
    .getByRole('rowheader')
    .getByRole('link')
    .click();
  await page.getByRole('heading', { name: '受け取った書類' }).waitFor();
  const id = /packets?\/([^/?]+)/.exec(page.url())?.[1];
  await page.goto(new URL(`#/hokatsu/documents/${id}`, page.url()).href);
  await page.getByRole('heading', { level: 1, name: '書類' }).waitFor();
});

const open = (name: string) =>
  page.getByRole('navigation', { name: '書類' }).getByRole('listitem').filter({ hasText: name });

it('shows the cells of a workbook as they were read, and frames where a value was read', async () => {
  await open('評価表.xlsx').getByRole('button').first().click();
  const sheet = page.getByRole('document', { name: /評価表\.xlsx 1ページ$/ });
  await sheet.getByText('0000000201').waitFor();
  await page.getByText('シート「評価表」', { exact: true }).waitFor();
  await page.locator('.mark').first().waitFor();
  expect(await axe(page)).toEqual([]);
});

it('shows a picture inside a workbook as the page it counts as', async () => {
  await page.getByRole('button', { name: '次へ' }).click();
  await page.getByRole('img', { name: /評価表\.xlsx 2ページ$/ }).waitFor();
});

it('shows the tables of a text of Word', async () => {
  await open('評価表の写し.docx').getByRole('button').first().click();
  const sheet = page.getByRole('document', { name: /評価表の写し\.docx 1ページ$/ });
  await sheet.getByText('□ プラン継続　■ プラン変更　□ 終了').waitFor();
});

it('shows a HEIC as a picture', async () => {
  await open('写真.heic').getByRole('button').first().click();
  const picture = page.getByRole('img', { name: /写真\.heic 1ページ$/ });
  await picture.waitFor();
  expect(
    await picture.evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext('2d');
      return [width, height, (context?.getImageData(8, 24, 1, 1).data[0] ?? 255) < 60];
    }),
  ).toEqual([64, 48, true]);
});
