import { crc32c, masked } from './check-log.ts';

/**
 * The format of LevelDB's table files: blocks, each followed by its compression and a checksum, an index of the blocks, and
 * a footer. https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
const FOOTER = 48;
const MAGIC = Buffer.from('57fb808b247547db', 'hex');
/** compression (1 byte) and checksum */
const TRAILER = 5;
const SNAPPY = 1;

/** Where a block is in its file: offset and length in bytes, without the trailer. */
type Handle = [offset: number, length: number];

/** Why a table file cannot be trusted, as words that follow its name; null: every block has the bytes that were written. LevelDB does not compare them. */
export function tableDamage(bytes: Buffer): string | null {
  const footer = bytes.subarray(-FOOTER);
  if (footer.length < FOOTER || !footer.subarray(-MAGIC.length).equals(MAGIC)) return 'が途中で切れている';
  try {
    const [metaOffset, metaLength, ...index] = readNumbers(footer, 4) as [number, number, number, number];
    const blocks = [...handlesIn(bytes, [metaOffset, metaLength]), ...handlesIn(bytes, index)];
    const unreadable = blocks.filter((handle) => !isIntact(bytes, handle)).length;
    return unreadable > 0 ? `の ${unreadable} か所が書いたときと違う` : null;
  } catch (error) {
    if (error instanceof RangeError) return 'の目次が書いたときと違う';
    throw error;
  }
}

function isIntact(bytes: Buffer, [offset, length]: Handle): boolean {
  const end = offset + length + 1;
  if (end + TRAILER - 1 > bytes.length - FOOTER) return false;
  return bytes.readUInt32LE(end) === masked(crc32c(bytes.subarray(offset, end)));
}

/** The blocks that an index block names. Throws RangeError when it is damaged. */
function handlesIn(bytes: Buffer, handle: Handle): Handle[] {
  if (!isIntact(bytes, handle)) throw new RangeError('index');
  const [offset, length] = handle;
  const packed = bytes.subarray(offset, offset + length);
  const block = bytes[offset + length] === SNAPPY ? unpackSnappy(packed) : packed;
  // Behind the entries: the offsets of those written with their whole key, and the number of these offsets.
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4);
  const handles: Handle[] = [];
  const cursor = { at: 0 };
  while (cursor.at < end) {
    const [, keyLength, valueLength] = readNumbers(block, 3, cursor) as [number, number, number];
    const value = block.subarray(cursor.at + keyLength, cursor.at + keyLength + valueLength);
    handles.push(readNumbers(value, 2) as Handle);
    cursor.at += keyLength + valueLength;
  }
  return handles;
}

/** Numbers of 7 bits a byte, the lowest first (varint). Throws RangeError at the end of the bytes. */
function readNumbers(bytes: Buffer, count: number, cursor = { at: 0 }): number[] {
  return Array.from({ length: count }, () => {
    let value = 0;
    for (let power = 1; ; power *= 128) {
      const byte = bytes.readUInt8(cursor.at++);
      value += (byte & 0x7f) * power;
      if (byte < 0x80) return value;
    }
  });
}

/** https://github.com/google/snappy/blob/main/format_description.txt Throws RangeError for damaged bytes. */
function unpackSnappy(packed: Buffer): Buffer {
  const cursor = { at: 0 };
  const [size] = readNumbers(packed, 1, cursor) as [number];
  const unpacked = Buffer.alloc(size);
  let filled = 0;
  while (cursor.at < packed.length) {
    const tag = packed.readUInt8(cursor.at++);
    const kind = tag & 3;
    if (kind === 0) {
      let length = tag >> 2;
      if (length >= 60) {
        const width = length - 59;
        length = packed.readUIntLE(cursor.at, width);
        cursor.at += width;
      }
      filled += packed.copy(unpacked, filled, cursor.at, cursor.at + length + 1);
      cursor.at += length + 1;
      continue;
    }
    const width = kind === 3 ? 4 : kind;
    const low = packed.readUIntLE(cursor.at, width);
    cursor.at += width;
    const distance = kind === 1 ? ((tag >> 5) << 8) | low : low;
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    for (let i = 0; i < length; i++, filled++)
      unpacked.writeUInt8(unpacked.readUInt8(filled - distance), filled);
  }
  return unpacked;
}
