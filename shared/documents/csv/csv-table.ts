import type { RowSpan } from '../../packet/packet.ts';
import { parseCsvName } from '../../packet/standard-csv-name.ts';
import { decodeJapanese } from '../../text/decode.ts';
import { serviceKindName } from '../service-kinds.ts';
import { chooseLayout } from './choose-layout.ts';
import { type CsvEncoding, csvEncoding, decodeCsv, InvalidBytes } from './decode-csv.ts';
import type { Column, Layout } from './layout.ts';
import { type CsvRow, parseRows } from './parse-rows.ts';
import { rowInFile } from './part-place.ts';

/** A CSV file as a person reads it: the standard's column names over it, and what its codes mean. */
export interface CsvTable {
  /** type of the standard, and the title a clerk knows it by; null where no layout fits */
  type: string | null;
  title: string | null;
  encoding: CsvEncoding;
  /** some bytes are no characters of the encoding: they are shown as � */
  isDamaged: boolean;
  /** names of the columns; of a file of no known type their numbers */
  columns: string[];
  rows: CsvTableRow[];
  /** rows of the whole file */
  total: number;
}

export interface CsvTableRow {
  /** from 1, as a spreadsheet counts; what `where.row` of a finding names */
  row: number;
  cells: string[];
  /** the meaning of a code or a date, by the position of its cell */
  meanings: Record<number, string>;
}

/**
 * Reads the rows from `from` (a row number), at most `most`, of a file that may have any fault.
 * @param spans where these records are in the file that was sent, when they are a part of it
 */
export function csvTable(
  path: string,
  bytes: Uint8Array,
  { from = 1, most, spans }: { from?: number; most: number; spans?: RowSpan[] | undefined },
): CsvTable {
  const encoding = csvEncoding(bytes);
  const { text, isDamaged } = decodeForReading(bytes, encoding);
  const records = [...parseRows(text)]
    .filter(({ cells }) => cells.length > 1 || cells[0]?.trim())
    .map((record) => (spans ? { ...record, row: rowInFile(spans, record.row) } : record));
  const layout = layoutOf(path, records);
  const shown = records.filter(({ row }) => row >= from).slice(0, most);
  const widest = Math.max(0, ...shown.map(({ cells }) => cells.length));
  return {
    type: layout?.type ?? null,
    title: layout?.title ?? null,
    encoding,
    isDamaged,
    columns: Array.from({ length: Math.max(widest, layout?.columns.length ?? 0) }, (_, i) =>
      layout?.columns[i] ? layout.columns[i].name : `${i + 1}列目`,
    ),
    rows: shown.map(({ row, cells }) => ({ row, cells, meanings: meaningsOf(cells, layout) })),
    total: records.length,
  };
}

function decodeForReading(bytes: Uint8Array, encoding: CsvEncoding): { text: string[]; isDamaged: boolean } {
  try {
    return { text: [...decodeCsv(bytes, encoding)], isDamaged: false };
  } catch (error) {
    if (!(error instanceof InvalidBytes)) throw error;
    return { text: [decodeJapanese(bytes)], isDamaged: true };
  }
}

/** By the first record a layout fits: the record before it may be a header. */
function layoutOf(path: string, records: CsvRow[]): Layout | null {
  const name = parseCsvName(path);
  for (const { cells } of records.slice(0, 2)) {
    const { layout } = chooseLayout(path, name, cells);
    if (layout) return layout;
  }
  return null;
}

function meaningsOf(cells: string[], layout: Layout | null): Record<number, string> {
  const meanings: Record<number, string> = {};
  for (const [i, cell] of cells.entries()) {
    const column = layout?.columns[i];
    const meaning = column && meaningOf(column, cell.trim());
    if (meaning) meanings[i] = meaning;
  }
  return meanings;
}

/** The words of a code; a date and a month as ISO. */
function meaningOf({ codes, format }: Column, cell: string): string | null {
  if (codes) return Object.hasOwn(codes, cell) ? (codes[cell] ?? null) : null;
  const [, year, month, day] = /^([12]\d{3})([01]\d)([0-3]\d)?$/.exec(cell) ?? [];
  if (format.endsWith('date') && day) return `${year}-${month}-${day}`;
  if (format.endsWith('month') && month && !day) return `${year}-${month}`;
  return format === 'kind' ? serviceKindName(cell) : null;
}
