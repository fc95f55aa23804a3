import { Readable } from 'node:stream';
import type { ByteSource } from './byte-source.ts';

/** Bytes that replace others: `bytes`, then zeros up to `length`. */
export interface Splice {
  /** half-open range that is replaced */
  from: number;
  to: number;
  bytes: Buffer;
  /** bytes there afterwards; without it, as many as before */
  length?: number;
}

interface Piece {
  /** its offset in the spliced source */
  at: number;
  length: number;
  /** where it comes from: a place in the source, or bytes followed by zeros */
  of: number | Buffer;
}

const ZEROS = Buffer.alloc(64 * 1024);

/** A source with some of its bytes replaced; nothing is copied before it is read. Splices may not overlap. */
export function splicedSource(source: ByteSource, splices: Splice[]): ByteSource {
  const pieces: Piece[] = [];
  let size = 0;
  let read = 0;
  const add = (length: number, of: Piece['of']): void => {
    if (length > 0) pieces.push({ at: size, length, of });
    size += length;
  };
  for (const { from, to, bytes, length } of [...splices].sort((a, b) => a.from - b.from)) {
    add(from - read, read);
    add(length ?? to - from, bytes);
    read = to;
  }
  add(source.size - read, read);

  async function* chunks(start: number, end: number): AsyncGenerator<Buffer> {
    for (const { at, length, of } of pieces) {
      let from = Math.max(0, start - at);
      const to = Math.min(length, end - at);
      if (from >= to) continue;
      if (typeof of === 'number') {
        yield* source.stream(of + from, of + to) as AsyncIterable<Buffer>;
        continue;
      }
      if (from < of.length) yield of.subarray(from, to);
      for (from = Math.max(from, of.length); from < to; from += ZEROS.length)
        yield ZEROS.subarray(0, Math.min(ZEROS.length, to - from));
    }
  }
  return {
    size,
    async read(start, length) {
      return Buffer.concat(await Array.fromAsync(chunks(start, Math.min(size, start + length))));
    },
    stream: (start, end) => Readable.from(chunks(start, end)),
  };
}
