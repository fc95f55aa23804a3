import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** Bytes that can be read from any place: a file on disk, or an unpacked ZIP in memory. */
export interface ByteSource {
  size: number;
  /** up to `length` bytes from `start`; fewer only at the end */
  read(start: number, length: number): Promise<Buffer>;
  /** bytes from `start` up to (not including) `end` */
  stream(start: number, end: number): Readable;
}

/** A file up to this size is read once: opening it again for every entry of a month's ZIP costs more than reading it. */
const SMALL = 8 * 1024 ** 2;

export async function fileSource(file: string): Promise<ByteSource> {
  const { size } = await stat(file);
  if (size <= SMALL) return bufferSource(await readFile(file));
  return {
    size,
    async read(start, length) {
      const handle = await open(file, 'r');
      try {
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    stream: (start, end) =>
      end > start ? createReadStream(file, { start, end: end - 1 }) : Readable.from([]),
  };
}

export const bufferSource = (buffer: Buffer): ByteSource => ({
  size: buffer.length,
  read: async (start, length) => buffer.subarray(start, start + length),
  stream: (start, end) => Readable.from(start < end ? [buffer.subarray(start, end)] : []),
});
