import iconv from 'iconv-lite';
import { ZipFile } from 'yazl';

/** A ZIP with the same bytes each time: entries in the order given, one fixed time, no platform fields. */
const MTIME = new Date(2024, 9, 1); // local: a ZIP keeps wall-clock time, so the bytes do not depend on the time zone

export interface ZipEntry {
  path: string;
  bytes: Uint8Array;
}

/** `cp932`: names as Windows writes them, without the UTF-8 flag. */
export async function writeZip(entries: ZipEntry[], names: 'utf8' | 'cp932' = 'utf8'): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { path, bytes } of entries)
    zip.addBuffer(Buffer.from(bytes), path, { mtime: MTIME, forceDosTimestamp: true, mode: 0o100644 });
  if (names === 'cp932') renameEntries(zip, (name) => iconv.encode(name, 'cp932'));
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** yazl always writes UTF-8 names with the flag; Windows' own ZIP folder writes neither. */
function renameEntries(zip: ZipFile, encode: (name: string) => Buffer): void {
  for (const entry of (zip as unknown as { entries: RawEntry[] }).entries) {
    entry.utf8FileName = encode(entry.utf8FileName.toString('utf8'));
    for (const header of ['getLocalFileHeader', 'getCentralDirectoryRecord'] as const) {
      const write = entry[header].bind(entry);
      entry[header] = () => {
        const bytes = write();
        const flags = header === 'getLocalFileHeader' ? 6 : 8;
        bytes.writeUInt16LE(bytes.readUInt16LE(flags) & ~UTF8_FLAG, flags);
        return bytes;
      };
    }
  }
}

const UTF8_FLAG = 1 << 11;
interface RawEntry {
  utf8FileName: Buffer;
  getLocalFileHeader(): Buffer;
  getCentralDirectoryRecord(): Buffer;
}
