import type { CsvIssues } from '../csv-issues.ts';
import type { Layout } from '../layout.ts';
import { REMEDIES } from '../remedies.ts';
import { type CheckedRow, isTotal } from '../row-readings.ts';
import { EQUIPMENT_KINDS } from './service.ts';

/** Rows remembered at a time: more than a month of one person has, and no more memory for a whole city's file. */
const REMEMBERED = 20_000;

/** Columns that are the same in every row of a file, or of one person's. */
const CONSTANT = new Set(['version', 'insurer', 'made', 'office', 'author', 'updated_by', 'provider_name']);

/**
 * Rows that are the same in every column. Of services each counts twice by them, so a person looks; two things of one kind
 * may be lent. Elsewhere nothing is counted, and the office reads a note. A row with only its keys is an unused line of
 * the form.
 */
export function repeatedRowCheck(layout: Layout, issues: CsvIssues): (row: CheckedRow) => void {
  const hasServices = layout.columns.some(({ key }) => key === 'count');
  const compared = layout.columns.filter(({ key }) => !CONSTANT.has(key));
  const keys = new Set(['insured', layout.joins]);
  const seen = new Map<string, number>();
  return (row) => {
    let contents = '';
    let isFilled = hasServices;
    for (const { key, no } of compared) {
      // The rows of a block differ from another's by what the form prints once for it.
      const cell = row.raws[no - 1] || row.values[no - 1];
      if (!cell) continue;
      contents += `${no} ${cell} `;
      isFilled ||= !keys.has(key);
    }
    if (!isFilled) return;
    const first = seen.get(contents);
    if (first === undefined) {
      if (seen.size >= REMEMBERED) seen.clear();
      seen.set(contents, row.row);
    } else if (hasServices) reportService(row, first, issues);
    else
      issues.add(
        'F_CSV_VALUE',
        'info',
        { row: row.row },
        `${first}行目と同じ内容の行です。内容は一度だけ読みました`,
        REMEDIES.repeatedContents,
        'repeated',
      );
  };
}

function reportService(row: CheckedRow, first: number, issues: CsvIssues): void {
  const service = row.get('service');
  if (isTotal(service)) return;
  const isCounted = !EQUIPMENT_KINDS.has(service.slice(0, 2));
  issues.add(
    'F_CSV_VALUE',
    isCounted ? 'warn' : 'info',
    { row: row.row },
    `${first}行目と同じ利用者・日時・サービス・事業所の行です${isCounted ? '。サービスが二重に数えられるおそれがあります' : ''}`,
    isCounted ? REMEDIES.repeated : REMEDIES.repeatedItem,
    'repeated',
  );
}
