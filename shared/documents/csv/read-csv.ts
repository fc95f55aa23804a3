import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { parseCsvName } from '../../packet/standard-csv-name.ts';
import { blankDocument, unreadDocument } from '../blank-document.ts';
import { reportInvalidBytes } from './checks/invalid-bytes.ts';
import { type CsvFile, type CsvSource, unjoinedCsvFile } from './csv-file.ts';
import { CsvIssues } from './csv-issues.ts';
import { MOST_READINGS } from './csv-limits.ts';
import { type CsvEncoding, csvEncoding, ENCODING_NAMES, InvalidBytes } from './decode-csv.ts';
import { rowInFile } from './part-place.ts';
import { RecordReader, TooManyReadings } from './record-reader.ts';
import { REMEDIES } from './remedies.ts';

/**
 * Reads one CSV file of the standard, with the keys for `checkCsvSets`.
 * Whatever is wrong with its contents is a finding.
 * @param mostReadings values the file may still give; with more it is left unread as a whole
 */
export async function readCsvFile(file: PacketFile, mostReadings = MOST_READINGS): Promise<CsvFile> {
  const bytes = await file.read();
  const rows = file.part?.rows;
  const source: CsvSource = {
    path: file.path,
    bytes,
    // Decided on the whole file: a part of it may have no letter that tells.
    encoding: rows ? (rows.encoding as CsvEncoding) : csvEncoding(bytes),
    name: parseCsvName(file.path),
    spans: rows?.spans,
    months: rows?.months,
  };
  const issues = new CsvIssues(file.path);
  const records = new RecordReader(source, issues, mostReadings);
  const end = readAll(records, source, issues);
  if (end === 'too many')
    return unjoinedCsvFile(
      unreadDocument(file, tooManyReadings(file, rowInFile(source.spans, records.count))),
    );
  const isDecoded = end === 'read';
  if (isDecoded) reportWholeFile(records, source, issues);
  records.rows?.finish();
  return toCsvFile(file, source, records, isDecoded, issues);
}

/** How reading ended: with the last record, at a byte that is no character, or at more values than a packet may hold. */
type End = 'read' | 'invalid' | 'too many';

function readAll(records: RecordReader, source: CsvSource, issues: CsvIssues): End {
  try {
    records.readAll();
    return 'read';
  } catch (error) {
    if (error instanceof TooManyReadings) return 'too many';
    if (!(error instanceof InvalidBytes)) throw error;
    reportInvalidBytes(error, source, records.layout, issues);
    return 'invalid';
  }
}

const tooManyReadings = (file: PacketFile, row: number): Finding =>
  fileFinding(
    'F_FILE_TOO_LARGE',
    'error',
    { file: file.path, row },
    `「${file.path}」は、${row}行目までで、1つの提出のCSVから読み取れる量（利用者・サービスなどの項目 ${MOST_READINGS} 個まで）を超えたため、読み取りを止めました。このファイルの内容は審査に使っていません。`,
    '利用者ごと・サービス提供月ごとにCSVを出力し、フォルダーを分けて送り直してください。',
  );

function reportWholeFile(
  { rows, contents, count }: RecordReader,
  { encoding, name, months }: CsvSource,
  issues: CsvIssues,
): void {
  const other = ENCODING_NAMES[encoding];
  if (other)
    issues.add(
      'F_CSV_ENCODING',
      'info',
      { row: 0 },
      `${other}で書かれています（標準仕様ではShift_JIS）。${other}として読みました`,
      REMEDIES.nothing,
    );
  if (name) rows?.compareName(name, months);
  contents?.report(issues);
  if (count === 0)
    issues.add('F_CSV_EMPTY', 'error', { row: 0 }, 'データの行が一つもありません', REMEDIES.rows);
}

function toCsvFile(
  file: PacketFile,
  { name }: CsvSource,
  { rows, layout, count }: RecordReader,
  isDecoded: boolean,
  issues: CsvIssues,
): CsvFile {
  const isUsed = isDecoded && layout !== null && rows !== null && rows.count > 0;
  const isUnknown = isDecoded && layout === null && count > 0;
  const document = blankDocument(file, {
    kind: isUsed ? layout.kind : null,
    title: layout?.type ?? name?.type ?? null,
    read_by: isUsed ? 'csv' : 'none',
    rows: count,
    outcome: isUsed ? 'used' : isUnknown ? 'unsupported' : 'unreadable',
    readings: rows?.readings.readings ?? [],
    findings: issues.findings(),
  });
  return unjoinedCsvFile(document, {
    layout,
    name,
    ...(rows && {
      keys: rows.readings.keys,
      keyOfReading: rows.readings.keyOfReading,
      images: rows.images,
    }),
  });
}
