import type { CsvFile } from '../csv-file.ts';
import type { RowKey } from '../row-readings.ts';
import { isJoined } from './file-keys.ts';
import { report } from './report.ts';

/**
 * 実績 of one provider that came twice: from the provider, and passed on by the office. Reports kinds of services that
 * only one of the two has.
 */
export function compareUse(files: CsvFile[]): void {
  const used = files.filter((file) => file.layout!.type === 'UPJSK' && file.name !== null);
  for (const own of used)
    for (const passed of used) {
      if (own.name!.from === passed.name!.from) continue;
      const from = own.name!.from.padStart(10, '0');
      const differing = keysLeft(own).filter(
        (key) =>
          key.provider === from && hasProvider(passed, key) && kindsIn(own, key) !== kindsIn(passed, key),
      );
      if (differing.length > 0) reportDifference(own, passed, differing[0]!);
    }
}

const keysLeft = (file: CsvFile): RowKey[] => file.keys.filter((_, i) => !file.gone.has(i));

const ofProvider = (file: CsvFile, key: RowKey): RowKey[] =>
  keysLeft(file).filter((other) => isJoined(other, key) && other.provider === key.provider);

const hasProvider = (file: CsvFile, key: RowKey): boolean => ofProvider(file, key).length > 0;

const kindsIn = (file: CsvFile, key: RowKey): string =>
  [...new Set(ofProvider(file, key).map(({ kind }) => kind))].sort().join('・');

const reportDifference = (own: CsvFile, passed: CsvFile, key: RowKey): void =>
  report(
    passed,
    'F_CSV_SET',
    'review',
    key.row,
    `実績のサービス種類が、サービス事業所のファイル ${own.document.file}（${kindsIn(own, key)}）と、転送されたファイル ${passed.document.file}（${kindsIn(passed, key)}）で違います。`,
    'どちらが正しいか確かめ、正しい実績だけを出し直してください。',
  );
