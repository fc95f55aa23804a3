import { expect, it } from 'vitest';
import { axe, openBrowser, picture, signInAs } from './browser.ts';
import { chosenZip, papersOf } from './bulk-person.ts';

openBrowser();

const NAME = '送付票なし.zip';
/** Of a person of whom no other test here sends a month. */
const PAPERS = papersOf('0000000413').filter(({ name }) => !name.endsWith('packet.json'));

it('checks papers before they are sent, adds the 送付票 that answers what they leave open, and sends both', async () => {
  const page = await signInAs('熊本見本居宅　大森');
  await page.locator('label', { hasText: '送る前に確認だけする' }).click();
  await page.getByLabel('ファイルを選ぶ').setInputFiles(chosenZip(NAME, PAPERS));
  const card = page.getByRole('region', { name: NAME });
  await card.getByText('まだ送っていません').waitFor();
  // Without the month on any paper the one of the consent counts, in which the certification does not hold yet.
  await card.getByText('返戻', { exact: true }).waitFor();
  await card.getByRole('button', { name: /送付票に書き足す/ }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('サービス提供月').fill('令和6年10月');
  await form.getByLabel('保険者番号').fill('431007');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'office-cover');
  await form.getByRole('button', { name: '書類に添えて、もう一度確認する' }).click();
  await card.getByText('受理', { exact: true }).waitFor();
  expect(await axe(page)).toEqual([]);
  await card.getByRole('button', { name: 'このまま送る' }).click();
  const sent = page.getByRole('grid', { name: `${NAME} の結果` });
  await sent.getByRole('rowheader').getByRole('link').click();
  await page.getByRole('heading', { name: '受け取った書類' }).waitFor();
  await page.getByText('令和6年10月').first().waitFor();
  await page.getByText('受理', { exact: true }).first().waitFor();
});
