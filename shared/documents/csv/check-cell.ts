import { isIsoDate, parseDate } from '../../calendar/wareki.ts';
import { fold, foldWidth } from '../../text/normalise.ts';
import { isOfficeNumberForm } from '../check-digits.ts';
import type { Column, Format } from './layout.ts';

/** A cell after its check. */
export interface CheckedCell {
  /** half-width, without blanks around it, padded where zeros were lost; free text is untouched. '' when unusable. */
  value: string;
  problem: CellProblem | null;
}

export interface CellProblem {
  /**
   * value: not what the layout demands. excel: a spreadsheet has changed it. lost: it has destroyed it.
   * length: longer than 項目長. folded: only its width was changed for reading.
   */
  kind: 'value' | 'excel' | 'lost' | 'length' | 'folded';
  /** what is wrong, in Japanese; the value itself is shown where it names no person */
  message: string;
}

const sound = (value: string): CheckedCell => ({ value, problem: null });
const unusable = (message: string): CheckedCell => ({ value: '', problem: { kind: 'value', message } });

/** `1.23E+09`: a spreadsheet has rounded a long number. */
const ROUNDED = /^\d(?:\.\d+)?E[+-]?\d+$/i;

/** Checks one cell that is not empty against its column. */
export function checkCell(column: Column, raw: string): CheckedCell {
  const isFree = column.length === null;
  if (isFree) return sound(raw);
  const direct = matches(column, raw);
  if (direct) return tooLong(column, raw) ?? sound(raw);

  const folded = fold(raw).toUpperCase();
  if (folded === '') return sound('');
  if (matches(column, folded))
    return (
      tooLong(column, folded) ?? {
        value: folded,
        problem:
          folded === raw.trim() ? null : { kind: 'folded', message: `「${raw}」を「${folded}」と読みました` },
      }
    );
  return (
    damagedBySpreadsheet(column, folded) ??
    unusable(`「${shorten(raw)}」は${EXPECTED[column.format](column)}ではありません`)
  );
}

const PATTERNS: Record<Exclude<Format, 'code' | 'date' | 'zero-date' | 'end-date'>, RegExp> = {
  text: /^/,
  name: /^/,
  kana: /^/,
  plain: /^/,
  version: /^\d{6}$/,
  insurer: /^\d{6}$/,
  insured: /^(?:\d{10}|H\d{9})$/,
  office: /^\d{2}[0-9A-HJ-NPR-Z]\d{7}$/,
  month: /^(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])$/,
  'zero-month': /^(?:(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])|000000)$/,
  // 2400 is the end of a day; 9999 is written where the service has no time
  time: /^(?:(?:[01]\d|2[0-3])[0-5]\d|2400|9999)$/,
  kind: /^[0-9A-Z]{2}$/,
  service: /^[0-9A-Z]{6}$/,
  integer: /^-?\d+$/,
  decimal: /^\d+(?:\.\d+)?$/,
  days: /^[01]{28,31}$/,
  postal: /^\d{3}-?\d{4}$/,
};

const EXPECTED: Record<Format, (column: Column) => string> = {
  text: () => '文字',
  name: () => '氏名',
  kana: () => 'フリガナ',
  plain: () => '値',
  version: () => 'CSVバージョン（YYYYMMの6桁）',
  insurer: () => '保険者番号（6桁の数字）',
  insured: () => '被保険者番号（10桁の数字、またはHと9桁の数字）',
  office: () => '事業所番号（10桁）',
  date: () => '暦にある日付（YYYYMMDDの8桁）',
  'zero-date': () => '暦にある日付（YYYYMMDDの8桁）',
  'end-date': () => '暦にある日付（YYYYMMDDの8桁）',
  month: () => '年月（YYYYMMの6桁）',
  'zero-month': () => '年月（YYYYMMの6桁）',
  time: () => '時刻（HHMMの4桁）',
  code: (column) =>
    `決められたコード（${Object.entries(column.codes ?? {})
      .map(([code, meaning]) => `${code} ${meaning === 'none' ? '非該当' : meaning}`)
      .join('、')}）`,
  kind: () => 'サービス種類コード（2桁）',
  service: () => 'サービスコード（6桁）',
  integer: () => '整数',
  decimal: () => '数値',
  days: () => '日ごとの0と1の並び（31桁）',
  postal: () => '郵便番号（XXX-XXXX）',
};

