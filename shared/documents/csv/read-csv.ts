import type { PacketFile } from '../../packet/packet.ts';
import { type CsvName, parseCsvName } from '../../packet/standard-csv-name.ts';
import { findGaiji } from '../../text/normalise.ts';
import { isInsurerNumberSound, isOfficeNumberSound } from '../check-digits.ts';
import type { ReadDocument } from '../document.ts';
import { serviceKindName } from '../service-kinds.ts';
import { checkCell } from './check-cell.ts';
import { chooseLayout, hasTrailingComma, knownColumnCounts } from './choose-layout.ts';
import { CsvIssues, type Place } from './csv-issues.ts';
import { type CsvEncoding, csvEncoding, decodeCsv, findGaijiBytes, InvalidBytes } from './decode-csv.ts';
import type { Column, Layout } from './layout.ts';
import { EXPECTED_VERSION, LAYOUTS } from './layouts.ts';
import { type CsvRow, parseRows } from './parse-rows.ts';
import { REMEDIES } from './remedies.ts';
import { CheckedRow, isTotal, type RowKey, RowReadings } from './row-readings.ts';

/** A CSV file that was read, with what joins it to the other files of its set. */
export interface CsvFile {
  document: ReadDocument;
  /** null when nobody can say what the file is */
  layout: Layout | null;
  name: CsvName | null;
  /** every person and plan (or month) in it, once */
  keys: RowKey[];
  /** for each reading of the document the index in `keys`, -1 for readings of the whole file */
  keyOfReading: number[];
  /** pictures the file names, with their row */
  pictures: { name: string; row: number }[];
  /** indexes of keys that were withdrawn or replaced */
  gone: Set<number>;
}

/** Reads one CSV file of the standard. Whatever is wrong with its contents is a finding. */
export const readCsv = async (file: PacketFile): Promise<ReadDocument> => (await readCsvFile(file)).document;

/** As `readCsv`, with the keys for `checkCsvSets`. */
export async function readCsvFile(file: PacketFile): Promise<CsvFile> {
  const bytes = await file.read();
  return new CsvReader(file, bytes).read();
}

class CsvReader {
  readonly #file: PacketFile;
  readonly #bytes: Uint8Array;
  readonly #encoding: CsvEncoding;
  readonly #name: CsvName | null;
  readonly #issues: CsvIssues;
  readonly #readings: RowReadings;
  #layout: Layout | null = null;
  #expectedVersion: string = EXPECTED_VERSION.v4;
  #rows = 0;
  #readable = 0;
  #broken = 0;
  #gaiji = 0;
  #hasGaiji = false;
  #firstVersion = '';
  readonly #numbers = new Set<string>();
  /** distinct values of the columns the file name is compared with, with the first place of each */
  readonly #said = new Map<string, Map<string, Place>>();
  readonly #pictures: { name: string; row: number }[] = [];
  #carried: string[] = [];

  constructor(file: PacketFile, bytes: Uint8Array) {
    this.#file = file;
    this.#bytes = bytes;
    this.#encoding = csvEncoding(bytes);
    this.#name = parseCsvName(file.path);
    this.#issues = new CsvIssues(file.path);
    this.#readings = new RowReadings(file.path, (place, says) => this.#issues.fold(place, says));
  }

