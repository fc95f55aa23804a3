import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dueDate,
  lastDayOf,
  monthsBetween,
  monthsFromTo,
  sameDayAfter,
} from '../../../shared/calendar/days.ts';

describe('dueDate (民法 第138条–第143条)', () => {
  it.each([
    ['2024-06-01', { days: 30 }, '2024-07-01'],
    ['2024-02-01', { days: 30 }, '2024-03-02'],
    ['2023-02-01', { days: 30 }, '2023-03-03'],
    ['2024-09-03', { weeks: 2 }, '2024-09-17'],
    ['2024-12-25', { weeks: 2 }, '2025-01-08'],
    ['2024-06-10', { months: 1 }, '2024-07-10'],
    ['2024-08-31', { months: 1 }, '2024-09-30'],
    ['2024-01-30', { months: 1 }, '2024-02-29'],
    ['2023-01-30', { months: 1 }, '2023-02-28'],
    ['2024-01-29', { months: 1 }, '2024-02-29'],
    ['2024-02-29', { months: 1 }, '2024-03-31'],
    ['2024-11-30', { months: 3 }, '2025-02-28'],
    ['2024-03-31', { years: 5 }, '2029-03-31'],
    ['2024-02-28', { years: 1 }, '2025-02-28'],
    ['2024-02-29', { years: 5 }, '2029-02-28'],
  ])('counts from the day after %s: %j ends on %s', (start, period, end) => {
    expect(dueDate(start, period)).toBe(end);
  });

  it.each([
    ['2024-06-01', { days: 30 }, '2024-06-30'],
    ['2024-09-03', { weeks: 2 }, '2024-09-16'],
    ['2024-06-10', { months: 1 }, '2024-07-09'],
    ['2024-08-31', { months: 1 }, '2024-09-30'],
    ['2024-04-01', { months: 3 }, '2024-06-30'],
  ])('counts %s itself when the first day counts: %j ends on %s', (start, period, end) => {
    expect(dueDate(start, period, true)).toBe(end);
  });

  it('returns a first-day reading that is never later than the other', () => {
    for (let day = 0; day < 800; day++) {
      const start = addDays('2023-01-01', day);
      for (const period of [{ days: 30 }, { weeks: 2 }, { months: 1 }, { months: 3 }, { years: 1 }]) {
        expect(dueDate(start, period, true) <= dueDate(start, period)).toBe(true);
      }
    }
  });
});

describe('months', () => {
  it.each([
    ['2024-02', '2024-02-29'],
    ['2023-02', '2023-02-28'],
    ['2000-02', '2000-02-29'],
    ['2100-02', '2100-02-28'],
    ['2024-12', '2024-12-31'],
  ])('ends %s on %s', (month, day) => {
    expect(lastDayOf(month)).toBe(day);
  });

  it('adds and subtracts months across the turn of a year', () => {
    expect(addMonths('2024-11', 3)).toBe('2025-02');
    expect(addMonths('2024-01', -1)).toBe('2023-12');
    expect(monthsBetween('2023-12', '2024-02')).toBe(2);
    expect(monthsBetween('2024-02', '2023-12')).toBe(-2);
  });

  it('lists both ends, and nothing when the end is before the start', () => {
    expect(monthsFromTo('2024-11', '2025-01')).toEqual(['2024-11', '2024-12', '2025-01']);
    expect(monthsFromTo('2025-01', '2024-11')).toEqual([]);
  });

  it('returns the end of the month where the day does not exist', () => {
    expect(sameDayAfter('2024-01-31', 1)).toBe('2024-02-29');
    expect(sameDayAfter('2024-05-10', 1)).toBe('2024-06-10');
    expect(sameDayAfter('2024-08-31', 6)).toBe('2025-02-28');
  });

  it('counts every day when clocks change in other zones', () => {
    expect(addDays('2024-03-09', 2)).toBe('2024-03-11');
    expect(addDays('2024-11-02', 2)).toBe('2024-11-04');
  });
});