function matches(column: Column, value: string): boolean {
  switch (column.format) {
    case 'code':
      return column.codes !== null && Object.hasOwn(column.codes, value);
    case 'date':
      return isDate(value);
    case 'zero-date':
      return value === '00000000' || isDate(value);
    case 'end-date':
      return isWithoutEnd(value) || isDate(value);
    default:
      return PATTERNS[column.format].test(value);
  }
}

/** Days repeat in a file; each is looked up in the calendar once. */
const checkedDays = new Map<string, boolean>();
function isDate(value: string): boolean {
  if (value.length !== 8) return false;
  let isDay = checkedDays.get(value);
  if (isDay === undefined) {
    isDay = /^\d{8}$/.test(value) && isIsoDate(toIso(value));
    if (checkedDays.size > 20_000) checkedDays.clear();
    checkedDays.set(value, isDay);
  }
  return isDay;
}

/** A period without end: programs fill in a day of the last year of the calendar. */
export const isWithoutEnd = (value: string): boolean => /^9999\d{4}$/.test(value);

/** Dates in their three formats. */
const isDateFormat = (format: Format): boolean =>
  format === 'date' || format === 'zero-date' || format === 'end-date';

/** `20240701` → `2024-07-01`. */
export const toIso = (value: string): string => `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`;

const FIXED: ReadonlySet<Format> = new Set([
  'code',
  'date',
  'zero-date',
  'end-date',
  'insurer',
  'insured',
  'office',
  'days',
]);

/** The standard does not state whether 項目長 counts bytes or characters: characters are counted, and nothing is refused. */
function tooLong(column: Column, value: string): CheckedCell | null {
  if (column.length === null || value.length <= column.length || FIXED.has(column.format)) return null;
  return {
    value,
    problem: { kind: 'length', message: `${value.length}文字あり、項目長（${column.length}）を超えています` },
  };
}

function damagedBySpreadsheet(column: Column, value: string): CheckedCell | null {
  if (ROUNDED.test(value))
    return {
      value: '',
      problem: {
        kind: 'lost',
        message: `「${value}」は、表計算ソフトが長い番号を丸めた形で、元の番号に戻せません`,
      },
    };
  const padded = padding(column, value);
  if (padded)
    return {
      value: padded,
      problem: {
        kind: 'excel',
        message: `「${value}」は先頭の0が失われているため、「${padded}」として読みました`,
      },
    };
  if (isDateFormat(column.format) && /[/年-]/.test(value)) {
    const iso = parseDate(value);
    if (iso)
      return {
        value: iso.replaceAll('-', ''),
        problem: {
          kind: 'excel',
          message: `「${value}」は日付の書き方が変えられているため、「${iso.replaceAll('-', '')}」として読みました`,
        },
      };
  }
  return null;
}

/** Restores the leading zeros a spreadsheet has removed, where that gives a sound value. */
function padding(column: Column, value: string): string | null {
  if (column.length === null || !/^[0-9A-Z]+$/.test(value) || value.length >= column.length) return null;
  const padded = value.padStart(column.length, '0');
  switch (column.format) {
    case 'insured':
      return /^\d+$/.test(value) ? padded : null;
    case 'insurer':
      // Prefectures 01–09 only: one zero can be lost.
      return value.length === 5 ? padded : null;
    case 'office':
      return value.length === 9 && isOfficeNumberForm(padded) ? padded : null;
    case 'time':
    case 'code':
      return matches(column, padded) ? padded : null;
    default:
      return null;
  }
}

const shorten = (value: string): string => {
  const line = foldWidth(value).replace(/\s+/g, ' ').trim();
  return line.length > 30 ? `${line.slice(0, 30)}…` : line;
};
