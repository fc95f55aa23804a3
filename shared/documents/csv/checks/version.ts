import type { CsvIssues } from '../csv-issues.ts';
import { REMEDIES } from '../remedies.ts';
import type { CheckedRow } from '../row-readings.ts';

/** CSVバージョン: the expected one, and the same in every row. */
export function versionCheck(expected: string, issues: CsvIssues): (row: CheckedRow) => void {
  let first = '';
  return (row) => {
    const version = row.get('version');
    if (version === '' || version === first) return;
    const place = { row: row.row, column: row.column('version') };
    if (first !== '') {
      const message = `一つのファイルにCSVバージョン ${first} と ${version} が混ざっています`;
      issues.add('F_CSV_VERSION', 'warn', place, message, REMEDIES.output, 'mixed');
      return;
    }
    first = version;
    if (version === expected) return;
    const message = `CSVバージョンが ${version} です（標準は ${expected}）`;
    issues.add('F_CSV_VERSION', 'info', place, message, REMEDIES.version);
  };
}
