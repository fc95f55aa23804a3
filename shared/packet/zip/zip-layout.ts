import type { ByteSource } from './byte-source.ts';
import { ZIP64_END, ZIP64_LOCATOR, type ZipEnd } from './zip-end.ts';
import type { ZipEntry } from './zip-entry.ts';

/** Something of a ZIP whose bytes have a known use. */
export interface Placed {
  from: number;
  /** in Japanese */
  label: string;
  /** where its bytes end. `next`: where what follows starts */
  end(source: ByteSource, next: number): Promise<number>;
}

/** Bytes of a local header before its name, and of a record of the directory before its own (APPNOTE 4.3.7, 4.3.12). */
const LOCAL = 30;
const RECORD = 46;

/** Everything a ZIP is made of, in the order of its bytes; the order of its list may be another. */
export function layoutOf(entries: ZipEntry[], end: ZipEnd, directoryLength: number): Placed[] {
  const files = entries.map((entry, i) => ({
    from: entry.offset,
    label: `${i + 1}番目の項目`,
    end: (source: ByteSource, next: number) => endOfEntry(source, entry, next),
  }));
  const fixed = (from: number, length: number, label: string): Placed => ({
    ...{ from, label },
    end: async () => from + length,
  });
  const directory = end.directory + directoryLength;
  return [
    ...files,
    {
      from: end.directory,
      label: '目録',
      end: (source: ByteSource, next: number) => behindSignature(source, directory, next),
    },
    ...(end.zip64 === null
      ? []
      : [
          fixed(end.zip64, ZIP64_END, '末尾の記録（ZIP64）'),
          fixed(end.start - ZIP64_LOCATOR, ZIP64_LOCATOR, '末尾の記録（ZIP64）'),
        ]),
    fixed(end.start, end.end - end.start, '末尾の記録'),
  ].sort((a, b) => a.from - b.from);
}

/** How many records of a directory follow each other from a place on. */
export async function countRecords(source: ByteSource, from: number, end: number): Promise<number> {
  let at = from;
  for (let count = 0; ; count++) {
    const record = at + RECORD <= end ? await source.read(at, RECORD) : null;
    if (record?.readUInt32LE(0) !== 0x02014b50) return count;
    at += RECORD + record.readUInt16LE(28) + record.readUInt16LE(30) + record.readUInt16LE(32);
  }
}

/** Header, data and data descriptor. The header is read only where there is room before what follows. */
async function endOfEntry(source: ByteSource, entry: ZipEntry, next: number): Promise<number> {
  const least = entry.offset + LOCAL + entry.nameRaw.length + entry.compressedSize;
  if (least >= next) return least;
  const header = await source.read(entry.offset, LOCAL);
  if (header.length < LOCAL || header.readUInt32LE(0) !== 0x04034b50) return least;
  const names = header.readUInt16LE(26) + header.readUInt16LE(28);
  const end = entry.offset + LOCAL + names + entry.compressedSize;
  if (end >= next) return end;
  const isStreamed = (header.readUInt16LE(6) & 8) !== 0;
  const behind = await source.read(end, Math.min(next - end, Math.max(...DESCRIPTORS)));
  const descriptor = DESCRIPTORS.find((length) => isDescriptor(behind, length, entry));
  if (descriptor) return end + descriptor;
  // Of an encrypted file the values differ from those of the list; nothing else is as short.
  return isStreamed && DESCRIPTORS.includes(next - end) ? next : end;
}

/** Sizes of four or of eight bytes (ZIP64), behind a signature or without one (APPNOTE 4.3.9). */
const DESCRIPTORS = [24, 20, 16, 12];

function isDescriptor(bytes: Buffer, length: number, entry: ZipEntry): boolean {
  if (bytes.length < length) return false;
  const hasSignature = length % 8 === 0;
  const crc = hasSignature ? 4 : 0;
  const isWide = length >= 20;
  const size = (at: number): number => (isWide ? Number(bytes.readBigUInt64LE(at)) : bytes.readUInt32LE(at));
  return (
    (!hasSignature || bytes.readUInt32LE(0) === 0x08074b50) &&
    bytes.readUInt32LE(crc) === entry.crc32 &&
    size(crc + 4) === entry.compressedSize &&
    size(crc + (isWide ? 12 : 8)) === entry.unpackedSize
  );
}

/** Behind the digital signature of a directory, where it has one (APPNOTE 4.3.13). */
async function behindSignature(source: ByteSource, from: number, next: number): Promise<number> {
  const head = await source.read(from, 6);
  const isSigned = from + 6 <= next && head.length === 6 && head.readUInt32LE(0) === 0x05054b50;
  const end = isSigned ? from + 6 + head.readUInt16LE(4) : from;
  if (!isSigned || end > next) return from;
  const signature = await source.read(from, end - from);
  return signature.includes('PK\x03\x04', 0, 'latin1') ? from : end;
}
