import type { CsvIssues } from '../csv-issues.ts';
import { REMEDIES } from '../remedies.ts';
import type { CheckedRow } from '../row-readings.ts';

/** Columns 6–9 of a 利用票: two of them have a mark, and which ones could not be read in the printed standard. */
const CANDIDATES = ['office', 'author', 'units', 'days_before'] as const;
const MARKED = 2;

/** Notes a record of a 利用票 that must lack a marked column: it fills fewer of the four than have a mark. */
export function checkPlanner(row: CheckedRow, issues: CsvIssues): void {
  if (row.layout.type !== 'UPPLAN' && row.layout.type !== 'UPJSK') return;
  if (CANDIDATES.filter((key) => row.get(key) !== '').length >= MARKED) return;
  const names = CANDIDATES.flatMap((key) => row.column(key)?.name ?? []).join('・');
  issues.add(
    'F_CSV_REQUIRED',
    'info',
    { row: row.row, column: row.column('office') },
    `${names}のうち二つは標準仕様で必須ですが、書かれていません`,
    REMEDIES.planner,
    'planner',
  );
}
