import { findGaiji } from '../../text/normalise.ts';
import { columnsCheck } from './checks/columns.ts';
import { gaijiCheck } from './checks/gaiji.ts';
import { ContentCheck } from './checks/no-content.ts';
import { chooseLayout, knownColumnCounts } from './choose-layout.ts';
import type { CsvSource } from './csv-file.ts';
import type { CsvIssues } from './csv-issues.ts';
import { decodeCsv } from './decode-csv.ts';
import type { Layout } from './layout.ts';
import { type CsvRow, parseRows } from './parse-rows.ts';
import { rowInFile } from './part-place.ts';
import { REMEDIES } from './remedies.ts';
import { RowReader } from './row-reader.ts';

/** The values of a file are more than one packet may hold. */
export class TooManyReadings extends Error {}

/** Takes the records of one file: leaves out header and blank lines, finds the layout, and reads the rows by it. */
export class RecordReader {
  /** null until the first record, and where no layout fits it */
  layout: Layout | null = null;
  rows: RowReader | null = null;
  contents: ContentCheck | null = null;
  /** records with data, broken ones included */
  count = 0;
  #broken = 0;
  #hasGaiji = false;
  #hasFormula = false;
  #hasRightColumns: ReturnType<typeof columnsCheck> = () => false;
  readonly #source: CsvSource;
  readonly #issues: CsvIssues;
  readonly #checkGaiji: ReturnType<typeof gaijiCheck>;
  readonly #mostReadings: number;

  constructor(source: CsvSource, issues: CsvIssues, mostReadings: number) {
    this.#mostReadings = mostReadings;
    this.#source = source;
    this.#issues = issues;
    this.#checkGaiji = gaijiCheck(source, issues);
  }

  /**
   * @throws InvalidBytes at the first byte that cannot be decoded
   * @throws TooManyReadings at the first record with which the file has more than `mostReadings`
   */
  readAll(): void {
    const { spans } = this.#source;
    for (const record of parseRows(this.#pieces()))
      this.#read(spans ? { ...record, row: rowInFile(spans, record.row) } : record);
  }

  *#pieces(): Generator<string> {
    for (const piece of decodeCsv(this.#source.bytes, this.#source.encoding)) {
      this.#hasGaiji ||= findGaiji(piece) >= 0;
      yield piece;
    }
  }

  #read(record: CsvRow): void {
    const { row, broken } = record;
    const cells = withoutMarks(record.cells);
    if (broken) this.#reportQuotes(row, broken);
    else if (row === 1 && isHeaderRow(cells)) this.#reportHeader(row);
    else if (!isBlankLine(cells)) {
      this.#readRecord(row, cells);
      const marked = cells === record.cells ? record.formula : firstChanged(cells, record.cells);
      if (marked !== null) this.#reportFormula(row, marked);
    }
  }

  /** One finding for a file: a spreadsheet writes every number of a column so. */
  #reportFormula(row: number, no: number): void {
    if (this.#hasFormula) return;
    this.#hasFormula = true;
    this.#issues.add(
      'F_CSV_EXCEL',
      'warn',
      { row, column: this.layout?.columns[no - 1] ?? { no, name: '不明' } },
      '番号が、表計算ソフトの書き方（="0012" など）になっています。記号を除いて読みました',
      REMEDIES.spreadsheet,
      'formula',
    );
  }

  #readRecord(row: number, cells: string[]): void {
    this.count++;
    if (!this.layout && this.count - this.#broken === 1) this.#chooseLayout(row, cells);
    if (this.#hasGaiji) this.#checkGaiji(row, cells, this.layout, this.#broken > 0);
    if (this.rows && this.#hasRightColumns(row, cells)) {
      this.rows.read(row, cells);
      this.contents?.look(row, cells);
    }
    if ((this.rows?.readings.readings.length ?? 0) > this.#mostReadings) throw new TooManyReadings();
  }

  #reportQuotes(row: number, { column, why }: NonNullable<CsvRow['broken']>): void {
    this.count++;
    this.#broken++;
    this.#issues.add(
      'F_CSV_QUOTE',
      'error',
      { row, column: this.layout?.columns[column - 1] ?? { no: column, name: '不明' } },
      why === 'unclosed' ? '引用符「"」が閉じられていません' : '引用符「"」の使い方が正しくありません',
      REMEDIES.quote,
    );
  }

  #reportHeader(row: number): void {
    this.#issues.add('F_CSV_HEADER', 'info', { row }, '見出し行とみなして読み飛ばしました', REMEDIES.header);
  }

  #chooseLayout(row: number, cells: string[]): void {
    const { path, name } = this.#source;
    const { layout, isV3, nameProblem } = chooseLayout(path, name, cells);
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
    this.layout = layout;
    this.#hasRightColumns = columnsCheck(layout, this.#issues);
    this.contents = new ContentCheck(layout);
    this.rows = new RowReader(path, layout, isV3 ? 'v3' : 'v4', this.#issues);
    if (/^(?:UP|DLT)\dKYO$/.test(layout.type))
      this.#issues.add(
        'F_CSV_TYPE',
        'warn',
        { row: 0 },
        `${layout.title}は介護給付の居宅サービス計画で、介護予防の書類ではありません`,
        REMEDIES.kyotaku,
      );
  }
}

/** `="0012"` that was quoted once more, and the apostrophe before a number: spreadsheets keep zeros so. */
const MARKED = /^(?:="([^"]*)"|'([0-9A-Z]+))$/;

/** The cells without the marks of spreadsheets; the same array where there are none. */
export function withoutMarks(cells: string[]): string[] {
  if (!cells.some((cell) => (cell[0] === '=' || cell[0] === "'") && MARKED.test(cell))) return cells;
  return cells.map((cell) => {
    const [, formula, number] = MARKED.exec(cell) ?? [];
    return formula ?? number ?? cell;
  });
}

const firstChanged = (cells: string[], originals: string[]): number =>
  cells.findIndex((cell, i) => cell !== originals[i]) + 1;

export const isBlankLine = (cells: string[]): boolean => cells.length === 1 && (cells[0] ?? '').trim() === '';

/** A first record without CSVバージョン in front and without 被保険者番号 is a header some programs write. */
export function isHeaderRow(cells: string[]): boolean {
  const first = (cells[0] ?? '')
    .normalize('NFKC')
    .replace(/^\ufeff/, '')
    .trim();
  return cells.length > 2 && !/^\d/.test(first) && !/\d{4}/.test((cells[2] ?? '').normalize('NFKC'));
}
