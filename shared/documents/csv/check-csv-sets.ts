import { type Finding, fileFinding, type Severity } from '../../findings/finding.ts';
import type { FindingCode } from '../../findings/finding-codes.ts';
import { type CsvType, isFamilyImageName } from '../../packet/standard-csv-name.ts';
import type { CsvFile } from './csv-file.ts';
import { REMEDIES } from './remedies.ts';
import type { RowKey } from './row-readings.ts';

/**
 * Checks the CSV files of one packet together, after each was read: withdraws what a delete file names, lets a newer file
 * replace an older one, and reports missing parts of a set. Findings go to the documents they are about.
 * @param paths all files of the packet, for the images a file names
 */
export function checkCsvSets(files: CsvFile[], paths: string[]): void {
  const read = files.filter((file) => file.document.outcome === 'used' && file.layout !== null);
  withdraw(read);
  replaceOlder(read);
  const current = read.filter((file) => file.document.outcome === 'used' && !isEmptied(file));
  // A file that cannot be read has its own finding; it is not missing.
  const unread = new Set(
    files.filter((file) => file.document.outcome !== 'used').map((f) => f.document.title),
  );
  for (const { parent, parts, ...set } of SETS)
    if (!unread.has(parent))
      checkSet({ ...set, parent, parts: parts.filter((p) => !unread.has(p)) }, current);
  checkImages(current, paths);
  preferCodes(current);
}

/** The files a delete file withdraws (標準仕様 2.3・3.3: deletes cascade). */
const WITHDRAWN_BY: Partial<Record<CsvType, CsvType[]>> = {
  DLT1KYO: ['UP1KYO', 'UP2KYO', 'UP3KYO'],
  DLTPLAN: ['UPPLAN', 'UPSIKYU'],
  DLTJSK: ['UPJSK'],
  DLTKIHON: ['UPKIHON', 'UPKIHON_SUB1', 'UPKIHON_SUB2'],
  DLTYOBO: ['UPYOBO', 'UPYOBO_SUB'],
};

function withdraw(files: CsvFile[]): void {
  for (const deletion of files) {
    const types = WITHDRAWN_BY[deletion.layout!.type];
    if (!types) continue;
    const targets = files.filter((file) => types.includes(file.layout!.type) && !isLater(file, deletion));
    let found = false;
    for (const target of targets) {
      const withdrawn = keysIn(target, (key) => deletion.keys.some((gone) => isSame(gone, key)));
      if (withdrawn.size === 0) continue;
      found = true;
      dropReadings(target, withdrawn);
      report(
        target,
        'F_CSV_DELETED',
        'info',
        firstRow(target, withdrawn),
        `${target.document.file} は、削除ファイル ${deletion.document.file} により取り下げられたため、${withdrawn.size === target.keys.length ? '' : '該当する行の'}内容を使いません。`,
        REMEDIES.nothing,
      );
    }
    if (!found)
      report(
        deletion,
        'F_CSV_DELETED',
        'review',
        deletion.keys[0]?.row,
        `${deletion.document.file} が取り下げる書類は、この提出の中にありません。前に提出した書類の取下げと思われます。`,
        '前に提出した書類を取り下げるときは、提出先の地域包括支援センターにも連絡してください。',
      );
  }
}

/** A file sent again replaces the older one of the same sender and key; no delete file is needed (標準仕様 5). */
function replaceOlder(files: CsvFile[]): void {
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

interface FileSet {
  parent: CsvType;
  parts: CsvType[];
  /** how much a missing part matters */
  severity: Severity;
  /** parts are refused without their parent */
  joined: boolean;
}

/** Files that travel together (標準仕様 2.4・3.3・3.4). */
const SETS: FileSet[] = [
  { parent: 'UPYOBO', parts: ['UPYOBO_SUB'], severity: 'warn', joined: true },
  { parent: 'UPKIHON', parts: ['UPKIHON_SUB1', 'UPKIHON_SUB2'], severity: 'warn', joined: true },
  { parent: 'UPPLAN', parts: ['UPSIKYU', 'UPHOSOKU'], severity: 'info', joined: false },
];

function checkSet({ parent, parts, severity, joined }: FileSet, files: CsvFile[]): void {
  const parents = files.filter((file) => file.layout!.type === parent);
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

/** 利用者基本情報 always travels with the family picture it names (標準仕様 3.3). */
function checkImages(files: CsvFile[], paths: string[]): void {
  const names = new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1).toLowerCase()));
  for (const file of files)
    for (const { name, row } of file.images)
      if (!names.has(name.toLowerCase()) && !paths.some(isFamilyImageName))
        report(
          file,
          'F_CSV_SET',
          'warn',
          row,
          `${file.document.file} ${row}行目に書かれた家族構成の画像「${name}」が、提出の中にありません。`,
          '画像ファイルも同じフォルダーに入れて送り直してください。',
        );
}

/** 利用票 names services by code; the free text of the plan's 別表 only counts where there is no 利用票. */
function preferCodes(files: CsvFile[]): void {
  const hasCodes = files.some(
    ({ document, layout }) =>
      layout!.type !== 'UPYOBO_SUB' && document.readings.some((r) => r.field === 'service_planned'),
  );
  if (!hasCodes) return;
  for (const { document, layout } of files)
    if (layout!.type === 'UPYOBO_SUB')
      document.readings = document.readings.filter((r) => r.field !== 'service_planned');
}

const isSame = (a: RowKey, b: RowKey): boolean =>
  isJoined(a, b) && a.provider === b.provider && a.kind === b.kind;

/** 補足情報 that belongs to a plan has no month, and the other way round. */
const isJoined = (a: RowKey, b: RowKey): boolean =>
  a.insurer === b.insurer && a.insured === b.insured && a.when === b.when;

const isLater = (file: CsvFile, than: CsvFile): boolean =>
  file.name !== null && than.name !== null && file.name.stamp > than.name.stamp;

const keysIn = (file: CsvFile, holds: (key: RowKey) => boolean): Set<number> =>
  new Set(file.keys.flatMap((key, i) => (holds(key) ? [i] : [])));

const firstRow = (file: CsvFile, keys: Set<number>): number | undefined =>
  file.keys.find((_, i) => keys.has(i))?.row;

function rowsText(file: CsvFile, keys: Set<number>): string {
  const rows = file.keys.filter((_, i) => keys.has(i)).map((key) => `${key.row}行目`);
  return rows.length > 5 ? `${rows.slice(0, 5).join('、')} など` : rows.join('、');
}

/** Every key of the file was withdrawn or replaced. */
const isEmptied = (file: CsvFile): boolean => file.keys.length > 0 && file.gone.size === file.keys.length;

function dropReadings(file: CsvFile, keys: Set<number>): void {
  for (const key of keys) file.gone.add(key);
  const isAll = isEmptied(file);
  const keeps = file.keyOfReading.map((key) => !isAll && !file.gone.has(key));
  file.document.readings = file.document.readings.filter((_, i) => keeps[i]);
  file.keyOfReading = file.keyOfReading.filter((_, i) => keeps[i]);
  // A withdrawn document does not count as a required one.
  if (isAll) file.document.kind = null;
}

function report(
  file: CsvFile,
  code: FindingCode,
  severity: Severity,
  row: number | undefined,
  message: string,
  remedy: string,
): void {
  const finding: Finding = fileFinding(
    code,
    severity,
    { file: file.document.file, ...(row === undefined ? {} : { row }) },
    message,
    remedy,
  );
  file.document.findings.push(finding);
}
