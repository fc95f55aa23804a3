/**
 * Calendar arithmetic of the rules, on ISO dates and YYYY-MM months. Pure; no time zone can move a day.
 * Periods follow 民法 第138条–第143条: the first day does not count unless a source states otherwise, and a
 * period of months ends the day before the corresponding day, or at the month's end where that day does not exist.
 */
export interface Period {
  days?: number;
  weeks?: number;
  months?: number;
  years?: number;
}

const toUtc = (iso: string): Date => new Date(`${iso}T00:00:00Z`);
const toIso = (date: Date): string => date.toISOString().slice(0, 10);

export const addDays = (iso: string, days: number): string => {
  const date = toUtc(iso);
  date.setUTCDate(date.getUTCDate() + days);
  return toIso(date);
};

export const lastDayOf = (month: string): string => {
  const [y, m] = split(month);
  return `${month}-${daysIn(y, m)}`;
};

/** Days of a month of the Gregorian calendar; `month` counts from 1. */
const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

export const addMonths = (month: string, n: number): string => {
  const [y, m] = split(month);
  const count = y * 12 + m - 1 + n;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
};

export const monthOf = (iso: string): string => iso.slice(0, 7);

/** Months from `a` to `b`: 0 when equal, negative when `b` is earlier. */
export const monthsBetween = (a: string, b: string): number => {
  const [ay, am] = split(a);
  const [by, bm] = split(b);
  return (by - ay) * 12 + (bm - am);
};

/** The corresponding day `n` months later, or the month's end where that day does not exist (応当日). */
export const sameDayAfter = (iso: string, n: number): string => {
  const month = addMonths(monthOf(iso), n);
  const last = lastDayOf(month);
  const day = `${month}-${iso.slice(8)}`;
  return day <= last ? day : last;
};

/**
 * Last day of a period that begins with `start`.
 * @param firstDayCounts false: 初日不算入 (the rule of 民法 第140条); true: the first day is day one.
 */
export function dueDate(start: string, period: Period, firstDayCounts = false): string {
  const months = (period.months ?? 0) + 12 * (period.years ?? 0);
  const days = (period.days ?? 0) + 7 * (period.weeks ?? 0);
  if (months === 0) return addDays(start, firstDayCounts ? days - 1 : days);
  const first = firstDayCounts ? start : addDays(start, 1);
  const exact = `${addMonths(monthOf(first), months)}-${first.slice(8)}`;
  const end = exact > lastDayOf(monthOf(exact)) ? lastDayOf(monthOf(exact)) : addDays(exact, -1);
  return days === 0 ? end : addDays(end, days);
}

/** All months from `a` to `b`, both included. */
export const monthsFromTo = (a: string, b: string): string[] =>
  Array.from({ length: Math.max(0, monthsBetween(a, b) + 1) }, (_, i) => addMonths(a, i));

function split(month: string): [number, number] {
  return [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
}
