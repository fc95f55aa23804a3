import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { safePath } from '../../packet/safe-path.ts';
import { sha256 } from '../../text/digest.ts';
import { printable } from '../../text/printable.ts';

export interface ExportedFile {
  path: string;
  bytes: number;
  /** hex */
  sha256: string;
  what: string;
}

/** A folder of an export, with the list of what was written into it. */
export class ExportFolder {
  readonly files: ExportedFile[] = [];
  private readonly out: string;

  constructor(out: string) {
    this.out = out;
  }

  /** The second of two files with one name gets a number: nothing is overwritten. */
  async put(path: string, bytes: Buffer, what: string): Promise<void> {
    let free = path;
    for (let n = 2; this.files.some((one) => one.path === free); n++)
      free = path.replace(/(\.[^.]*)?$/, `(${n})$1`);
    await mkdir(dirname(join(this.out, free)), { recursive: true });
    await writeFile(join(this.out, free), bytes, { flag: 'wx' });
    this.files.push({ path: free, bytes: bytes.length, sha256: sha256(bytes), what });
  }

  async table(name: string, columns: string[], rows: string[][], what: string): Promise<void> {
    const csv = toCsv([columns, ...rows]);
    await this.put(`${name}_utf8.csv`, Buffer.from(`\ufeff${csv}`, 'utf8'), `${what}（UTF-8）`);
    await this.put(`${name}_cp932.csv`, toCp932(csv), `${what}（CP932）`);
  }
}

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

/** A path from an archive as a safe one: inside the folder, without characters a file system refuses. */
export function safeFileName(path: string): string {
  const parts = safePath(path).parts.map((part) => part.replace(REFUSED, '_').slice(-120));
  return parts.length > 0 ? join(...parts) : '_';
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const REFUSED = /[\u0000-\u001f\u007f\\:*?"<>|]/g;
