import type { CsvFile } from '../csv-file.ts';
import type { RowKey } from '../row-readings.ts';

export const isSame = (a: RowKey, b: RowKey): boolean =>
  isJoined(a, b) && a.provider === b.provider && a.kind === b.kind;

/** 補足情報 that belongs to a plan has no month, and the other way round. */
export const isJoined = (a: RowKey, b: RowKey): boolean =>
  a.insurer === b.insurer && a.insured === b.insured && a.when === b.when;

export const isLater = (file: CsvFile, than: CsvFile): boolean =>
  file.name !== null && than.name !== null && file.name.stamp > than.name.stamp;

export const keysIn = (file: CsvFile, holds: (key: RowKey) => boolean): Set<number> =>
  new Set(file.keys.flatMap((key, i) => (holds(key) ? [i] : [])));

export const firstRow = (file: CsvFile, keys: Set<number>): number | undefined =>
  file.keys.find((_, i) => keys.has(i))?.row;

export function rowsText(file: CsvFile, keys: Set<number>): string {
  const rows = file.keys.filter((_, i) => keys.has(i)).map((key) => `${key.row}行目`);
  return rows.length > 5 ? `${rows.slice(0, 5).join('、')} など` : rows.join('、');
}

/** Every key of the file was withdrawn or replaced. */
export const isEmptied = (file: CsvFile): boolean =>
  file.keys.length > 0 && file.gone.size === file.keys.length;

export function dropReadings(file: CsvFile, keys: Set<number>): void {
  for (const key of keys) file.gone.add(key);
  const isAll = isEmptied(file);
  const keeps = file.keyOfReading.map((key) => !isAll && !file.gone.has(key));
  file.document.readings = file.document.readings.filter((_, i) => keeps[i]);
  file.keyOfReading = file.keyOfReading.filter((_, i) => keeps[i]);
  // A withdrawn document does not count as a required one.
  if (isAll) file.document.kind = null;
}
