import type { ByteSource } from './byte-source.ts';

/** `PK` begins every header of a ZIP; `PK 07 08` the first of several parts. */
export const isZip = (head: Uint8Array): boolean => {
  const text = Buffer.from(head.subarray(0, 4)).toString('latin1');
  return text.startsWith('PK') && text !== 'PK\x07\x08';
};

/** The end of a ZIP of several parts names the disk it is on (APPNOTE 4.3.16); of one part it is disk 0. */
export async function isLastOfSplit(source: ByteSource): Promise<boolean> {
  const from = Math.max(0, source.size - 0xffff - 22);
  const tail = await source.read(from, source.size - from);
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > tail.length) return false;
  const disk = tail.readUInt16LE(end + 4);
  // 0xffff: written in the record of ZIP64
  return disk > 0 && disk < 0xffff;
}
