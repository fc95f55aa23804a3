import { crc32, deflateRawSync } from 'node:zlib';

/** What a ZIP states about the bytes of an entry. */
export interface EntryHeader {
  /** 0 stored, 8 deflated */
  method: number;
  crc32: number;
  packed: number;
  unpacked: number;
}

export interface PackedEntry {
  bytes: Buffer;
  header: EntryHeader;
}

export const emptyEntry = (): PackedEntry => ({
  bytes: Buffer.alloc(0),
  header: { method: 0, crc32: 0, packed: 0, unpacked: 0 },
});

export function packEntry(contents: Buffer, method: number): PackedEntry {
  const bytes = method === 8 ? deflateRawSync(contents, { level: 9 }) : contents;
  return {
    bytes,
    header: { method, crc32: crc32(contents), packed: bytes.length, unpacked: contents.length },
  };
}

/** Offset of each field. */
export type HeaderFields = Record<keyof EntryHeader | 'flags', number>;

/** In a local header without its first 6 bytes (APPNOTE 4.3.7). */
export const LOCAL_FIELDS: HeaderFields = { flags: 0, method: 2, crc32: 8, packed: 12, unpacked: 16 };
/** In a record of the directory (APPNOTE 4.3.12). */
export const RECORD_FIELDS: HeaderFields = { flags: 8, method: 10, crc32: 16, packed: 20, unpacked: 24 };

/** Writes the sizes into the header itself, not after the data. The flag of the name's encoding stays. */
export function writeHeader(bytes: Buffer, start: number, fields: HeaderFields, header: EntryHeader): void {
  const flags = bytes.readUInt16LE(start + fields.flags);
  bytes.writeUInt16LE(flags & ~(ENCRYPTED | STREAMED), start + fields.flags);
  bytes.writeUInt16LE(header.method, start + fields.method);
  bytes.writeUInt32LE(header.crc32, start + fields.crc32);
  bytes.writeUInt32LE(header.packed, start + fields.packed);
  bytes.writeUInt32LE(header.unpacked, start + fields.unpacked);
}
const ENCRYPTED = 1;
const STREAMED = 8;
