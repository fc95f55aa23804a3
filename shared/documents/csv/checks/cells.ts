import { type CellProblem, checkCell } from '../check-cell.ts';
import type { CsvIssues } from '../csv-issues.ts';
import type { Column } from '../layout.ts';
import { REMEDIES } from '../remedies.ts';

interface CellPlace {
  row: number;
  column: Column;
}

/** The value of a cell after its check, '' when it is empty or unusable. */
export function readCell(place: CellPlace, raw: string, isSum: boolean, issues: CsvIssues): string {
  const { column } = place;
  if (raw === '' || raw.trim() === '' || isZeroDate(column, raw)) {
    if (column.required && !(isSum && column.required !== 'certain')) reportMissing(place, issues);
    return '';
  }
  if ((column.format === 'name' || column.format === 'kana') && LOST_CHARACTER.test(raw))
    issues.add(
      'F_CSV_GAIJI',
      'warn',
      place,
      '外字が「〓」「？」などの記号に置き換えられていて、氏名の文字が分かりません',
      REMEDIES.gaiji,
      'lost',
    );
  const { value, problem } = checkCell(column, raw);
  if (problem) reportProblem(place, raw, problem, issues);
  return value;
}

/** Programs fill a date or month that does not apply with zeros, also where the standard leaves it empty. */
const isZeroDate = ({ format }: Column, raw: string): boolean =>
  (format === 'date' || format === 'end-date' || format === 'month') && /^0+$/.test(raw);

/** What programs print for a character they cannot write. */
const LOST_CHARACTER = /[?？〓■□\ufffd]/;

const MISSING = { certain: 'error', inferred: 'warn', needed: 'info' } as const;

const reportMissing = (place: CellPlace, issues: CsvIssues): void =>
  issues.add(
    'F_CSV_REQUIRED',
    MISSING[place.column.required ?? 'inferred'],
    place,
    place.column.required === 'needed' ? '標準仕様で「必要」とされている項目が空です' : '必須の項目が空です',
    REMEDIES.required,
  );

function reportProblem(
  place: CellPlace,
  raw: string,
  { kind, message }: CellProblem,
  issues: CsvIssues,
): void {
  const { format, required } = place.column;
  const severity = required === 'certain' ? 'error' : 'warn';
  // The examples of the standard itself print some dates with six digits.
  const isShortDate = format === 'date' && /^\d{6}$/.test(raw);
  switch (kind) {
    case 'folded':
      issues.fold(place, message);
      break;
    case 'excel':
      issues.add('F_CSV_EXCEL', 'warn', place, message, REMEDIES.spreadsheet);
      break;
    case 'lost':
      issues.add('F_CSV_EXCEL', severity, place, message, REMEDIES.spreadsheet, 'lost');
      break;
    case 'length':
      issues.add('F_CSV_VALUE', 'info', place, message, REMEDIES.value, 'length');
      break;
    case 'value':
      issues.add('F_CSV_VALUE', isShortDate ? 'warn' : severity, place, message, REMEDIES.value);
  }
}
