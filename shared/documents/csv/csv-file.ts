import type { RowSpan } from '../../packet/packet.ts';
import type { CsvName } from '../../packet/standard-csv-name.ts';
import type { ReadDocument } from '../document.ts';
import type { CsvEncoding } from './decode-csv.ts';
import type { Layout } from './layout.ts';
import type { RowKey } from './row-readings.ts';

/** One CSV file as it came. */
export interface CsvSource {
  path: string;
  bytes: Uint8Array;
  encoding: CsvEncoding;
  /** null when the file name is not of the standard */
  name: CsvName | null;
  /** where these records are in the file that was sent; absent: they are all of it */
  spans?: RowSpan[] | undefined;
  /** months of all records of the file that was sent, YYYYMM, where it has several */
  months?: string[] | undefined;
}

/** A CSV file that was read, with the keys that join it to the other files of its set. */
export interface CsvFile {
  document: ReadDocument;
  /** null when the type of the file is unknown */
  layout: Layout | null;
  name: CsvName | null;
  /** every person and plan (or month) in it, once */
  keys: RowKey[];
  /** for each reading of the document the index in `keys`, -1 for readings of the whole file */
  keyOfReading: number[];
  /** images the file names, with their row */
  images: { name: string; row: number }[];
  /** indexes of keys that were withdrawn or replaced */
  gone: Set<number>;
}

/** A file of which nothing joins the others. */
export const unjoinedCsvFile = (document: ReadDocument, parts: Partial<CsvFile> = {}): CsvFile => ({
  document,
  layout: null,
  name: null,
  keys: [],
  keyOfReading: [],
  images: [],
  gone: new Set(),
  ...parts,
});
