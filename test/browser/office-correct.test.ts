import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, keyTo, openBrowser, picture, printed, savedText, signInAs } from './browser.ts';

// One packet from its return to its acceptance: each test goes on where the one before ended.
openBrowser();

const SAMPLE = resolve(import.meta.dirname, '../../samples/packets/mito-2024-06.zip');
const NOTIFICATION = '作成依頼（変更）届.pdf';
const FOLDER = '補正の例';
const MISSING = '「居宅サービス計画・介護予防サービス計画作成依頼（変更）届」がありません';
let files: string;
let page: Page;

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'uketsuke-correct-'));
  mkdirSync(join(files, FOLDER));
  for (const [path, content] of Object.entries(unzipSync(readFileSync(SAMPLE)))) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    writeFileSync(join(files, name === NOTIFICATION ? '' : FOLDER, name), content);
  }
  page = await signInAs('水戸見本居宅　青木');
});
afterAll(() => rmSync(files, { recursive: true, force: true }));

it('sends a folder by keyboard alone, and reads the result and its notice', async () => {
  const chooser = page.waitForEvent('filechooser');
  await keyTo(page, 'Tab', 'フォルダーを選ぶ');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(join(files, FOLDER));
  const result = page.getByRole('grid', { name: `${FOLDER}.zip の結果` });
  await result.getByText('返戻').waitFor();
  expect(await result.innerText()).toContain(MISSING);
  await keyTo(page, 'Tab', 'row');
  await keyTo(page, 'ArrowRight', '通知を見る');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText(MISSING).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'office-notice');
});

it('prints the notice with all that must stand on it, as its PDF has it', async () => {
  const parts = [
    '水戸見本居宅介護支援事業所　御中',
    '水戸市',
    '水戸見本地域包括支援センター',
    '不備通知書',
    '補正の期限',
    MISSING,
    '直し方',
    '根拠',
    'F_TODOKE_MISSING',
  ].map((part) => part.replaceAll(/\s/g, ''));
  const paper = await printed(page);
  const pdf = await savedText(page, 'PDFを保存する');
  for (const text of [paper, pdf]) {
    for (const part of parts) expect(text).toContain(part);
    expect(text).toMatch(/R\d{8}-[0-9A-Z]{8}-1令和\d+年\d+月\d+日/);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

it('opens the passage behind a citation', async () => {
  await page.getByRole('rowheader').getByRole('link').first().click();
  await page.getByRole('heading', { name: '受け取った書類' }).waitFor();
  await page.locator('.citation').getByRole('button').first().click();
  const passage = page.getByRole('dialog', { name: '根拠' });
  await passage.getByText('当てはまる場合').first().waitFor();
  // The words of the source themselves, not a summary of them.
  await passage
    .getByRole('blockquote')
    .filter({ hasText: '「被保険者証」を包括へ提出します。' })
    .first()
    .waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'office-passage');
  await page.keyboard.press('Escape');
});

it('is accepted once the missing paper is added, and says so without a reload', async () => {
  await page.getByRole('button', { name: '書類を追加・差し替える' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('ファイルを選ぶ').setInputFiles(join(files, NOTIFICATION));
  expect(await axe(page)).toEqual([]);
  await picture(page, 'office-add');
  await dialog.getByRole('button', { name: '1ファイルを送る' }).click();
  await dialog.getByText('受理').waitFor();
  await dialog.getByRole('link', { name: '新しい版を開く' }).click();
  await page.getByText('最初の受付').waitFor();
  await page.getByText(`追加：${NOTIFICATION}`).waitFor();
  expect(await axe(page)).toEqual([]);
});

it('asks which packet a lone file belongs to, and offers no version that was replaced', async () => {
  await page.getByRole('link', { name: '送る', exact: true }).click();
  await page.getByLabel('ファイルを選ぶ').setInputFiles(join(files, NOTIFICATION));
  await page.getByText('どの提出の書類ですか。').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: /加える提出/ }).click();
  const offered = await page.getByRole('option').allInnerTexts();
  expect(offered.filter((text) => text.startsWith(FOLDER))).toHaveLength(1);
});
