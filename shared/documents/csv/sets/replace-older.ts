import type { CsvFile } from '../csv-file.ts';
import { REMEDIES } from '../remedies.ts';
import type { RowKey } from '../row-readings.ts';
import { dropReadings, firstRow, isJoined, isSame, keysIn, rowsText } from './file-keys.ts';
import { report } from './report.ts';
import { WITHDRAWN_BY } from './withdraw.ts';

/**
 * A file sent again replaces the older one of the same sender and key; no delete file is needed (標準仕様 5). 実績 that is
 * sent again is the whole month of the person: what the newer file lacks was not used.
 */
export function replaceOlder(files: CsvFile[]): void {
  const stamped = files.filter((file) => file.name !== null && !WITHDRAWN_BY[file.layout!.type]);
  for (const older of stamped) {
    const newer = stamped.filter((file) => isSentAgain(older, file));
    const repeated = keysOf(older, (key) => newer.some((file) => file.keys.some((k) => isSame(key, k))));
    const left = keysOf(older, (key, i) => !repeated.has(i) && isLeftOut(key, older, newer));
    const replaced = new Set([...repeated, ...left]);
    if (replaced.size === 0) continue;
    dropReadings(older, replaced);
    const names = newer.map((file) => file.document.file).join('、');
    report(
      older,
      'F_CSV_SET',
      'info',
      firstRow(older, replaced),
      `${older.document.file} は、同じ利用者の新しいファイル（${names}）に置き換えられたため、${replaced.size === older.keys.length ? '' : '該当する行の'}内容を使いません。`,
      REMEDIES.nothing,
    );
    if (left.size > 0) reportLeftOut(older, newer.at(-1)!, left);
  }
}

const isSentAgain = (older: CsvFile, file: CsvFile): boolean =>
  file.layout === older.layout &&
  file.name!.from === older.name!.from &&
  file.name!.fromKind === older.name!.fromKind &&
  file.name!.stamp > older.name!.stamp;

/** Keys that no delete file has withdrawn. */
const keysOf = (file: CsvFile, holds: (key: RowKey, index: number) => boolean): Set<number> =>
  new Set([...keysIn(file, () => true)].filter((i) => !file.gone.has(i) && holds(file.keys[i]!, i)));

/**
 * A newer file repeats other 実績 of this person and month and leaves this out. Without any in common the two files tell
 * of different providers, and both count.
 */
const isLeftOut = (key: RowKey, older: CsvFile, newer: CsvFile[]): boolean =>
  older.layout!.type === 'UPJSK' &&
  newer.some((file) =>
    older.keys.some((other) => isJoined(other, key) && file.keys.some((k) => isSame(other, k))),
  );

/** The provider's own newer file counts; whether an office that passes 実績 on left some out on purpose is asked. */
function reportLeftOut(older: CsvFile, newest: CsvFile, left: Set<number>): void {
  const isOwn = [...left].every((i) => older.keys[i]!.provider === older.name!.from.padStart(10, '0'));
  report(
    newest,
    'F_CSV_SET',
    isOwn ? 'info' : 'review',
    undefined,
    `前に送られた実績（${older.document.file} ${rowsText(older, left)}）にあったサービスが、新しい実績 ${newest.document.file} にありません。使わなかったものとして、新しい実績で審査しました。`,
    isOwn
      ? '使わなかったのであれば、対応は不要です。'
      : '使わなかったサービスを除いたのであれば、その旨を支援経過に書いて出してください。誤って除いたのであれば、すべてのサービスの実績を出し直してください。',
  );
}
