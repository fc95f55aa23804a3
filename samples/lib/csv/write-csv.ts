import iconv from 'iconv-lite';
import { LAYOUTS } from './layouts/index.ts';

export const CSV_VERSION = '202407';

type CsvLayout = keyof typeof LAYOUTS;
/** UPJSK shares the layout of UPPLAN. */
export type CsvType = CsvLayout | 'UPJSK';
export type CsvRow = Record<string, string | number | undefined>;

export interface SampleFile {
  name: string;
  bytes: Uint8Array;
}

/** CSV format of one program: the standard does not define quoting, header rows and line ends. */
export interface CsvHabits {
  /** `text`: free text only; `all`: every cell; `none`: only cells that require quotes */
  quote: 'text' | 'all' | 'none';
  header: boolean;
  eol: '\r\n' | '\n';
  /** V3 has no 福祉用具 columns in 第6・7表, no service kinds in file names and no 介護予防 plan */
  version: '202407' | '202208';
}
const STANDARD: CsvHabits = { quote: 'text', header: false, eol: '\r\n', version: CSV_VERSION };
const ADDED_IN_V4 = ['TAISコード', '福祉用具届出コード', '*用具名称（機種名）'];

/** The bytes of one CSV file. Throws when a row names a column the layout lacks or a character CP932 lacks. */
export function writeCsv(type: CsvType, rows: CsvRow[], habits: CsvHabits = STANDARD): Uint8Array {
  const layout: readonly string[] = LAYOUTS[type === 'UPJSK' ? 'UPPLAN' : type];
  const known = new Set(layout.map((c) => c.replace('*', '')));
  const columns =
    habits.version === '202208' ? layout.filter((column) => !ADDED_IN_V4.includes(column)) : layout;
  const names = columns.map((c) => c.replace('*', ''));
  const lines = rows.map((row) => {
    for (const key of Object.keys(row)) if (!known.has(key)) throw new Error(`${type} has no column ${key}`);
    const versioned: CsvRow = 'CSVバージョン' in row ? { ...row, CSVバージョン: habits.version } : row;
    return columns.map((column, i) =>
      writeCell(String(versioned[names[i] as string] ?? ''), column.startsWith('*'), habits),
    );
  });
  if (habits.header) lines.unshift(names.map((name) => writeCell(name, true, habits)));
  return encodeCp932(lines.map((cells) => `${cells.join(',')}${habits.eol}`).join(''));
}

function writeCell(value: string, isText: boolean, { quote }: CsvHabits): string {
  const needs = /[",\r\n]/.test(value);
  const wants = quote === 'all' || (quote === 'text' && isText && value !== '');
  return needs || wants ? `"${value.replaceAll('"', '""')}"` : value;
}

export function encodeCp932(text: string): Uint8Array {
  const bytes = iconv.encode(text, 'cp932');
  if (iconv.decode(bytes, 'cp932') !== text) {
    const lost = [...text].find((char) => iconv.decode(iconv.encode(char, 'cp932'), 'cp932') !== char);
    throw new Error(`CP932 has no character for ${lost}`);
  }
  return bytes;
}
