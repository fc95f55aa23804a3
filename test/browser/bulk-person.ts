import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { unzipSync } from 'fflate';
import iconv from 'iconv-lite';
import { zip } from '../builders/zip.ts';

const BULK = resolve(import.meta.dirname, '../../samples/packets/kumamoto-bulk.zip');

/** The papers of one person of the bulk of samples/, whose names are in CP932. */
export const papersOf = (insuredNumber: string): { name: string; bytes: Uint8Array }[] =>
  Object.entries(unzipSync(readFileSync(BULK)))
    .map(([name, bytes]) => ({ name: iconv.decode(Buffer.from(name, 'latin1'), 'cp932'), bytes }))
    .filter(({ name }) => name.startsWith(`${insuredNumber}_`));

/** A ZIP as the file chooser of the page takes it. */
export const chosenZip = (name: string, parts: Parameters<typeof zip>[0]) => ({
  name,
  mimeType: 'application/zip',
  buffer: zip(parts),
});
