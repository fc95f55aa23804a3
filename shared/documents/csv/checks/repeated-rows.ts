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
 * Rows of services that are the same in every column: the service counts twice by them, so a person looks. Two things of
 * one kind may be lent.
 */
export function repeatedRowCheck(layout: Layout, issues: CsvIssues): (row: CheckedRow) => void {
  if (!layout.columns.some(({ key }) => key === 'count')) return () => {};
  const indexes = layout.columns.filter(({ key }) => !CONSTANT.has(key)).map(({ no }) => no - 1);
  const seen = new Map<string, number>();
  return (row) => {
    const { raws } = row;
    let contents = '';
    for (const i of indexes) if (raws[i]) contents += `${i}${raws[i]} `;
    const first = seen.get(contents);
    if (first === undefined) {
      if (seen.size >= REMEMBERED) seen.clear();
      seen.set(contents, row.row);
      return;
    }
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
  };
}
