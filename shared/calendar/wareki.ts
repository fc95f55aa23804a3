import { foldWidth } from '../text/normalise.ts';

/** 元号, newest first. `from` is the first day; year 1 is the year of `from`. */
const ERAS = [
  { name: '令和', letter: 'R', from: '2019-05-01' },
  { name: '平成', letter: 'H', from: '1989-01-08' },
  { name: '昭和', letter: 'S', from: '1926-12-25' },
  { name: '大正', letter: 'T', from: '1912-07-30' },
  { name: '明治', letter: 'M', from: '1868-01-25' },
] as const;

/** `令和6年`, `R6.`, `令6/`, `2024年`, `2024-`; groups: era, year of the era or 西暦. */
const YEAR =
  '(?:(令和|平成|昭和|大正|明治|[令平昭大明]|[RHSTM])\\s*\\.?\\s*(\\d{1,2}|元)|(\\d{4}))\\s*(?:年度?|[./-])';
const MONTH = '\\s*(\\d{1,2})\\s*(?:月|[./-](?=\\s*\\d))';
const DAY = '\\s*(\\d{1,2})\\s*日?';
const DATE = new RegExp(`${YEAR}${MONTH}${DAY}`, 'gi');
const MONTH_ONLY = new RegExp(`${YEAR}\\s*(\\d{1,2})(?!\\d)\\s*月?`, 'i');
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;
const COMPACT_MONTH = /^(\d{4})(\d{2})$/;

export interface FoundDate {
  /** ISO date */
  iso: string;
  /** as printed (width folded) */
  raw: string;
  /** index in the folded text (`foldWidth(text)`) */
  index: number;
}

/**
 * The one date a field holds, as ISO date, or null: `令和6年7月1日`, `令和元年5月1日`, `R6.7.1`, `H31/4/30`, `2024年7月1日`,
 * `2024-07-01`, `20240701`, any width, blanks between the parts. A date that is not in the calendar is null.
 * An era may run past its end (`平成36年` is printed on old certificates) and means the same year.
 */
export function parseDate(text: string): string | null {
  const folded = foldWidth(text).trim();
  const compact = COMPACT_DATE.exec(folded);
  if (compact) return isoDate(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  return findDates(folded)[0]?.iso ?? null;
}

/** The month a field holds, as YYYY-MM, or null: `令和6年7月分`, `R6.7`, `2024/07`, `202407`, or the month of a date. */
export function parseMonth(text: string): string | null {
  const folded = foldWidth(text).trim();
  const compact = COMPACT_MONTH.exec(folded);
  if (compact) return isoMonth(Number(compact[1]), Number(compact[2]));
  const day = COMPACT_DATE.test(folded) ? parseDate(folded) : null;
  if (day) return day.slice(0, 7);
  const found = MONTH_ONLY.exec(folded);
  return found ? isoMonth(westernYear(found), Number(found[4])) : null;
}

/** Every date in a text, in the order of the text. */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const match of foldWidth(text).matchAll(DATE)) {
    const iso = isoDate(westernYear(match), Number(match[4]), Number(match[5]));
    if (iso) found.push({ iso, raw: match[0].trim(), index: match.index });
  }
  return found;
}

/**
 * A period as printed: `令和6年7月1日～令和7年6月30日`, `R6.7.1-12.31`, `令和6年7月～9月`. A bare month means its first day at the
 * start and its last at the end; an end without a year takes the year of the start (the next one when it is earlier).
 * Either end may be absent. Returns null without a date (`6カ月間`).
 */
export function parsePeriod(text: string): { from: string | null; to: string | null } | null {
  // One blank for many: patterns that begin with blanks look again from every one of them.
  const folded = foldWidth(text).replace(/\s+/g, ' ');
  const cut = /\s?(?:~|から|より|→|(?<=[日月\d\s])-(?=\s*(?:令和|平成|[RH]|\d{4}年|\d{1,2}月)))\s*/.exec(
    folded,
  );
  const [head, tail] = cut
    ? [folded.slice(0, cut.index), folded.slice(cut.index + cut[0].length)]
    : [folded, ''];
  const from = parseDate(head) ?? firstDay(parseMonth(head));
  const to = parseDate(tail) ?? lastDay(parseMonth(tail)) ?? (from ? endWithoutYear(from, tail) : null);
  return from || to ? { from, to } : null;
}

/** True for a real day of the calendar in ISO form. */
export const isIsoDate = (text: string): boolean => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return !!parts && isoDate(Number(parts[1]), Number(parts[2]), Number(parts[3])) === text;
};

function westernYear(match: RegExpMatchArray): number {
  if (match[3]) return Number(match[3]);
  const mark = (match[1] ?? '').toUpperCase();
  const era = ERAS.find((e) => e.letter === mark || e.name === mark || e.name.startsWith(mark));
  const count = match[2] === '元' ? 1 : Number(match[2]);
  return era ? Number(era.from.slice(0, 4)) + count - 1 : Number.NaN;
}

function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1868 && year <= 2200 ? date.toISOString().slice(0, 10) : null;
}

const isoMonth = (year: number, month: number): string | null => isoDate(year, month, 1)?.slice(0, 7) ?? null;

const firstDay = (month: string | null): string | null => (month ? `${month}-01` : null);

function lastDay(month: string | null): string | null {
  if (!month) return null;
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function endWithoutYear(from: string, tail: string): string | null {
  const parts = /^\s*(\d{1,2})\s*(?:月|[./](?=\s*\d))\s*(?:(\d{1,2})\s*日?)?/.exec(tail);
  if (!parts) return null;
  for (const year of [Number(from.slice(0, 4)), Number(from.slice(0, 4)) + 1]) {
    const month = Number(parts[1]);
    const to = parts[2] ? isoDate(year, month, Number(parts[2])) : lastDay(isoMonth(year, month));
    if (to && to >= from) return to;
  }
  return null;
}

/** ISO date or month as people write it: 2024-07-01 → 令和6年7月1日, 2019-05 → 令和元年5月. Another text stays as it is. */
export function eraText(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(iso) ?? [];
  if (!year || !month) return iso;
  // A month belongs to the era of its last day.
  const era = ERAS.find(({ from }) => `${year}-${month}-${day ?? '31'}` >= from);
  if (!era) return iso;
  const count = Number(year) - Number(era.from.slice(0, 4)) + 1;
  const text = `${era.name}${count === 1 ? '元' : count}年${Number(month)}月`;
  return day ? `${text}${Number(day)}日` : text;
}
