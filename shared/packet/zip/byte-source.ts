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

/** A file up to this size is read once. */
const SMALL = 8 * 1024 ** 2;
/** Bytes of a larger file that are read at once: a month's ZIP has thousands of small entries, one behind the other. */
const BLOCK = 1024 ** 2;
const KEPT_BLOCKS = 4;

export async function fileSource(file: string): Promise<ByteSource> {
  const { size } = await stat(file);
  if (size <= SMALL) return bufferSource(await readFile(file));
  const blocks = new FileBlocks(file, size);
  const read = (start: number, length: number): Promise<Buffer> =>
    length > BLOCK ? readRange(file, start, Math.min(length, size - start)) : blocks.read(start, length);
  return {
    size,
    read,
    stream(start, end) {
      if (end - start > BLOCK) return createReadStream(file, { start, end: end - 1 });
      return Readable.from(end > start ? once(() => read(start, end - start)) : []);
    },
  };
}

async function* once(read: () => Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await read();
}

async function readRange(file: string, start: number, length: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.max(0, length));
    let filled = 0;
    // One read may give less than was asked for, without the end of the file.
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

/** The blocks of a file read last. */
class FileBlocks {
  readonly #kept = new Map<number, Promise<Buffer>>();
  readonly #file: string;
  readonly #size: number;

  constructor(file: string, size: number) {
    this.#file = file;
    this.#size = size;
  }

  /** @param length at most one block's */
  async read(start: number, length: number): Promise<Buffer> {
    const end = Math.min(start + length, this.#size);
    if (end <= start) return Buffer.alloc(0);
    const [first, last] = [Math.floor(start / BLOCK), Math.floor((end - 1) / BLOCK)];
    const from = start - first * BLOCK;
    const head = (await this.#block(first)).subarray(from, from + end - start);
    if (first === last) return head;
    return Buffer.concat([head, (await this.#block(last)).subarray(0, end - last * BLOCK)]);
  }

  #block(n: number): Promise<Buffer> {
    const block =
      this.#kept.get(n) ?? readRange(this.#file, n * BLOCK, Math.min(BLOCK, this.#size - n * BLOCK));
    this.#kept.delete(n);
    this.#kept.set(n, block);
    block.catch(() => this.#kept.delete(n));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_BLOCKS && oldest !== undefined) this.#kept.delete(oldest);
    return block;
  }
}

export const bufferSource = (buffer: Buffer): ByteSource => ({
  size: buffer.length,
  read: async (start, length) => buffer.subarray(start, start + length),
  stream: (start, end) => Readable.from(start < end ? [buffer.subarray(start, end)] : []),
});
