import type { CsvIssues } from '../csv-issues.ts';
import { REMEDIES } from '../remedies.ts';
import type { CheckedRow } from '../row-readings.ts';
import { type CsvVersion, newestOf, versionOfMonth } from '../versions.ts';

/** CSVバージョン: that of the generation of the file, the same in every row, and in force in the service month. */
export function versionCheck(
  generation: CsvVersion['generation'],
  issues: CsvIssues,
): (row: CheckedRow) => void {
  const expected = newestOf(generation);
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
    const replacing = replacedBy(expected, row.get('month'));
    if (replacing) {
      const message = `CSVバージョンが ${version}（${expected.name}）です。${replacing.from} 提供分からは ${replacing.name}（${replacing.values.join('・')}）が適用されています`;
      issues.add('F_CSV_VERSION', 'info', place, message, REMEDIES.version);
    } else if (!expected.values.includes(version)) {
      const message = `CSVバージョンが ${version} です（標準は ${expected.values.join('・')}）`;
      issues.add('F_CSV_VERSION', 'info', place, message, REMEDIES.version);
    }
  };
}

/** The version of a later generation that is in force in the month; null where the file's generation still is. */
function replacedBy(expected: CsvVersion, month: string): CsvVersion | null {
  const inForce = /^[1-9]\d{5}$/.test(month) ? versionOfMonth(month) : undefined;
  return inForce && inForce.generation > expected.generation ? inForce : null;
}