  read(): CsvFile {
    const decoded = this.#readRows();
    const layout = this.#layout;
    if (decoded && layout) this.#checkFile(layout);
    if (decoded && this.#rows === 0)
      this.#issues.add('F_CSV_EMPTY', 'error', { row: 0 }, 'データの行が一つもありません', REMEDIES.rows);
    this.#readings.finish();
    const isUsed = decoded && layout !== null && this.#readable > 0;
    const document: ReadDocument = {
      file: this.#file.path,
      kind: isUsed ? layout.kind : null,
      title: layout?.type ?? this.#name?.type ?? null,
      read_by: isUsed ? 'csv' : 'none',
      pages: null,
      rows: this.#rows,
      outcome: isUsed ? 'used' : decoded && layout === null && this.#rows > 0 ? 'unsupported' : 'unreadable',
      digest: this.#file.digest,
      readings: this.#readings.readings,
      findings: this.#issues.findings(),
    };
    return {
      document,
      layout,
      name: this.#name,
      keys: this.#readings.keys,
      keyOfReading: this.#readings.keyOfReading,
      pictures: this.#pictures,
      gone: new Set(),
    };
  }

  /** False when a byte could not be decoded. */
  #readRows(): boolean {
    try {
      for (const row of parseRows(this.#pieces())) this.#addRow(row);
    } catch (cause) {
      if (!(cause instanceof InvalidBytes)) throw cause;
      this.#tellInvalid(cause);
      return false;
    }
    if (this.#encoding === 'utf-8')
      this.#issues.add(
        'F_CSV_ENCODING',
        'info',
        { row: 0 },
        'UTF-8で書かれています（標準仕様ではShift_JIS）。UTF-8として読みました',
        REMEDIES.nothing,
      );
    return true;
  }

  *#pieces(): Generator<string> {
    for (const piece of decodeCsv(this.#bytes, this.#encoding)) {
      this.#hasGaiji ||= findGaiji(piece) >= 0;
      yield piece;
    }
  }

  #addRow({ row, cells, broken }: CsvRow): void {
    if (broken) {
      this.#rows++;
      this.#broken++;
      this.#issues.add(
        'F_CSV_QUOTE',
        'error',
        { row, column: this.#layout?.columns[broken.column - 1] ?? { no: broken.column, name: '不明' } },
        broken.why === 'unclosed'
          ? '引用符「"」が閉じられていません'
          : '引用符「"」の使い方が正しくありません',
        REMEDIES.quote,
      );
      return;
    }
    if (cells.length === 1 && (cells[0] ?? '').trim() === '') return;
    const isHeader = row === 1 && isHeaderRow(cells);
    if (!isHeader) this.#rows++;
    if (isHeader) {
      this.#issues.add(
        'F_CSV_HEADER',
        'info',
        { row },
        '見出し行とみなして読み飛ばしました',
        REMEDIES.header,
      );
      return;
    }
    if (!this.#layout && this.#rows - this.#broken === 1) this.#choose(row, cells);
    const layout = this.#layout;
    if (this.#hasGaiji) this.#findGaiji(row, cells);
    if (layout && this.#hasColumns(layout, row, cells)) this.#checkRow(layout, row, cells);
  }

  #choose(row: number, cells: string[]): void {
    const { layout, isV3, nameProblem } = chooseLayout(this.#file.path, this.#name, cells);
    this.#layout = layout;
    if (isV3) this.#expectedVersion = EXPECTED_VERSION.v3;
    if (nameProblem) this.#issues.add('F_CSV_NAME', 'warn', { row: 0 }, nameProblem, REMEDIES.name);
    if (!layout) {
      this.#issues.add(
        'F_CSV_TYPE',
        'error',
        { row },
        `${cells.length}列あり、標準仕様のどのCSVか決められません（標準仕様は ${knownColumnCounts()}）`,
        REMEDIES.type,
      );
      return;
    }
    if (/^(?:UP|DLT)\dKYO$/.test(layout.type))
      this.#issues.add(
        'F_CSV_TYPE',
        'warn',
        { row: 0 },
        `${layout.title}は介護給付の居宅サービス計画で、介護予防の書類ではありません`,
        REMEDIES.kyotaku,
      );
  }

  #hasColumns(layout: Layout, row: number, cells: string[]): boolean {
    if (cells.length === layout.columns.length) return true;
    if (hasTrailingComma(layout, cells)) {
      this.#issues.add(
        'F_CSV_COLUMNS',
        // a field with nothing in it loses nothing
        'info',
        { row },
        '行の終わりに余分なカンマが一つあり、読み飛ばしました',
        REMEDIES.trailingComma,
        'comma',
      );
      return true;
    }
    this.#issues.add(
      'F_CSV_COLUMNS',
      'error',
      { row },
      `${cells.length}列あります。${layout.type}（${layout.title}）は${layout.columns.length}列です`,
      REMEDIES.columns,
      String(cells.length),
    );
    return false;
  }

  #checkRow(layout: Layout, row: number, cells: string[]): void {
    // Total rows of a 別表 leave most items empty; only marks that are certain count for them.
    const isSum = layout.type === 'UPSIKYU' && isTotal(cells[(serviceColumn(layout)?.no ?? 0) - 1] ?? '');
    const values = layout.columns.map((column, i) => this.#checkCell(column, row, cells[i] ?? '', isSum));
    this.#carryDown(layout, values);
    const checked = new CheckedRow(row, layout, values, cells);
    this.#readable++;
    this.#checkVersion(checked);
    this.#checkNumbers(checked);
    this.#checkService(checked);
    this.#checkPeriod(checked);
    const picture = checked.get('image').trim();
    if (layout.type === 'UPKIHON' && picture) this.#pictures.push({ name: picture, row });
    for (const key of ['month', 'office', 'updated_by', 'provider'] as const) this.#note(checked, key);
    this.#readings.addRow(checked);
  }

  #checkCell(column: Column, row: number, raw: string, isSum: boolean): string {
    if (raw === '' || raw.trim() === '') {
      if (column.required && !(isSum && column.required === 'inferred'))
        this.#issues.add(
          'F_CSV_REQUIRED',
          column.required === 'certain' ? 'error' : 'warn',
          { row, column },
          '必須の項目が空です',
          REMEDIES.required,
        );
      return '';
    }
    if ((column.format === 'name' || column.format === 'kana') && LOST_CHARACTER.test(raw))
      this.#issues.add(
        'F_CSV_GAIJI',
        'warn',
        { row, column },
        '外字が「〓」「？」などの記号に置き換えられていて、氏名の文字が分かりません',
        REMEDIES.gaiji,
        'lost',
      );
    const { value, problem } = checkCell(column, raw);
    if (!problem) return value;
    const place = { row, column };
    const severity = column.required === 'certain' ? 'error' : 'warn';
    switch (problem.kind) {
      case 'folded':
        this.#issues.fold(place, problem.says);
        break;
      case 'excel':
        this.#issues.add('F_CSV_EXCEL', 'warn', place, problem.says, REMEDIES.spreadsheet);
        break;
      case 'lost':
        this.#issues.add('F_CSV_EXCEL', severity, place, problem.says, REMEDIES.spreadsheet, 'lost');
        break;
      case 'length':
        this.#issues.add('F_CSV_VALUE', 'info', place, problem.says, REMEDIES.value, 'length');
        break;
      case 'value':
        // The examples of the standard itself print some dates with six digits.
        this.#issues.add(
          'F_CSV_VALUE',
          column.format === 'date' && /^\d{6}$/.test(raw) ? 'warn' : severity,
          place,
          problem.says,
          REMEDIES.value,
        );
    }
    return value;
  }

  /** Texts printed once for a block are blank on the records after it. */
  #carryDown(layout: Layout, values: string[]): void {
    for (const { until, keys } of layout.carried) {
      const at = (key: string): number => layout.columns.findIndex((column) => column.key === key);
      const same = ['insurer', 'insured', layout.joins, ...until].every(
        (key) =>
          values[at(key)] === this.#carried[at(key)] || (until.includes(key) && values[at(key)] === ''),
      );
      if (!same) continue;
      for (const key of keys) values[at(key)] ||= this.#carried[at(key)] ?? '';
      for (const key of until) values[at(key)] ||= this.#carried[at(key)] ?? '';
    }
    if (layout.carried.length > 0) this.#carried = values;
  }

  #checkVersion(row: CheckedRow): void {
    const version = row.get('version');
    if (version === '') return;
    const place = { row: row.row, column: row.column('version') };
    if (this.#firstVersion === '') {
      this.#firstVersion = version;
      if (version !== this.#expectedVersion)
        this.#issues.add(
          'F_CSV_VERSION',
          'info',
          place,
          `CSVバージョンが ${version} です（標準は ${this.#expectedVersion}）`,
          REMEDIES.version,
        );
    } else if (version !== this.#firstVersion)
      this.#issues.add(
        'F_CSV_VERSION',
        'warn',
        place,
        `一つのファイルにCSVバージョン ${this.#firstVersion} と ${version} が混ざっています`,
        REMEDIES.output,
        'mixed',
      );
  }

  #checkNumbers(row: CheckedRow): void {
    for (const column of row.layout.columns) {
      if (column.format !== 'insurer' && column.format !== 'office') continue;
      const number = row.values[column.no - 1] ?? '';
      if (number === '' || number === '9999999999' || this.#numbers.has(number)) continue;
      this.#numbers.add(number);
      const isSound =
        column.format === 'insurer' ? isInsurerNumberSound(number) : isOfficeNumberSound(number);
      if (!isSound)
        this.#issues.add(
          'F_CSV_CHECK_DIGIT',
          'info',
          { row: row.row, column },
          `「${number}」の検査数字（最後の1桁）が計算と合いません`,
          REMEDIES.checkDigit,
        );
    }
  }

  #checkService(row: CheckedRow): void {
    const code = row.get('service');
    if (code === '' || isTotal(code)) return;
    const column = row.column('service');
    const kind = code.slice(0, 2);
    if (serviceKindName(kind) === null)
      this.#issues.add(
        'F_CSV_VALUE',
        'warn',
        { row: row.row, column },
        `サービスコード「${code}」の種類「${kind}」は、サービス種類の表にありません`,
        REMEDIES.value,
        kind,
      );
    if ((kind === '17' || kind === '67') && row.column('tais') && !row.get('tais') && !row.get('aid_code'))
      this.#issues.add(
        'F_CSV_REQUIRED',
        'warn',
        { row: row.row, column: row.column('tais') },
        '福祉用具貸与では、TAISコードか福祉用具届出コードのどちらかが必要です',
        REMEDIES.required,
        'tais',
      );
    const [month, day] = [row.get('month'), row.get('day')];
    if (month && day && !day.startsWith(month))
      this.#issues.add(
        'F_CSV_VALUE',
        'warn',
        { row: row.row, column: row.column('day') },
        `サービス利用日「${day}」が対象年月「${month}」の中にありません`,
        REMEDIES.value,
        'month',
      );
  }

  #checkPeriod(row: CheckedRow): void {
    const [from, to] = [row.get('cert_from'), row.get('cert_to')];
    if (from && to && from > to)
      this.#issues.add(
        'F_CSV_VALUE',
        'warn',
        { row: row.row, column: row.column('cert_to') },
        `認定有効期間の終わり「${to}」が始め「${from}」より前です`,
        REMEDIES.value,
        'order',
      );
  }

  #note(row: CheckedRow, key: string): void {
    const value = row.get(key);
    if (value === '') return;
    let values = this.#said.get(key);
    if (!values) {
      values = new Map();
      this.#said.set(key, values);
    }
    if (!values.has(value)) values.set(value, { row: row.row, column: row.column(key) });
  }

  /** Compares the file name with what the records say, and reads what only the name says. */
  #checkFile(layout: Layout): void {
    const name = this.#name;
    if (!name) return;
    const from = name.from.padStart(10, '0');
    this.#readings.ofFile('sender_number', from);
    this.#readings.ofFile('receiver_number', name.to.padStart(10, '0'));

    for (const [month, place] of this.#said.get('month') ?? [])
      if (name.month && month !== name.month && !(layout.type === 'UPHOSOKU' && /^0+$/.test(month)))
        this.#issues.add(
          'F_CSV_NAME',
          'warn',
          place,
          `対象年月「${month}」が、ファイル名の年月「${name.month}」と違います`,
          REMEDIES.name,
          'month',
        );
    const senders = SENDER_COLUMNS[layout.type]?.flatMap((key) => [...(this.#said.get(key) ?? [])]) ?? [];
    const [first] = senders;
    if (first && !senders.some(([number]) => number === from))
      this.#issues.add(
        'F_CSV_NAME',
        'warn',
        first[1],
        `事業所番号「${first[0]}」が、ファイル名の送信元「${from}」と違います`,
        REMEDIES.name,
        'sender',
      );
    for (const [label, number] of [
      ['送信元', from],
      ['送信先', name.to.padStart(10, '0')],
    ] as const)
      if (!this.#numbers.has(number) && !isOfficeNumberSound(number))
        this.#issues.add(
          'F_CSV_CHECK_DIGIT',
          'info',
          { row: 0 },
          `ファイル名の${label}「${number}」の検査数字（最後の1桁）が計算と合いません`,
          REMEDIES.checkDigit,
          label,
        );
  }

  #findGaiji(row: number, cells: string[]): void {
    for (const [i, cell] of cells.entries()) {
      const at = findGaiji(cell);
      if (at < 0) continue;
      const known = this.#layout?.columns[i];
      const column = { no: i + 1, name: known?.name ?? '不明' };
      // After broken quotes the characters before cannot be counted any more.
      const bytes =
        this.#encoding === 'cp932' && this.#broken === 0 && this.#gaiji < 5
          ? findGaijiBytes(this.#bytes, this.#gaiji)
          : null;
      this.#gaiji += cell.match(/[\ue000-\uf8ff]/g)?.length ?? 0;
      const code = bytes
        ? `${bytes.hex}（Shift_JIS）`
        : `U+${cell.charCodeAt(at).toString(16).toUpperCase()}`;
      this.#issues.add(
        'F_CSV_GAIJI',
        'warn',
        { row, column, ...(bytes ? { byte: bytes.offset } : {}) },
        `外字 ${code} があり、どの文字か分かりません`,
        REMEDIES.gaiji,
      );
    }
  }

  #tellInvalid(invalid: InvalidBytes): void {
    const { row, column } = this.#placeOf(invalid.offset);
    const [a, b] = this.#bytes;
    const isUtf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
    const says = isUtf16
      ? 'UTF-16（「Unicodeテキスト」）で書かれていて、読めません'
      : `先頭から ${invalid.offset.toLocaleString('ja-JP')} バイト目の ${invalid.hex} が、${
          this.#encoding === 'utf-8' ? 'UTF-8' : 'Shift_JIS（CP932）としてもUTF-8'
        }として読めません`;
    const layout = this.#layout ?? (this.#name && LAYOUTS[this.#name.type]);
    const name = layout?.columns[column - 1]?.name ?? '不明';
    this.#issues.add(
      'F_CSV_ENCODING',
      'error',
      { row, column: { no: column, name }, byte: invalid.offset },
      says,
      REMEDIES.encoding,
    );
  }

  /** The record and column a byte lies in, by reading everything before it once more. */
  #placeOf(offset: number): { row: number; column: number } {
    let place = { row: 1, column: 1 };
    const before = [...decodeCsv(this.#bytes.subarray(0, offset), this.#encoding)].join('');
    for (const { row, cells, broken } of parseRows([`${before}?`]))
      place = { row, column: broken?.column ?? cells.length };
    return place;
  }
}

/** What programs print for a character they cannot write. */
const LOST_CHARACTER = /[?？〓■□\ufffd]/;

const serviceColumn = (layout: Layout): Column | undefined =>
  layout.columns.find((column) => column.key === 'service');

/** Columns one of which holds the sender's number. */
const SENDER_COLUMNS: Partial<Record<Layout['type'], string[]>> = {
  UPPLAN: ['office', 'updated_by'],
  UPJSK: ['provider', 'office', 'updated_by'],
  UPSIKYU: ['updated_by'],
  UP1KYO: ['office', 'updated_by'],
};

/** A first record without CSVバージョン in front and without 被保険者番号 is a header some programs write. */
function isHeaderRow(cells: string[]): boolean {
  const first = (cells[0] ?? '')
    .normalize('NFKC')
    .replace(/^\ufeff/, '')
    .trim();
  return cells.length > 2 && !/^\d/.test(first) && !/\d{4}/.test((cells[2] ?? '').normalize('NFKC'));
}
