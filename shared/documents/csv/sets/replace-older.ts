import type { CsvFile } from '../csv-file.ts';
import { REMEDIES } from '../remedies.ts';
import { dropReadings, firstRow, isSame, keysIn } from './file-keys.ts';
import { report } from './report.ts';
import { WITHDRAWN_BY } from './withdraw.ts';

/** A file sent again replaces the older one of the same sender and key; no delete file is needed (標準仕様 5). */
export function replaceOlder(files: CsvFile[]): void {
  const stamped = files.filter((file) => file.name !== null && !WITHDRAWN_BY[file.layout!.type]);
  for (const older of stamped) {
    const newer = stamped.filter(
      (file) =>
        file.layout === older.layout &&
        file.name!.from === older.name!.from &&
        file.name!.stamp > older.name!.stamp,
    );
    const replaced = keysIn(older, (key) =>
      newer.some((file) => file.keys.some((other) => isSame(key, other))),
    );
    if (replaced.size === 0) continue;
    dropReadings(older, replaced);
    report(
      older,
      'F_CSV_SET',
      'info',
      firstRow(older, replaced),
      `${older.document.file} は、同じ利用者の新しいファイル（${newer.map((file) => file.document.file).join('、')}）に置き換えられたため、${replaced.size === older.keys.length ? '' : '該当する行の'}内容を使いません。`,
      REMEDIES.nothing,
    );
  }
}
