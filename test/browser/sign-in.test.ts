import { expect, it } from 'vitest';
import { axe, openBrowser, openDesk, signInAs } from './browser.ts';

openBrowser();

const headingOf = (page: Awaited<ReturnType<typeof openDesk>>) =>
  page.getByRole('heading', { level: 1 }).innerText();

it('lets no one in without a link, and says how to get one', async () => {
  const page = await openDesk();
  await page.getByRole('heading', { name: 'サインインのリンクから開いてください' }).waitFor();
  expect(await axe(page)).toEqual([]);
});

it('shows each person the screens of the own role, and an operator all', async () => {
  const links = async (name: string) => (await signInAs(name)).getByRole('navigation').getByRole('link');
  expect(await (await links('水戸見本居宅　青木')).allInnerTexts()).not.toContain('確認待ち');
  expect(await (await links('水戸見本包括　井上')).allInnerTexts()).toContain('確認待ち');
  const all = await (await links('運用　工藤')).allInnerTexts();
  for (const screen of ['送る', '確認待ち', '数字']) expect(all).toContain(screen);
});

it('signs out, and the tab is not signed in again by going back', async () => {
  const page = await signInAs('水戸市　江口');
  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.getByRole('heading', { name: 'サインアウトしました' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await headingOf(page)).toBe('サインアウトしました');
});
