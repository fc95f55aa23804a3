import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { safePath } from '../../packet/safe-path.ts';
import { toCp932, toCsv, toUtf8 } from '../../text/csv.ts';
import { sha256 } from '../../text/digest.ts';

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
    await this.put(`${name}_utf8.csv`, toUtf8(csv), `${what}（UTF-8）`);
    await this.put(`${name}_cp932.csv`, toCp932(csv), `${what}（CP932）`);
  }
}

/** A path from an archive as a safe one: inside the folder, without characters a file system refuses. */
export function safeFileName(path: string): string {
  const parts = safePath(path).parts.map((part) => part.replace(REFUSED, '_').slice(-120));
  return parts.length > 0 ? join(...parts) : '_';
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const REFUSED = /[\u0000-\u001f\u007f\\:*?"<>|]/g;
