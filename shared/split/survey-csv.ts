import { chooseLayout } from '../documents/csv/choose-layout.ts';
import { type CsvEncoding, csvEncoding } from '../documents/csv/decode-csv.ts';
import type { Layout } from '../documents/csv/layout.ts';
import { parseRows } from '../documents/csv/parse-rows.ts';
import { isBlankLine, isHeaderRow, withoutMarks } from '../documents/csv/record-reader.ts';
import type { RowSpan } from '../packet/packet.ts';
import { cuttable } from '../packet/split-files.ts';
import { type CsvName, parseCsvName } from '../packet/standard-csv-name.ts';
import { decodeStrictly } from '../text/decode.ts';
import { nameKey } from '../text/normalise.ts';

/** Records of one person and month in a CSV. */
interface CsvTraces {
  /** null: the records name no person */
  number: string | null;
  insurer: string | null;
  /** comparable (`nameKey`); null where the layout has no name */
  name: string | null;
  /** YYYY-MM; null: of no month */
  month: string | null;
  /** ISO date of the plan or consultation */
  date: string | null;
  spans: RowSpan[];
}

export interface CsvSurvey {
  layout: Layout | null;
  name: CsvName | null;
  encoding: CsvEncoding;
  /** the bytes its records are in: those of the file, unless its encoding cannot be cut */
  bytes: Uint8Array;
  header: RowSpan | null;
  /** in the order of the file */
  traces: CsvTraces[];
  /** 実績 of a provider, which sends those of all its users in one file */
  isOfProvider: boolean;
}

/**
 * The persons that the records of a CSV name, without checking anything. Records are found byte by byte: quotes, commas and line
 * breaks are no part of a character in the encodings that are cut.
 */
export function surveyCsv(path: string, file: Uint8Array): CsvSurvey {
  const bytes = cuttable(file);
  const encoding = bytes === file ? csvEncoding(file) : 'utf-8';
  const survey: CsvSurvey = {
    layout: null,
    name: parseCsvName(path),
    encoding,
    bytes,
    header: null,
    traces: [],
    isOfProvider: false,
  };
  const records = new TracedRecords(survey, path);
  let byte = startOf(bytes);
  for (const { row, cells, length } of parseRows(pieces(bytes.subarray(byte)))) {
    records.add({ row, count: 1, byte, size: length }, cells);
    byte += length;
  }
  return survey;
}

/** Whether the first records are those of a file of the standard; what is not is not worth reading to its end. */
export function isOfStandard(path: string, file: Uint8Array): boolean {
  const first = [...parseRows(pieces(file.subarray(startOf(file), PIECE)))]
    .slice(0, 3)
    .map(({ cells }) => withoutMarks(cells));
  return first.some((cells) => chooseLayout(path, parseCsvName(path), cells).layout !== null);
}

/** Behind the byte order mark: before a quoted cell it would be a stray quote. */
const startOf = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

const PIECE = 64 * 1024;

function* pieces(bytes: Uint8Array): Generator<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let from = 0; from < buffer.length; from += PIECE)
    yield buffer.toString('latin1', from, Math.min(from + PIECE, buffer.length));
}

/** Columns of a layout for the person and month of a record. */
interface Columns {
  insured: number;
  insurer: number;
  month: number;
  date: number;
  name: number;
  office: number;
}

class TracedRecords {
  readonly #survey: CsvSurvey;
  readonly #path: string;
  readonly #byKey = new Map<string, CsvTraces>();
  #columns: Columns | null = null;
  #last: CsvTraces | null = null;

  constructor(survey: CsvSurvey, path: string) {
    this.#survey = survey;
    this.#path = path;
  }

  add(span: RowSpan, written: string[]): void {
    const cells = withoutMarks(written);
    if (span.row === 1 && isHeaderRow(cells)) {
      this.#survey.header = span;
      return;
    }
    // A blank line is of no person; it stays with the record before it.
    if (isBlankLine(cells)) {
      if (this.#last) extend(this.#last.spans, span);
      return;
    }
    this.#columns ??= this.#choose(cells);
    const of = this.#traceOf(cells);
    const key = `${of.insurer}|${of.number}|${of.month}|${of.number ? of.date : ''}`;
    const known = this.#byKey.get(key);
    const trace = known ?? { ...of, spans: [] };
    if (!known) {
      this.#byKey.set(key, trace);
      this.#survey.traces.push(trace);
    }
    trace.name ??= of.name;
    extend(trace.spans, span);
    this.#last = trace;
  }

  #choose(cells: string[]): Columns {
    const { name } = this.#survey;
    const { layout } = chooseLayout(this.#path, name, cells);
    this.#survey.layout = layout;
    const indexOf = (key: string): number => layout?.columns.findIndex((column) => column.key === key) ?? -1;
    const columns = {
      insured: indexOf('insured'),
      insurer: indexOf('insurer'),
      month: indexOf('month'),
      date: indexOf('date'),
      name: layout?.columns.findIndex(({ field }) => field === 'name') ?? -1,
      office: indexOf('office'),
    };
    const planner = (cells[columns.office] ?? '').trim();
    this.#survey.isOfProvider =
      layout?.type === 'UPJSK' && name !== null && planner !== '' && !isSameOffice(name.from, planner);
    return columns;
  }

  #traceOf(cells: string[]): Omit<CsvTraces, 'spans'> {
    const at = (index: number): string => this.#text(cells[index] ?? '');
    const c = this.#columns!;
    const month = at(c.month);
    const date = at(c.date);
    return {
      number: numberOf(at(c.insured)),
      insurer: /^[0-9]{5,6}$/.test(at(c.insurer)) ? at(c.insurer).padStart(6, '0') : null,
      name: nameKey(at(c.name)) || null,
      month: isMonth(month) ? `${month.slice(0, 4)}-${month.slice(4)}` : null,
      date: isDay(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : null,
    };
  }

  /** A cell of bytes as text: width folded, without blanks around it. */
  #text(cell: string): string {
    const { encoding } = this.#survey;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII
    if (/^[\x00-\x7f]*$/.test(cell)) return cell.trim();
    const bytes = Buffer.from(cell, 'latin1');
    return (decodeStrictly(encoding === 'ascii' ? 'cp932' : encoding, bytes) ?? '').normalize('NFKC').trim();
  }
}

/** Zeros in front get lost in spreadsheets. */
const numberOf = (cell: string): string | null =>
  /^[0-9H][0-9]{9}$/.test(cell) ? cell : /^[1-9][0-9]{3,8}$/.test(cell) ? cell.padStart(10, '0') : null;

const isMonth = (cell: string): boolean => /^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])$/.test(cell);
const isDay = (cell: string): boolean => /^(?:19|20)[0-9]{6}$/.test(cell);
const isSameOffice = (a: string, b: string): boolean => a.padStart(10, '0') === b.padStart(10, '0');

/** Adds a record to the spans, as part of the last where it follows it. */
function extend(spans: RowSpan[], next: RowSpan): void {
  const last = spans.at(-1);
  if (last && last.byte + last.size === next.byte && last.row + last.count === next.row) {
    last.count += next.count;
    last.size += next.size;
  } else spans.push({ ...next });
}
