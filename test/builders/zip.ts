import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, crc32 as zlibCrc32 } from 'node:zlib';
import { cp932 } from './cp932.ts';

/** One entry of a ZIP that a test writes byte by byte, so that any field can be wrong. */
export interface ZipPart {
  name: string;
  bytes?: Uint8Array | string;
  /** how the name is written; default utf-8 with its flag */
  names?: 'utf-8' | 'utf-8-unflagged' | 'cp932';
  encrypted?: boolean;
  /** 0 stored, 8 deflated (default), or an unknown one */
  method?: number;
  /** contents that are deflated already */
  packed?: Uint8Array;
  /** declared instead of the real values */
  declared?: { size?: number; crc32?: number };
  /** sizes and CRC only after the data, as streaming writers do */
  streamed?: boolean;
  symlink?: boolean;
  host?: number;
}

/** A ZIP of the given parts, in their order. */
export function zip(parts: ZipPart[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = part.names === 'cp932' ? cp932(part.name) : Buffer.from(part.name, 'utf8');
    const bytes = Buffer.from(part.bytes ?? '');
    const method = part.method ?? 8;
    const packed = part.packed ? Buffer.from(part.packed) : method === 8 ? deflateRawSync(bytes) : bytes;
    const crc = part.declared?.crc32 ?? zlibCrc32(bytes);
    const size = part.declared?.size ?? bytes.length;
    const flags = (part.encrypted ? 1 : 0) | (part.streamed ? 8 : 0) | (part.names ? 0 : 0x800);
    const sizes = (crc32: number, packedSize: number, unpacked: number): Buffer => {
      const b = Buffer.alloc(12);
      b.writeUInt32LE(crc32 >>> 0, 0);
      b.writeUInt32LE(packedSize, 4);
      b.writeUInt32LE(unpacked >>> 0, 8);
      return b;
    };
    const head = Buffer.alloc(10);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(flags, 2);
    head.writeUInt16LE(method, 4);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(name.length, 0);
    const real = sizes(crc, packed.length, size);
    const piece = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      head,
      part.streamed ? sizes(0, 0, 0) : real,
      lengths,
      name,
      packed,
      ...(part.streamed ? [Buffer.from('PK\x07\x08', 'latin1'), real] : []),
    ]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(part.symlink ? 0xa1ff0000 : 0, 6);
    tail.writeUInt32LE(offset, 10);
    local.push(piece);
    central.push(
      Buffer.from('PK\x01\x02', 'latin1'),
      Buffer.from([20, part.host ?? (part.symlink ? 3 : 0)]),
      head,
      real,
      lengths,
      tail,
      name,
    );
    offset += piece.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

/** `zip` of file names and contents. */
export const zipOf = (files: Record<string, Uint8Array | string>): Buffer =>
  zip(Object.entries(files).map(([name, bytes]) => ({ name, bytes })));

/** Runs `use` with a file holding `bytes`, and removes the file afterwards. */
export async function withFile<T>(
  name: string,
  bytes: Uint8Array | string,
  use: (source: { name: string; file: string }) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-test-'));
  try {
    const file = join(folder, 'upload');
    writeFileSync(file, bytes);
    return await use({ name, file });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
