import type { CsvFile } from '../csv-file.ts';
import { REMEDIES } from '../remedies.ts';
import { report } from './report.ts';

/**
 * Files of one sending unit carry the same time in their names (標準仕様 2.5・3.5). Notes a file whose parts were put out
 * at another time: one of them may be of an older state.
 */
export function checkStamps(parent: CsvFile, parts: CsvFile[]): void {
  const named = parts.filter((part) => part.name !== null && part.name.from === parent.name?.from);
  const together = new Set(
    named.filter((part) => part.name!.stamp === parent.name!.stamp).map((part) => part.layout!.type),
  );
  const differing = named.filter((part) => !together.has(part.layout!.type));
  if (differing.length === 0) return;
  report(
    parent,
    'F_CSV_SET',
    'info',
    undefined,
    `${parent.document.file} と ${differing.map((part) => part.document.file).join('、')} は、ファイル名の日時が違います（標準仕様では一緒に出力したファイルは同じ日時です）。`,
    REMEDIES.stamps,
  );
}
