import type { Severity } from '../../../findings/finding.ts';
import type { CsvType } from '../../../packet/standard-csv-name.ts';
import type { CsvFile } from '../csv-file.ts';
import { REMEDIES } from '../remedies.ts';
import { checkStamps } from './check-stamps.ts';
import { firstRow, isJoined, keysIn, rowsText } from './file-keys.ts';
import { report } from './report.ts';

interface FileSet {
  parent: CsvType;
  parts: CsvType[];
  /** how much a missing part matters */
  severity: Severity;
  /** parts are refused without their parent */
  joined: boolean;
}

/** Files that travel together (標準仕様 2.4・3.3・3.4). */
export const SETS: FileSet[] = [
  { parent: 'UPYOBO', parts: ['UPYOBO_SUB'], severity: 'warn', joined: true },
  { parent: 'UPKIHON', parts: ['UPKIHON_SUB1', 'UPKIHON_SUB2'], severity: 'warn', joined: true },
  { parent: 'UPPLAN', parts: ['UPSIKYU', 'UPHOSOKU'], severity: 'info', joined: false },
];

/** Reports missing parts of a set, and rows without their counterpart. */
export function checkSet({ parent, parts, severity, joined }: FileSet, files: CsvFile[]): void {
  const parents = files.filter((file) => file.layout!.type === parent);
  const allParts = files.filter((file) => parts.includes(file.layout!.type));
  for (const file of parents) checkStamps(file, allParts);
  for (const type of parts) {
    const found = files.filter((file) => file.layout!.type === type);
    for (const file of parents) {
      if (found.length === 0) reportMissing(file, type, severity);
      else reportUnjoined(file, found, type, severity);
    }
    if (!joined) continue;
    for (const file of found) {
      if (parents.length > 0) reportOrphans(file, parents, parent);
      else
        report(
          file,
          'F_CSV_SET',
          'error',
          undefined,
          `${file.document.file}（${file.layout!.title}）だけがあり、本体の ${parent} がありません。`,
          `${parent} と ${type} を同じフォルダーに入れて送り直してください。`,
        );
    }
  }
}

const reportMissing = (file: CsvFile, type: CsvType, severity: Severity): void =>
  report(
    file,
    'F_CSV_SET',
    severity,
    undefined,
    `${file.document.file} と組になる ${type} がありません（標準仕様では一緒に送ります）。`,
    severity === 'info'
      ? REMEDIES.nothing
      : `同じ日時に出力された ${type} も同じフォルダーに入れて送り直してください。`,
  );

/** Persons (and plans) of the parent without a record in any part. */
function reportUnjoined(file: CsvFile, parts: CsvFile[], type: CsvType, severity: Severity): void {
  const alone = keysIn(file, (key) => !parts.some((part) => part.keys.some((other) => isJoined(key, other))));
  if (alone.size > 0)
    report(
      file,
      'F_CSV_KEY',
      severity,
      firstRow(file, alone),
      `${file.document.file} の ${alone.size} 件（${rowsText(file, alone)}）に対応する行が ${type} にありません（保険者番号・被保険者番号・日付で照合）。`,
      severity === 'info'
        ? REMEDIES.nothing
        : `${file.layout!.type} と ${type} を同時に出力し直してください。`,
    );
}

function reportOrphans(file: CsvFile, parents: CsvFile[], parent: CsvType): void {
  const orphans = keysIn(file, (key) => !parents.some((other) => other.keys.some((k) => isJoined(key, k))));
  if (orphans.size > 0)
    report(
      file,
      'F_CSV_KEY',
      'error',
      firstRow(file, orphans),
      `${file.document.file} の ${orphans.size} 件（${rowsText(file, orphans)}）に対応する行が ${parent} にありません（保険者番号・被保険者番号・日付で照合）。`,
      `${parent} と ${file.layout!.type} を同時に出力し直してください。`,
    );
}
