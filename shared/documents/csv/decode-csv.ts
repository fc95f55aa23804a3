import { isAscii, isUtf8 } from 'node:buffer';
import { decodeStrictly, type Encoding, findEncoding } from '../../text/decode.ts';

export type CsvEncoding = 'ascii' | Encoding;

/** Names of the encodings that the standard does not allow. */
export const ENCODING_NAMES: Partial<Record<CsvEncoding, string>> = {
  'utf-8': 'UTF-8',
  'iso-2022-jp': 'ISO-2022-JP（JIS）',
  'euc-jp': 'EUC-JP',
};

/** Bytes that are no character of the encoding tried. */
export class InvalidBytes extends Error {
  /** from 0, in the file */
  offset: number;
  bytes: Uint8Array;

  constructor(offset: number, bytes: Uint8Array) {
    super('invalid bytes');
    this.offset = offset;
    this.bytes = bytes;
  }

  get hex(): string {
    return [...this.bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
  }
}

const CHUNK = 256 * 1024;

/** The encoding of a CSV, decided on the whole file: the standard demands CP932; some programs write another. */
export const csvEncoding = (bytes: Uint8Array): CsvEncoding =>
  isAscii(bytes) && findEncoding(bytes) === 'cp932' ? 'ascii' : findEncoding(bytes);

/**
 * Decodes strictly, about 256 KB at a time, each piece ending with a line break (0x0A is never part of a character).
 * @throws InvalidBytes at the first byte that is no character
 */
export function* decodeCsv(bytes: Uint8Array, encoding: CsvEncoding): Generator<string> {
  // Ctrl-Z ends a file of old programs. (Not found after decoding: ICU's Shift_JIS turns 1A into 1C.)
  const size = bytes.at(-1) === 0x1a ? bytes.length - 1 : bytes.length;
  for (let start = 0; start < size; ) {
    // A line break of ISO-2022-JP need not switch back to ASCII.
    const end = encoding === 'iso-2022-jp' ? size : lineEnd(bytes.subarray(0, size), start);
    const piece = bytes.subarray(start, end);
    const text = decodeStrictly(encoding === 'ascii' ? 'cp932' : encoding, piece);
    if (text === null) {
      const { offset, length } = FIND_INVALID[encoding](piece);
      throw new InvalidBytes(start + offset, piece.slice(offset, offset + length));
    }
    yield text;
    start = end;
  }
}

function lineEnd(bytes: Uint8Array, start: number): number {
  if (start + CHUNK >= bytes.length) return bytes.length;
  const before = bytes.subarray(start, start + CHUNK).lastIndexOf(0x0a);
  if (before >= 0) return start + before + 1;
  const after = bytes.indexOf(0x0a, start + CHUNK);
  return after < 0 ? bytes.length : after + 1;
}

interface Invalid {
  offset: number;
  length: number;
}

const isLead = (byte: number): boolean => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);

function findInvalidCp932(bytes: Uint8Array): Invalid {
  for (let i = 0; i < bytes.length; ) {
    const length = isLead(bytes[i] ?? 0) ? 2 : 1;
    const character = bytes.subarray(i, i + length);
    if (!isCp932(character)) return { offset: i, length: character.length };
    i += length;
  }
  return { offset: 0, length: 1 };
}

const isCp932 = (character: Uint8Array): boolean =>
  (character[0] ?? 0) < 0x80 || !!decodeStrictly('cp932', character);

function findInvalidUtf8(bytes: Uint8Array): Invalid {
  let low = 0;
  let high = bytes.length;
  // Of the valid text, every length holds within the next three bytes: a character has at most four.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (validUtf8(bytes.subarray(0, middle)) !== null) low = middle;
    else high = middle - 1;
  }
  return { offset: validUtf8(bytes.subarray(0, low)) ?? 0, length: 1 };
}

/** EUC-JP: two bytes a character, three after 8F, half-width kana after 8E. */
function findInvalidEuc(bytes: Uint8Array): Invalid {
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] ?? 0;
    const length = byte < 0x80 ? 1 : byte === 0x8f ? 3 : 2;
    const character = bytes.subarray(i, i + length);
    if (decodeStrictly('euc-jp', character) === null) return { offset: i, length: character.length };
    i += length;
  }
  return { offset: 0, length: 1 };
}

/** ISO-2022-JP: two bytes a character after ESC $, one after ESC (. */
function findInvalidIso2022(bytes: Uint8Array): Invalid {
  let isWide = false;
  for (let i = 0; i < bytes.length; ) {
    if (bytes[i] === ESCAPE) {
      isWide = bytes[i + 1] === 0x24;
      i += 3;
      continue;
    }
    const length = isWide && bytes[i] !== 0x0a && bytes[i] !== 0x0d ? 2 : 1;
    const character = bytes.subarray(i, i + length);
    if (length === 2 && decodeStrictly('iso-2022-jp', Uint8Array.from([...WIDE, ...character])) === null)
      return { offset: i, length: character.length };
    i += length;
  }
  return { offset: 0, length: 1 };
}
const ESCAPE = 0x1b;
const WIDE = [ESCAPE, 0x24, 0x42];

const FIND_INVALID: Record<CsvEncoding, (piece: Uint8Array) => Invalid> = {
  ascii: findInvalidCp932,
  cp932: findInvalidCp932,
  'utf-8': findInvalidUtf8,
  'euc-jp': findInvalidEuc,
  'iso-2022-jp': findInvalidIso2022,
};

/** How many bytes are valid UTF-8, where no more than three bytes follow them; else null. */
function validUtf8(bytes: Uint8Array): number | null {
  for (let size = bytes.length; size >= 0 && size > bytes.length - 4; size--)
    if (isUtf8(bytes.subarray(0, size))) return size;
  return null;
}

/** Offset of the n-th 外字 (CP932 F040–F9FC, from 0) of a file, and its two bytes; null when there are fewer. */
export function findGaijiBytes(bytes: Uint8Array, n = 0): { offset: number; hex: string } | null {
  let left = n;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (!isLead(byte)) continue;
    if (byte >= 0xf0 && byte <= 0xf9 && left-- === 0)
      return { offset: i, hex: [byte, bytes[i + 1] ?? 0].map((b) => b.toString(16).toUpperCase()).join('') };
    i++;
  }
  return null;
}
