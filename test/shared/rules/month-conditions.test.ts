import { describe, expect, it } from 'vitest';
import { type MonthTest, someMonth } from '../../../shared/rules/month-conditions.ts';
import { type HistoryMonth, historyMonthSchema } from '../../../shared/vocabulary/history.ts';

const history = (...months: { month: string; [key: string]: unknown }[]): HistoryMonth[] =>
  months.map((one) => historyMonthSchema.parse(one));
const direct = { category: 'yobo_shien_direct' };
const ask = (test: MonthTest, months: HistoryMonth[]) => someMonth(test, months, '2024-06');

describe('someMonth', () => {
  const within = { within: 2, category: ['yobo_shien_direct'] };

  it('holds where one of the months before fits', () => {
    const months = history({ month: '2024-04', ...direct }, { month: '2024-05', category: 'yobo_cm_itaku' });
    expect(ask(within, months)).toBe(true);
    expect(ask({ ...within, within: 1 }, months)).toBe(false);
  });

  it('is false only where every month asked for is known', () => {
    const may = { month: '2024-05', category: 'none' };
    expect(ask(within, history({ month: '2024-04', category: 'none' }, may))).toBe(false);
    expect(ask(within, history({ month: '2024-03', ...direct }, may))).toBeNull();
    expect(ask(within, [])).toBeNull();
  });

  it('asks all that is written of one and the same month', () => {
    const months = history(
      { month: '2024-04', ...direct, addons: ['shokai'] },
      { month: '2024-05', category: 'yobo_shien_itaku', addons: [] },
    );
    expect(ask({ category: ['yobo_shien_itaku'], addons: ['shokai'] }, months)).toBe(false);
    expect(ask({ category: ['yobo_shien_direct'], addons: ['shokai'] }, months)).toBe(true);
  });

  it('cannot tell where the month does not show what is asked', () => {
    expect(ask({ within: 1, addons: ['shokai'] }, history({ month: '2024-05', ...direct }))).toBeNull();
    const elsewhere = history({ month: '2024-05', ...direct, office_number: '0870100020' });
    expect(ask({ within: 1, same_office: true }, elsewhere)).toBeNull();
  });

  it('takes a month that the sender writes for its own, unless it says otherwise', () => {
    const test = { within: 1, same_office: true };
    expect(ask(test, history({ month: '2024-05', ...direct }))).toBe(true);
    expect(ask(test, history({ month: '2024-05', ...direct, same_office: false }))).toBe(false);
  });

  it('needs the service month for the months directly before it', () => {
    expect(someMonth(within, history({ month: '2024-05', ...direct }), undefined)).toBeNull();
  });
});
