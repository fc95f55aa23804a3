import { expect, it } from 'vitest';
import { axe, openBrowser, signInAs } from './browser.ts';

openBrowser();

it('grants a waiver whose days are written and read back in 令和, in any browser', async () => {
  const page = await signInAs('水戸市　江口');
  await page.getByRole('navigation').getByRole('link', { name: '免除' }).click();
  await page.getByRole('button', { name: /規則/ }).click();
  await page.getByRole('option', { name: /MIT-R16/ }).click();
  expect(await page.getByLabel(/始まりの日/).inputValue()).toMatch(/^令和\d+年\d+月\d+日$/);
  await page.getByLabel(/終わりの日/).fill('R30.3.31');
  await page.getByText('（令和30年3月31日）').waitFor();
  await page.getByLabel(/決めた人/).fill('介護保険課長　架空');
  await page.getByRole('textbox', { name: /理由/ }).fill('災害のため');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '免除を登録する' }).click();
  const granted = page.getByRole('row', { name: /MIT-R16/ });
  await granted.getByText(/から令和30年3月31日まで/).waitFor();
  // No rule stays waived for the tests after this one.
  await granted.getByRole('button', { name: 'MIT-R16 の免除を終える' }).click();
  await page
    .getByRole('dialog')
    .getByLabel(/終える理由/)
    .fill('試験のため');
  await page.getByRole('button', { name: '今日で終える' }).click();
  await page.getByText('MIT-R16 の免除を終えました。').first().waitFor();
});

it('shows how often a rule returned packets, and opens their list', async () => {
  const page = await signInAs('水戸市　江口');
  await page.goto(new URL('#/city/rules?city=mito&month=2024-05', page.url()).href);
  const rule = page.getByRole('group').filter({ hasText: 'MIT-R16' }).first();
  await rule.getByText('返戻 1 件').waitFor();
  expect(await axe(page)).toEqual([]);
  await rule.getByText('MIT-R16').click();
  await rule.getByRole('blockquote').filter({ hasText: '利用票の写し' }).first().waitFor();
  await rule.getByRole('link', { name: /返戻となった件数/ }).click();
  await page.getByRole('rowheader').first().waitFor();
});
