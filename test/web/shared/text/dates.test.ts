import { expect, it } from 'vitest';
import { daysLeftText, monthText, timeText } from '../../../../web/shared/text/dates.ts';

it('writes months and times in 令和, in Japan', () => {
  expect(monthText('2024-07')).toBe('令和6年7月');
  expect(monthText('unknown')).toBe('不明');
  expect(timeText('2026-06-11T23:05:00Z')).toBe('令和8年6月12日 8:05');
});

it('counts the days to a due date', () => {
  expect(daysLeftText('2026-06-15', '2026-06-12')).toBe('あと3日');
  expect(daysLeftText('2026-06-12', '2026-06-12')).toBe('今日まで');
  expect(daysLeftText('2026-06-10', '2026-06-12')).toBe('2日超過');
});
