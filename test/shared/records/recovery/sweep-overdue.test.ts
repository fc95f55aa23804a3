import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sweepOverdue } from '../../../../shared/records/recovery/sweep.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
let today: string;
beforeEach(async () => {
  records = await testRecords();
  today = '2026-06-12';
  records.now = () => new Date(`${today}T09:00:00+09:00`);
  for (const [area, next_due] of [
    ['overdue', '2026-06-11'],
    ['due', '2026-06-12'],
    ['none', null],
  ])
    await records.store.put('summaries', {
      ...{ city: '_unknown', month_area: `2026-05#${area}`, area, month: '2026-05', next_due },
      computed_at: '2026-06-10T00:00:00.000Z',
    });
});
afterEach(() => records.stop());

const requested = (): unknown[] => records.sent.splice(0).map(([, { area }]) => area);

it('reads all summaries once a day, and requests those that became overdue', async () => {
  const read = vi.spyOn(records.store, 'partition');
  expect(await sweepOverdue(records)).toBe(1);
  expect(requested()).toEqual(['overdue']);
  expect(read).toHaveBeenCalled();
  read.mockClear();
  expect(await sweepOverdue(records)).toBe(0);
  expect(read).not.toHaveBeenCalled();
  today = '2026-06-13';
  await sweepOverdue(records);
  expect(requested().sort()).toEqual(['due', 'overdue']);
});

it('begins again with the next sweep where a request failed', async () => {
  records.failSends = 1;
  await expect(sweepOverdue(records)).rejects.toThrow();
  expect(await sweepOverdue(records)).toBe(1);
  expect(requested()).toEqual(['overdue']);
});
