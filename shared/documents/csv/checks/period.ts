import type { CsvIssues } from '../csv-issues.ts';
import { REMEDIES } from '../remedies.ts';
import type { CheckedRow } from '../row-readings.ts';

/** 認定有効期間: its end is not before its start. */
export function checkPeriod(row: CheckedRow, issues: CsvIssues): void {
  const [from, to] = [row.get('cert_from'), row.get('cert_to')];
  if (!from || !to || from <= to) return;
  issues.add(
    'F_CSV_VALUE',
    'warn',
    { row: row.row, column: row.column('cert_to') },
    `認定有効期間の終わり「${to}」が始め「${from}」より前です`,
    REMEDIES.value,
    'order',
  );
}
