import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openScreen, picture, printed, signInAs } from './browser.ts';

// One packet from the office to the city's numbers: each test goes on where the one before ended.
openBrowser();

const PACKETS = resolve(import.meta.dirname, '../../samples/packets');
const PERSON = '見本 あや';
const ADVICE = '目標を、本人の言葉で具体的に書いてください。';
let office: Page;
let hokatsu: Page;

beforeAll(async () => {
  office = await signInAs('熊本見本居宅　大森');
  await office.getByLabel('ファイルを選ぶ').setInputFiles(`${PACKETS}/kumamoto-renewal.zip`);
  await office.getByRole('grid', { name: 'kumamoto-renewal.zip の結果' }).getByText('受理').waitFor();
  hokatsu = await signInAs('ささえりあ見本　加藤');
});

const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

it('waits in the queue of its 包括, which claims it', async () => {
  await openScreen(hokatsu, '確認待ち');
  await hokatsu.getByRole('rowheader').getByRole('link', { name: PERSON }).waitFor();
  expect(await axe(hokatsu)).toEqual([]);
  await hokatsu.getByRole('rowheader').getByRole('link', { name: PERSON }).click();
  await hokatsu.getByRole('heading', { level: 1, name: PERSON }).waitFor();
  await hokatsu.getByRole('button', { name: '担当する' }).click();
  await said(hokatsu, 'あなたが担当しています');
});

it('shows its documents beside the questions, and where each value was read', async () => {
  await hokatsu.getByRole('img', { name: /\.pdf 1ページ$/ }).waitFor();
  expect(await axe(hokatsu)).toEqual([]);
  await picture(hokatsu, 'hokatsu-item');
  await hokatsu.getByRole('tab', { name: '読み取った値' }).click();
  await hokatsu.getByRole('button', { name: 'UPKIHON 1行目' }).first().click();
  await hokatsu.locator('.csv-table td.chosen').first().waitFor();
  await hokatsu.getByRole('tab', { name: '前回との違い' }).click();
  await said(hokatsu, 'これより前の月の書類はまだ届いていません');
  await hokatsu.getByRole('tab', { name: '確かめること' }).click();
  await hokatsu
    .getByRole('radiogroup', { name: '課題が明確か' })
    .locator('label', { hasText: /^はい$/ })
    .click();
  await hokatsu.getByRole('heading', { name: /人が確かめること（1 \// }).waitFor();
});

it('is acted on by no one but its holder, whose name the others read', async () => {
  const other = await signInAs('運用　工藤');
  await other.goto(hokatsu.url());
  await said(other, 'ささえりあ見本　加藤 さんが');
  expect(await other.getByRole('button', { name: /担当する|確認する|助言する/ }).count()).toBe(0);
  await other.close();
});

it('is advised on, and the letter reaches the office', async () => {
  await hokatsu.getByRole('button', { name: '助言する' }).click();
  await hokatsu.getByRole('textbox', { name: '助言' }).fill(ADVICE);
  await hokatsu.getByRole('button', { name: '事業所に届く文を見る' }).click();
  await hokatsu.getByRole('region', { name: '事業所に届く文' }).getByText(ADVICE).waitFor();
  expect(await axe(hokatsu)).toEqual([]);
  await hokatsu
    .getByRole('region', { name: '結果' })
    .getByRole('button', { name: '助言する' })
    .last()
    .click();
  await said(hokatsu, '書類待ち');

  await openScreen(office, '包括からの連絡');
  await office.getByRole('button', { name: '助言のお知らせ' }).click();
  await office.getByRole('dialog').getByText(ADVICE).waitFor();
  expect(await axe(office)).toEqual([]);
  expect(await printed(office)).toMatch(/御中.*助言のお知らせ/);
});

it('is confirmed when the final plan has come', async () => {
  await hokatsu.getByRole('button', { name: '到着を記録する' }).click();
  await said(hokatsu, /に届きました/);
  await hokatsu.getByRole('button', { name: '確認する' }).click();
  await hokatsu
    .getByRole('region', { name: '結果' })
    .getByRole('button', { name: '確認する' })
    .last()
    .click();
  await said(hokatsu, '確認を終えました');
  expect(await printed(hokatsu)).toContain('経過');
  await hokatsu.getByRole('link', { name: PERSON }).first().click();
  await hokatsu.getByRole('heading', { name: '月ごとの記録' }).waitFor();
  expect(await axe(hokatsu)).toEqual([]);
  await hokatsu.goto(new URL('#/hokatsu/area?city=kumamoto&area=area-1&month=2024-10', hokatsu.url()).href);
  await hokatsu.getByRole('rowheader').getByRole('link', { name: PERSON }).waitFor();
  expect(await axe(hokatsu)).toEqual([]);
});

it('stands in the numbers of the city, down to the person', async () => {
  const city = await signInAs('熊本市　木下');
  await openScreen(city, '数字');
  await city.getByRole('grid', { name: '圏域ごとの件数と人数' }).waitFor();
  await city
    .getByRole('grid', { name: '圏域ごとの件数と人数' })
    .getByRole('link', { name: /^合計 件数/ })
    .click();
  await city.getByRole('rowheader').getByRole('link', { name: PERSON }).waitFor();
  expect(await axe(city)).toEqual([]);
});

it.each([
  ['ささえりあ見本　加藤', ['期日', '圏域の利用者', '利用者をさがす']],
  ['熊本市　木下', ['数字', '規則', '規則の試し', '免除', '登録簿', '状態']],
  ['熊本見本居宅　大森', ['提出の一覧', '手引き', '送付票']],
  ['運用　工藤', ['状態', '退避', '登録簿']],
])('the other screens of %s are accessible at both widths', async (name, screens) => {
  const page = await signInAs(name);
  for (const screen of screens) {
    await openScreen(page, screen);
    expect(await axe(page), screen).toEqual([]);
    if (screen === '規則') await picture(page, 'city-rules');
    if (screen === '規則の試し') await picture(page, 'city-replay');
    if (screen === '退避') await picture(page, 'operator-dead-letters');
    if (screen === '状態' && name.startsWith('運用')) await picture(page, 'operator-health');
  }
});
