/**
 * The format of LevelDB's log and manifest files: blocks with records of checksum, length, type and data.
 * https://github.com/google/leveldb/blob/main/doc/log_format.md
 */
const BLOCK = 32 * 1024;
const HEADER = 7;
const TYPES = [1, 2, 3, 4];

export interface LogDamage {
  /** records that cannot be read: LevelDB drops them, and what follows in their block, without a word */
  unreadable: number;
  /** bytes of a last record that was not written to its end, as after a power cut */
  cutOff: number;
}

export function checkLog(bytes: Buffer): LogDamage {
  const damage: LogDamage = { unreadable: 0, cutOff: 0 };
  for (let start = 0; start < bytes.length; start += BLOCK)
    checkBlock(bytes.subarray(start, start + BLOCK), start + BLOCK >= bytes.length, damage);
  return damage;
}

function checkBlock(block: Buffer, isLast: boolean, damage: LogDamage): void {
  for (let at = 0; at < block.length; ) {
    const left = block.length - at;
    // A rest too short for a header is filled with zeros; at the end of the file it is what was written of one.
    if (left < HEADER) {
      if (block.length < BLOCK) damage.cutOff += left;
      return;
    }
    const size = HEADER + block.readUInt16LE(at + 4);
    if (size > left && isLast && at + size <= BLOCK) {
      damage.cutOff += left;
      return;
    }
    const isReadable = size <= left && TYPES.includes(block[at + 6]!) && isIntact(block, at, size);
    if (!isReadable) {
      damage.unreadable++;
      return;
    }
    at += size;
  }
}

/** The records of a log up to the first that cannot be read: LevelDB writes one in parts where it crosses a block. */
export function* readLog(bytes: Buffer): Generator<Buffer> {
  const [whole, first, middle] = TYPES;
  let parts: Buffer[] = [];
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const left = BLOCK - (at % BLOCK);
    const size = HEADER + bytes.readUInt16LE(at + 4);
    const type = bytes[at + HEADER - 1]!;
    if (left < HEADER) {
      at += left;
      continue;
    }
    if (size > left || at + size > bytes.length || !TYPES.includes(type) || !isIntact(bytes, at, size))
      return;
    if (type === whole || type === first) parts = [];
    parts.push(bytes.subarray(at + HEADER, at + size));
    if (type !== first && type !== middle) yield Buffer.concat(parts);
    at += size;
  }
}

const isIntact = (block: Buffer, at: number, size: number): boolean =>
  block.readUInt32LE(at) === masked(crc32c(block.subarray(at + HEADER - 1, at + size)));

/** A checksum as LevelDB stores it. */
export const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

/** Castagnoli's polynomial, reflected. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
