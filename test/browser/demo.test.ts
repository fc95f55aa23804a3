import { expect, inject, it } from 'vitest';
import { axe, openBrowser, openScreen, picture, signInToDemo } from './browser.ts';

// The pictures that need a year of a city: of the desk that `npm start -- --demo` makes, for `npm run pictures` alone.
openBrowser();

it.runIf(inject('stage').demo)('pictures of a 包括 with a year of its 圏域', async () => {
  const page = await signInToDemo('見本圏域の包括');
  await page.getByRole('grid', { name: '確認待ちの一覧' }).getByRole('link').first().waitFor();
  await picture(page, 'hokatsu-queue');
  await openScreen(page, '圏域の利用者');
  await page.getByRole('rowheader').first().waitFor();
  await picture(page, 'hokatsu-area');
  await page.getByRole('rowheader').first().getByRole('link').click();
  await page.getByRole('heading', { name: '月ごとの記録' }).waitFor();
  await picture(page, 'hokatsu-person');
  expect(await axe(page)).toEqual([]);
});

it.runIf(inject('stage').demo)('pictures of a city with a year of its numbers', async () => {
  const page = await signInToDemo('市の担当');
  await openScreen(page, '数字');
  await page.getByRole('grid', { name: '圏域ごとの件数と人数' }).waitFor();
  await picture(page, 'city-numbers');
  expect(await axe(page)).toEqual([]);
});
