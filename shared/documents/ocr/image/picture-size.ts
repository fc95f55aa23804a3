import { FileView } from './file-view.ts';

/** What the header of a picture declares. */
export interface PictureSize {
  /** pixels */
  width: number;
  height: number;
  /** the file has its end */
  isWhole: boolean;
}

/**
 * Size by the header, before a decoder allocates it. Null: the header is no header of the format.
 * @throws UnreadableFile where the file ends within its header
 */
export function gifSize(bytes: Uint8Array): PictureSize {
  const view = new FileView(bytes, true);
  const isWhole = bytes.subarray(-32).includes(GIF_TRAILER);
  return { width: view.u16(6), height: view.u16(8), isWhole };
}
const GIF_TRAILER = 0x3b;

/** A BMP of OS/2 has 16-bit sizes; a negative height means rows from the top. */
export function bmpSize(bytes: Uint8Array): PictureSize | null {
  const view = new FileView(bytes, true);
  const isOs2 = view.u32(14) === 12;
  const width = isOs2 ? view.u16(18) : view.u32(18) | 0;
  const height = isOs2 ? view.u16(20) : Math.abs(view.u32(22) | 0);
  const bits = view.u16(isOs2 ? 24 : 28);
  const isPacked = !isOs2 && view.u32(30) !== 0 && view.u32(30) !== BITFIELDS;
  if (width <= 0) return null;
  const needs = view.u32(10) + (isPacked ? 0 : Math.ceil((width * bits) / 32) * 4 * height);
  return { width, height, isWhole: bytes.length >= needs };
}
const BITFIELDS = 3;

/** Chunks VP8 (lossy), VP8L (lossless), VP8X (with extras): WebP Container Specification. */
export function webpSize(bytes: Uint8Array): PictureSize | null {
  const view = new FileView(bytes, true);
  const isWhole = bytes.length >= view.u32(4) + 8;
  const u24 = (offset: number): number => view.u16(offset) + view.u8(offset + 2) * 0x10000;
  switch (view.name(12)) {
    case 'VP8 ':
      return { width: view.u16(26) & 0x3fff, height: view.u16(28) & 0x3fff, isWhole };
    case 'VP8L': {
      const packed = view.u32(21);
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, isWhole };
    }
    case 'VP8X':
      return { width: u24(24) + 1, height: u24(27) + 1, isWhole };
    default:
      return null;
  }
}

/** The largest size that a HEIC file declares: property `ispe` (ISO/IEC 23008-12), of the whole or of a tile. */
export function heicSize(bytes: Uint8Array): PictureSize | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const view = new FileView(bytes);
  let largest: PictureSize | null = null;
  for (let at = data.indexOf('ispe'); at >= 0; at = data.indexOf('ispe', at + 4)) {
    if (at + 16 > data.length) break;
    const [width, height] = [view.u32(at + 8), view.u32(at + 12)];
    if (!largest || width * height > largest.width * largest.height)
      largest = { width, height, isWhole: true };
  }
  return largest;
}
