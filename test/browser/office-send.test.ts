import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { axe, openBrowser, picture, printed, signInAs } from './browser.ts';

openBrowser();

// Of a person of whom no other test here sends a month: a later month sends an earlier one to review.
const NAME = 'mito-2024-05-plan-as-data.zip';
const FILE = resolve(import.meta.dirname, '../../samples/packets', NAME);

it('sends a ZIP, shows the receipt number and the result, and keeps both while another screen is shown', async () => {
  const page = await signInAs('水戸見本居宅　青木');
  await page.getByLabel('ファイルを選ぶ').setInputFiles(FILE);
  const card = page.getByRole('region', { name: NAME });
  await card.getByText(/受付番号 R\d{8}-[0-9A-Z]{8}/).waitFor();
  const table = card.getByRole('grid', { name: `${NAME} の結果` });
  await table.getByText('審査中', { exact: true }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'office-send');
  await page.getByRole('link', { name: '受付の一覧' }).click();
  await page.getByRole('heading', { name: '受付の一覧' }).waitFor();
  expect(await page.title()).toBe('受付の一覧 | 受付');
  await page.getByText(NAME).waitFor();
  // On paper the list keeps its key column and its title.
  expect(await printed(page)).toMatch(new RegExp(`受付の一覧.*R\\d{8}-[0-9A-Z]{8}.*${RegExp.escape(NAME)}`));
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: '送る' }).click();
  await table.getByText('審査中', { exact: true }).waitFor();
  await page.getByRole('link', { name: '提出の一覧' }).click();
  await page.getByRole('rowheader').first().waitFor();
  await picture(page, 'office-packets');
  await page.getByRole('rowheader').getByRole('link').first().click();
  await page.getByRole('heading', { name: '受け取った書類' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'office-packet');
});
