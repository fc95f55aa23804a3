import type { ByteSource } from './byte-source.ts';

/** What the end of a ZIP says of it (APPNOTE 4.3.14–16). */
export interface ZipEnd {
  /** of the end record */
  start: number;
  /** behind the comment */
  end: number;
  /** bytes of the comment before `end` */
  commentLength: number;
  /** where the directory starts */
  directory: number;
  /** the record of ZIP64; null: it has no such record */
  zip64: number | null;
}

const END = 22;
export const ZIP64_LOCATOR = 20;
/** Without the sector that may follow it, which ordinary programs leave out. */
export const ZIP64_END = 56;

/** The end of a ZIP: some gateways add bytes after it, which would hide it. Null: it has none. */
export async function readEnd(source: ByteSource): Promise<ZipEnd | null> {
  const from = Math.max(0, source.size - 0xffff - 1024);
  const tail = await source.read(from, source.size - from);
  const mark = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (mark < 0 || mark + END > tail.length) return null;
  const start = from + mark;
  const end = Math.min(source.size, start + END + tail.readUInt16LE(mark + 20));
  const here = { start, end, commentLength: end - start - END };
  const locator = mark - ZIP64_LOCATOR;
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50)
    return { ...here, directory: tail.readUInt32LE(mark + 16), zip64: null };
  const zip64 = Number(tail.readBigUInt64LE(locator + 8));
  const record = await source.read(zip64, ZIP64_END);
  return { ...here, directory: record.length < ZIP64_END ? 0 : Number(record.readBigUInt64LE(48)), zip64 };
}
