import { describe, expect, it } from 'vitest';
import type { Cells } from '../../../builders/csv.ts';
import { decideMonth } from '../../../builders/csv-month.ts';

// Two CSV files of the standard that write the same item differently: UPHOSOKU, UPKIHON and UPYOBO of one person.
const SAME: Cells = { 14: 'ミホンハナコ' };
const conflictsOf = async (kihon: Cells): Promise<string[]> => {
  const { findings } = await decideMonth({ rows: { UPKIHON: [{ ...SAME, ...kihon }], UPYOBO: [{}] } });
  return findings.filter(({ code }) => code === 'F_FACT_CONFLICT').map(({ message }) => message);
};

it('reports nothing where they agree', async () => {
  expect(await conflictsOf({})).toEqual([]);
});

describe('an item that differs', () => {
  it.each([
    ['利用者氏名フリガナ', { 14: 'レイジタロウ' }],
    ['性別', { 16: '1' }],
    ['生年月日', { 17: '19510101' }],
    ['住所', { 18: '水戸市別町9-9-9' }],
    ['認定有効期間の始め', { 24: '20240501' }],
    ['認定有効期間の終わり', { 25: '20260331' }],
  ] as [string, Cells][])('%s: names both files', async (label, cells) => {
    const found = (await conflictsOf(cells)).filter((message) => message.includes(label));
    expect(found.join()).toContain('UPKIHON');
    expect(found.join()).toMatch(/UPHOSOKU|UPYOBO/);
  });
});
