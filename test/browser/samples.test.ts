import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, signInAs } from './browser.ts';

// 抽出: the city draws cases of an area by chance.
openBrowser();

/** How many there are to draw from depends on what other files have sent. */
const DRAWN = /\d+件から\d+件/;
let page: Page;

beforeAll(async () => {
  page = await signInAs('水戸市　江口');
  await page.goto(new URL('#/hokatsu/area?city=mito&area=area-1&month=2024-05', page.url()).href);
  await page.getByRole('rowheader').first().waitFor();
});

const dialog = () => page.getByRole('dialog', { name: /の書類から抽出する$/ });
const count = () => dialog().getByLabel('件数');
const focused = () => page.evaluate(() => document.activeElement?.textContent);

it('keeps the focus on a number that narrows the list', async () => {
  const without = page.getByRole('list', { name: '絞り込み' }).getByRole('button', { name: /書類なし/ });
  await without.focus();
  await page.keyboard.press('Enter');
  await page.getByText('当てはまる方はいません').waitFor();
  expect(await focused()).toContain('書類なし');
  await page.getByRole('list', { name: '絞り込み' }).getByRole('button', { name: /全員/ }).click();
  await page.getByRole('rowheader').first().waitFor();
});

it('is left by a key without drawing', async () => {
  await page.getByRole('button', { name: '抽出する' }).focus();
  await page.keyboard.press('Enter');
  await dialog().getByText('まだ抽出していません').waitFor();
  expect(await dialog().evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
  await expect.poll(focused).toBe('抽出する');
});

it('refuses a number that cannot be drawn, and names what can', async () => {
  await page.keyboard.press('Enter');
  await count().fill('101');
  await dialog().getByText('1〜100 の数で入れてください。').waitFor();
  await count().press('Enter');
  expect(await dialog().getByText('まだ抽出していません').count()).toBe(1);
  expect(await axe(page)).toEqual([]);
});

it('draws with the Enter key, also a number in full width, and keeps the focus where it was', async () => {
  await count().fill('２');
  await count().press('Enter');
  await dialog().getByText(DRAWN).waitFor();
  expect(await count().evaluate((input) => input === document.activeElement)).toBe(true);
  await dialog().getByRole('button', { name: '無作為に抽出する' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog().getByText(DRAWN).count()).toBe(2);
  expect(await focused()).toBe('無作為に抽出する');
  expect(await axe(page)).toEqual([]);
});

it('says why the desk did not draw', async () => {
  await page.route('**/samples/**', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await dialog().getByRole('button', { name: '無作為に抽出する' }).click();
  await dialog().getByRole('alert').getByText('受付につながりません').waitFor();
  await page.unroute('**/samples/**');
});

it('opens the papers that were drawn', async () => {
  await dialog().getByRole('link', { name: '1件目の書類を開く' }).first().click();
  await page.getByRole('heading', { level: 1, name: '書類' }).waitFor();
});
