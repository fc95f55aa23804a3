import { hasTrailingComma, isTrimmed } from '../choose-layout.ts';
import type { CsvIssues } from '../csv-issues.ts';
import type { Layout } from '../layout.ts';
import { REMEDIES } from '../remedies.ts';

/** True when a record has the columns of its layout; one empty field more at the end is tolerated, and so are empty ones left out. */
export function hasRightColumns(layout: Layout, row: number, cells: string[], issues: CsvIssues): boolean {
  if (cells.length === layout.columns.length) return true;
  if (hasTrailingComma(layout, cells)) {
    issues.add(
      'F_CSV_COLUMNS',
      // leaving out an empty field loses nothing
      'info',
      { row },
      '行の終わりに余分なカンマが一つあり、読み飛ばしました',
      REMEDIES.trailingComma,
      'comma',
    );
    return true;
  }
  if (isTrimmed(layout, cells)) {
    const missing = layout.columns.length - cells.length;
    issues.add(
      'F_CSV_EXCEL',
      'info',
      { row },
      `行の終わりの空の列（${missing}列分）がありません。表計算ソフトで保存するとこうなります。空の列として読みました`,
      REMEDIES.trimmed,
      'trimmed',
    );
    return true;
  }
  issues.add(
    'F_CSV_COLUMNS',
    'error',
    { row },
    `${cells.length}列あります。${layout.type}（${layout.title}）は${layout.columns.length}列です`,
    REMEDIES.columns,
    String(cells.length),
  );
  return false;
}
