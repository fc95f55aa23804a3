import type { ByteSource } from './byte-source.ts';
import type { ZipEntry } from './zip-entry.ts';

const LOCAL = Buffer.from('PK\x03\x04', 'latin1');
const MARK = Buffer.from('PK', 'latin1');
const WINDOW = 1024 * 1024;

/**
 * Entries of a ZIP without a directory, by walking its local headers (APPNOTE 4.3.7). An entry without its size
 * (bit 3) extends to the next header; its CRC is then in the data descriptor after it. Entries that
 * are cut off are listed too: reading them fails with a finding.
 */
export async function recoverEntries(source: ByteSource, maxEntries: number): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  let position = await findMark(source, 0, isLocalHeader);
  while (position < source.size && entries.length <= maxEntries) {
    const header = await source.read(position, 30);
    if (header.length < 30 || !header.subarray(0, 4).equals(LOCAL)) break;
    const flags = header.readUInt16LE(6);
    const nameLength = header.readUInt16LE(26);
    const dataStart = position + 30 + nameLength + header.readUInt16LE(28);
    let compressedSize = header.readUInt32LE(18);
    let crc32 = header.readUInt32LE(14);
    let next = dataStart + compressedSize;
    if ((flags & 8) !== 0 && compressedSize === 0) {
      next = await findMark(source, dataStart, isAnyHeader);
      const descriptor = next < source.size ? await source.read(Math.max(dataStart, next - 16), 16) : null;
      const isDescriptor = descriptor?.subarray(0, 4).equals(Buffer.from('PK\x07\x08', 'latin1'));
      compressedSize = next - dataStart - (isDescriptor ? 16 : 0);
      crc32 = isDescriptor && descriptor ? descriptor.readUInt32LE(4) : 0;
    }
    entries.push({
      nameRaw: Buffer.from(await source.read(position + 30, nameLength)),
      flaggedUtf8: (flags & 0x800) !== 0,
      unicodeName: null,
      madeOnWindows: false,
      encrypted: (flags & 1) !== 0,
      symlink: false,
      method: header.readUInt16LE(8),
      crc32,
      compressedSize,
      unpackedSize: header.readUInt32LE(22),
      offset: position,
    });
    position = await findMark(source, next, isAnyHeader);
  }
  return entries;
}

const isLocalHeader = (bytes: Buffer, at: number): boolean => bytes[at + 2] === 3 && bytes[at + 3] === 4;
/** a local header, or the start of the directory */
const isAnyHeader = (bytes: Buffer, at: number): boolean =>
  isLocalHeader(bytes, at) || (bytes[at + 2] === 1 && bytes[at + 3] === 2);

/** Place of the next header from `start`, or the size of the source. */
async function findMark(
  source: ByteSource,
  start: number,
  isMark: (bytes: Buffer, at: number) => boolean,
): Promise<number> {
  for (let from = start; from < source.size; from += WINDOW - 3) {
    const bytes = await source.read(from, WINDOW);
    for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1))
      if (isMark(bytes, at)) return from + at;
  }
  return source.size;
}
