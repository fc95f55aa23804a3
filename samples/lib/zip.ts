import { crc32 } from 'node:zlib';
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

/**
 * A ZIP whose entries are marked as encrypted (flag bit 0): stored, with twelve bytes of header and the contents
 * inverted. No password opens it; a reader only sees that one is needed.
 */
export function encryptedZip(entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of entries) {
    const name = Buffer.from(path, 'utf8');
    const body = Buffer.concat([Buffer.alloc(12, 0x5a), Buffer.from(bytes.map((byte) => byte ^ 0xff))]);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(UTF8_FLAG | 1, 2);
    head.writeUInt16LE(0x5941, 8); // 2024-10-01
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(body.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, name, body]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), head, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('504b0506', 0, 'hex');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
