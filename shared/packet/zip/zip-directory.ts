import type { ByteSource } from './byte-source.ts';

/** The central directory of a ZIP that can be read to its end. */
export interface Directory {
  start: number;
  /** from `start` to the end of the file */
  bytes: Buffer;
  /** offsets of the records in `bytes` */
  records: number[];
  /** offset of the end record in `bytes` */
  end: number;
}

/** An entry whose data needs more bytes than before. */
export interface GrownEntry {
  offset: number;
  growth: number;
}

/** Source of the layout: APPNOTE 4.3.12 (directory), 4.3.14–16 (its end, and that of ZIP64). */
export async function readDirectory(source: ByteSource): Promise<Directory | null> {
  const tailStart = Math.max(0, source.size - 0xffff - 1024);
  const tail = await source.read(tailStart, source.size - tailStart);
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) return null;
  const start = await directoryStart(source, tail, end);
  const bytes = await source.read(start, source.size - start);
  return { start, bytes, records: recordOffsets(bytes), end: tailStart + end - start };
}

async function directoryStart(source: ByteSource, tail: Buffer, end: number): Promise<number> {
  const start = tail.readUInt32LE(end + 16);
  const locator = end - 20;
  if (start !== IN_ZIP64 || locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) return start;
  const zip64End = await source.read(Number(tail.readBigUInt64LE(locator + 8)), 56);
  return Number(zip64End.readBigUInt64LE(48));
}

function recordOffsets(directory: Buffer): number[] {
  const offsets: number[] = [];
  for (let offset = 0; offset + 46 <= directory.length && directory.readUInt32LE(offset) === 0x02014b50; ) {
    offsets.push(offset);
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(offset + field));
    offset += 46 + name! + extra! + comment!;
  }
  return offsets;
}

/** Adapts the offsets in a directory to entries that grew: those of the entries after them, and its own. */
export function moveOffsets({ bytes, records, start, end }: Directory, grown: GrownEntry[]): void {
  if (grown.length === 0) return;
  const growthBefore = (offset: number): number =>
    grown.reduce((sum, entry) => sum + (entry.offset < offset ? entry.growth : 0), 0);
  const move = (field: number, oldOffset: number): void => {
    const moved = bytes.readUInt32LE(field) + growthBefore(oldOffset);
    if (moved >= IN_ZIP64) throw new Error('a nested ZIP has no room in a ZIP64');
    bytes.writeUInt32LE(moved, field);
  };
  for (const record of records) move(record + 42, bytes.readUInt32LE(record + 42));
  move(end + 16, start);
}

/** The value is in a ZIP64 field. */
const IN_ZIP64 = 0xffffffff;
