import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { printable } from './printable.ts';

/** CSV for a spreadsheet: a cell it would run as a formula becomes text, and no cell has a control letter. */
export const toCsv = (rows: string[][]): string =>
  stringify(
    rows.map((cells) => cells.map(printableLines)),
    { record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ },
  );

/** Lines and tabs within a cell are quoted, and stay. */
const printableLines = (cell: string): string => cell.replace(/[^\r\n\t]+/g, printable);

/** A character CP932 does not have becomes 〓. */
export function toCp932(text: string): Buffer {
  const encodable = [...text].map((letter) =>
    letter === '?' || iconv.encode(letter, 'cp932').toString('latin1') !== '?' ? letter : '〓',
  );
  return iconv.encode(encodable.join(''), 'cp932');
}

/** With the mark by which a spreadsheet knows the encoding. */
export const toUtf8 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf8');
