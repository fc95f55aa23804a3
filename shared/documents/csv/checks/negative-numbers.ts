import type { CsvIssues } from '../csv-issues.ts';
import type { Column, Layout } from '../layout.ts';
import { REMEDIES } from '../remedies.ts';
import type { CheckedRow } from '../row-readings.ts';

/** Counts, days, units and amounts: none of the standard's numbers is negative. */
export function negativeNumberCheck(layout: Layout, issues: CsvIssues): (row: CheckedRow) => void {
  const columns: Column[] = layout.columns.filter(({ format }) => format === 'integer');
  return (row) => {
    for (const column of columns) {
      const value = row.values[column.no - 1] ?? '';
      if (value.startsWith('-'))
        issues.add(
          'F_CSV_VALUE',
          'warn',
          { row: row.row, column },
          `「${value}」は負の数です。回数・日数・単位数・金額に負の数はありません${column.key === 'count' ? '。使ったかどうかが分からないため、このサービスは月の区分に数えていません' : ''}`,
          REMEDIES.value,
          'negative',
        );
    }
  };
}
