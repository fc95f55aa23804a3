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
  start: number;
  length: number;
  /** an offset in the source, or bytes followed by zeros */
  origin: number | Buffer;
}

const ZEROS = Buffer.alloc(64 * 1024);

/** A source with some of its bytes replaced; nothing is copied before it is read. Splices may not overlap. */
export function splicedSource(source: ByteSource, splices: Splice[]): ByteSource {
  const pieces: Piece[] = [];
  let size = 0;
  let read = 0;
  const add = (length: number, origin: Piece['origin']): void => {
    if (length > 0) pieces.push({ start: size, length, origin });
    size += length;
  };
  for (const { from, to, bytes, length } of [...splices].sort((a, b) => a.from - b.from)) {
    add(from - read, read);
    add(length ?? to - from, bytes);
    read = to;
  }
  add(source.size - read, read);

  async function* chunks(start: number, end: number): AsyncGenerator<Buffer> {
    for (const piece of pieces) {
      const from = Math.max(0, start - piece.start);
      const to = Math.min(piece.length, end - piece.start);
      if (from < to) yield* pieceBytes(source, piece.origin, from, to);
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

/** Bytes `from` to `to` of a piece. */
async function* pieceBytes(
  source: ByteSource,
  origin: Piece['origin'],
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  if (typeof origin === 'number') {
    yield* source.stream(origin + from, origin + to) as AsyncIterable<Buffer>;
    return;
  }
  if (from < origin.length) yield origin.subarray(from, to);
  for (let zero = Math.max(from, origin.length); zero < to; zero += ZEROS.length)
    yield ZEROS.subarray(0, Math.min(ZEROS.length, to - zero));
}
