import { isWithoutEnd } from '../check-cell.ts';
import type { CsvIssues } from '../csv-issues.ts';
import { REMEDIES } from '../remedies.ts';
import type { CheckedRow } from '../row-readings.ts';

/** Columns that hold the first and the last day of a period, with its name. */
const PERIODS = [
  { from: 'cert_from', to: 'cert_to', name: '認定有効期間' },
  { from: 'limit_from', to: 'limit_to', name: '限度額適用期間' },
] as const;

/** A period ends on or after the day it starts; that of a certification ends, that of a 事業対象者 need not. */
export function checkPeriod(row: CheckedRow, issues: CsvIssues): void {
  for (const { from, to, name } of PERIODS) {
    const [first, last] = [row.get(from), row.get(to)];
    const place = { row: row.row, column: row.column(to) };
    if (isWithoutEnd(last) && isCertified(row)) {
      const message = `${name}の終わりが「${last}」（終わりがない）とされています。要支援・要介護の認定には終わりの日があります`;
      issues.add('F_CSV_VALUE', 'warn', place, message, REMEDIES.value, 'endless');
    }
    if (first && last && first > last) {
      const message = `${name}の終わり「${last}」が始め「${first}」より前です`;
      issues.add('F_CSV_VALUE', 'warn', place, message, REMEDIES.value, 'order');
    }
  }
}

function isCertified(row: CheckedRow): boolean {
  const level = row.column('certification')?.codes?.[row.get('certification')];
  return level !== undefined && /^要(?:支援|介護)/.test(level);
}
