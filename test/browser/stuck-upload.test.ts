import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  GONE,
  intakeRecords,
  OPEN,
  recordStuckUploads,
  showStuckUploads,
} from '../builders/stuck-uploads.ts';
import { axe, keyTo, openBrowser, openScreen, signInAt } from './browser.ts';
import { type OwnDesk, startOwnDesk } from './own-desk.ts';

// Two uploads of an office that no retry ends: the operator ends them, and the office reads that it sends them again.
openBrowser();

const OFFICE = '熊本見本居宅　大森';
let own: OwnDesk;
let operator: Page;

beforeAll(async () => {
  own = await startOwnDesk();
  const records = intakeRecords();
  await recordStuckUploads(records, { kind: 'office', office: '4370100010' });
  await own.desk.waitUntilIdle();
  await showStuckUploads(records);
  operator = await signInAt(own.links, '運用　工藤');
});
afterAll(() => own?.stop());

const giveUp = (id: string) => operator.getByRole('button', { name: `${id} を閉じる` });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

it('are reached from the state of the desk, each with its screen of answers', async () => {
  await openScreen(operator, '状態');
  await operator.getByRole('link', { name: '手順が遅れている受付が 2件あります' }).click();
  await giveUp(GONE).waitFor();
  expect(await axe(operator)).toEqual([]);
  await operator.getByRole('link', { name: GONE }).click();
  await operator
    .getByRole('dialog', { name: `${GONE}.zip` })
    .getByText('判定中')
    .waitFor();
  await operator.keyboard.press('Escape');
  await operator.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(operator.url()).not.toContain(GONE);
  await operator.goBack();
  await giveUp(GONE).waitFor();
});

it('keep waiting where the dialog is left, by a key or its button, which are not taken for the act', async () => {
  // Focused so, a table hands the focus to its first row.
  await operator.getByRole('link', { name: '← 受付の状態に戻る' }).focus();
  await operator.keyboard.press('Tab');
  await keyTo(operator, 'ArrowRight', `${GONE} を閉じる`);
  await operator.keyboard.press('Enter');
  const dialog = operator.getByRole('dialog', { name: `${GONE} を閉じる` });
  await dialog.getByText('もう一度送ってほしいことを通知します').waitFor();
  expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  expect(await dialog.getByRole('button').allInnerTexts()).toEqual(['やめる', '閉じて、送った人に知らせる']);
  expect(await axe(operator)).toEqual([]);
  await operator.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => focused(operator)).toBe(`${GONE} を閉じる`);
  await operator.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'やめる' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await giveUp(GONE).count()).toBe(1);
});

it('leave the list by themselves once they are given up', async () => {
  for (const id of [GONE, OPEN]) {
    await giveUp(id).click();
    const dialog = operator.getByRole('dialog', { name: `${id} を閉じる` });
    await dialog.getByRole('button', { name: '閉じて、送った人に知らせる' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await operator.getByRole('rowheader', { name: id }).waitFor({ state: 'hidden' });
  }
  await operator.getByText('当てはまる受付はありません').waitFor();
});

it('ask their office to send the same again as a new submission, and offer nothing that would wait for ever', async () => {
  const office = await signInAt(own.links, OFFICE);
  await openScreen(office, '受付の一覧');
  await office.getByRole('button', { name: GONE }).click();
  const upload = office.getByRole('dialog', { name: `${GONE}.zip` });
  await upload.getByText('同じものをもう一度送ってください').waitFor();
  await upload.getByRole('button', { name: '通知を見る' }).click();
  const letter = office.getByRole('dialog').filter({ hasText: '再送のお願い' });
  await letter.getByText('新しい提出としてもう一度お送りください').waitFor();
  const text = await letter.innerText();
  expect(text).toContain('事業所番号 4370100010　御中');
  expect(text).not.toMatch(/直した書類をお送り|「書類を追加・差し替える」か|補正の期限|規則の版/);
  expect(await axe(office)).toEqual([]);
  await office.keyboard.press('Escape');
  await letter.waitFor({ state: 'hidden' });
  await upload.getByRole('link').click();
  await office.getByRole('heading', { name: 'もう一度送ってください' }).waitFor();
  await office.getByRole('button', { name: '通知のPDF' }).waitFor();
  expect(await office.getByRole('button', { name: /書類を追加|送付票に|補正セット/ }).count()).toBe(0);
  expect(await axe(office)).toEqual([]);
});
