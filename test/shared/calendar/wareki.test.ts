import { expect, test } from 'vitest';
import { findDates, isIsoDate, parseDate, parseMonth, parsePeriod } from '../../../shared/calendar/wareki.ts';

test.each([
  ['令和6年7月1日', '2024-07-01'],
  ['令和 ６ 年 ７ 月 １ 日', '2024-07-01'],
  ['令和元年5月1日', '2019-05-01'],
  ['㋿6年7月1日', '2024-07-01'],
  ['R6.7.1', '2024-07-01'],
  ['R06/07/01', '2024-07-01'],
  ['H31.4.30', '2019-04-30'],
  ['平成36年3月31日', '2024-03-31'],
  ['昭和12年3月4日', '1937-03-04'],
  ['大正15年12月24日', '1926-12-24'],
  ['2024年7月1日', '2024-07-01'],
  ['2024/7/1', '2024-07-01'],
  ['2024-07-01', '2024-07-01'],
  ['20240701', '2024-07-01'],
  ['作成日：令和6年7月1日（月）', '2024-07-01'],
])('returns the day of %s', (text, iso) => {
  expect(parseDate(text)).toBe(iso);
});

test.each(['', '令和6年2月30日', '20241301', '00000000', '令和　年　月　日', '6カ月間', '096-123-4567'])(
  'returns null for %j',
  (text) => expect(parseDate(text)).toBeNull(),
);

test.each([
  ['令和6年7月分', '2024-07'],
  ['R6.7', '2024-07'],
  ['2024/07', '2024-07'],
  ['202407', '2024-07'],
  ['令和6年7月1日', '2024-07'],
  ['2024年12月', '2024-12'],
  ['20240701', '2024-07'],
])('returns the month of %s', (text, month) => {
  expect(parseMonth(text)).toBe(month);
});

test.each(['202413', '000000', '7月分', ''])('returns no month for %j', (text) => {
  expect(parseMonth(text)).toBeNull();
});

test.each([
  ['令和6年7月1日～令和7年6月30日', '2024-07-01', '2025-06-30'],
  ['R6.7.1〜R6.12.31', '2024-07-01', '2024-12-31'],
  ['令和6年7月～9月', '2024-07-01', '2024-09-30'],
  ['令和6年11月1日から1月31日', '2024-11-01', '2025-01-31'],
  ['R6.7～R7.2', '2024-07-01', '2025-02-28'],
  ['2024/07/01 - 2024年12月31日', '2024-07-01', '2024-12-31'],
  ['令和6年7月1日～', '2024-07-01', null],
  ['～令和6年9月30日', null, '2024-09-30'],
])('returns both ends of %s', (text, from, to) => {
  expect(parsePeriod(text)).toEqual({ from, to });
});

test('returns no period for a duration', () => {
  expect(parsePeriod('6カ月間')).toBeNull();
});

test('finds every date of a text in order', () => {
  expect(findDates('認定 令和6年4月1日 から R8.3.31 まで').map((d) => d.iso)).toEqual([
    '2024-04-01',
    '2026-03-31',
  ]);
});

test('accepts only days of the calendar', () => {
  expect(isIsoDate('2024-02-29')).toBe(true);
  expect(isIsoDate('2023-02-29')).toBe(false);
});
