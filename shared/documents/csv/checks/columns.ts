import { hasTrailingComma, isTrimmed } from '../choose-layout.ts';
import type { CsvIssues } from '../csv-issues.ts';
import type { Layout } from '../layout.ts';
import { REMEDIES } from '../remedies.ts';

/**
 * Returns the check of the records of one file: true when a record has the columns of its layout. One empty field more
 * at the end is tolerated. Empty ones left out are tolerated where the first record lacks them too, because a spreadsheet
 * leaves them out of every record; a short record among whole ones was cut.
 */
export function columnsCheck(layout: Layout, issues: CsvIssues): (row: number, cells: string[]) => boolean {
  const whole = layout.columns.length;
  let isFirstTrimmed: boolean | null = null;
  return (row, cells) => {
    const trimmed = isTrimmed(layout, cells);
    isFirstTrimmed ??= trimmed;
    if (cells.length === whole) return true;
    if (hasTrailingComma(layout, cells)) {
      const message = '行の終わりに余分なカンマが一つあり、読み飛ばしました';
      // leaving out an empty field loses nothing
      issues.add('F_CSV_COLUMNS', 'info', { row }, message, REMEDIES.trailingComma, 'comma');
      return true;
    }
    if (trimmed && isFirstTrimmed) {
      const message = `行の終わりの空の列（${whole - cells.length}列分）がありません。表計算ソフトで保存するとこうなります。空の列として読みました`;
      issues.add('F_CSV_EXCEL', 'info', { row }, message, REMEDIES.trimmed, 'trimmed');
      return true;
    }
    const message = `${cells.length}列あります。${layout.type}（${layout.title}）は${whole}列です`;
    const remedy = trimmed ? REMEDIES.cut : REMEDIES.columns;
    issues.add('F_CSV_COLUMNS', 'error', { row }, message, remedy, String(cells.length));
    return false;
  };
}
