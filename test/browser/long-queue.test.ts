import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { reviewItem } from '../../shared/records/views/review-item.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { aFinding, aVerdict } from '../builders/a-verdict.ts';
import { aDecided } from '../builders/events.ts';
import { intakeRecords } from '../builders/stuck-uploads.ts';
import { keyTo, openBrowser, signInAt } from './browser.ts';
import { type OwnDesk, startOwnDesk } from './own-desk.ts';

// A queue that is longer than one answer of the desk.
openBrowser();

const ROOT = resolve(import.meta.dirname, '../..');
/** An answer has 200. */
const ITEMS = 203;
const OFFICES = ['4370100010', '4370100028'];
const nameOf = (n: number): string => `見本 ${String(n).padStart(3, '0')}`;
let own: OwnDesk;
let page: Page;

beforeAll(async () => {
  own = await startOwnDesk();
  const registry = await loadRegistry(`${ROOT}/samples/registry/kumamoto.yaml`);
  await new ApiClient(own.desk).importRegistry(registry);
  const { store } = intakeRecords();
  for (let n = 1; n <= ITEMS; n++) {
    const packet_id = `packet${String(n).padStart(4, '0')}`;
    const of = { packet_id, city: 'kumamoto', area: 'area-1', decision: 'review' as const };
    // One item of the second office.
    const office = OFFICES[n === ITEMS ? 1 : 0]!;
    const decided = aDecided({ ...of, office, person: `p${n}`, review_due: '2099-01-01' });
    const findings = [aFinding({ severity: 'review' })];
    await store.put('reviews', reviewItem(decided, aVerdict({ ...of, name: nameOf(n), findings })));
  }
  page = await signInAt(own.links, 'ささえりあ見本　加藤');
});
afterAll(() => own?.stop());

const rows = () => page.getByRole('rowheader');
const focusedRow = () => page.evaluate(() => document.activeElement?.closest('tr')?.textContent ?? '');

it('counts every item, and shows how many of them are listed', async () => {
  await page.getByText(`${ITEMS}件（この圏域のすべて ${ITEMS}件）（200件まで表示）`).waitFor();
  expect(await rows().count()).toBe(200);
});

it('goes on by keys alone, at the first row of the next page', async () => {
  await page.getByRole('button', { name: /並び順/ }).focus();
  await keyTo(page, 'Tab', '続きを表示する');
  await page.keyboard.press('Enter');
  await expect.poll(focusedRow).toContain(nameOf(201));
  expect(await rows().count()).toBe(ITEMS);
  await page.getByText(`${ITEMS}件（この圏域のすべて ${ITEMS}件）`, { exact: true }).waitFor();
});

it('is returned to at the row of the item that was opened, with every page that was shown', async () => {
  await page.getByRole('link', { name: nameOf(202) }).click();
  await page.getByRole('link', { name: '一覧へ戻る' }).click();
  await expect.poll(focusedRow).toContain(nameOf(202));
  expect(await rows().count()).toBe(ITEMS);
});

it('is narrowed over all pages, and returned to as it was narrowed', async () => {
  await page.getByRole('button', { name: /事業所/ }).click();
  await page.getByRole('option', { name: `${OFFICES[1]}（1）` }).click();
  await page.getByText(`1件（この圏域のすべて ${ITEMS}件）`, { exact: true }).waitFor();
  await page.getByRole('link', { name: nameOf(ITEMS) }).click();
  await page.getByRole('link', { name: '一覧へ戻る' }).click();
  await expect.poll(focusedRow).toContain(nameOf(ITEMS));
  expect(await rows().count()).toBe(1);
});
