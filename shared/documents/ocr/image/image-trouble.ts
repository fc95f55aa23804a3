import { type FileType, fileType } from '../../../packet/file-type.ts';
import { bmpSize, gifSize, heicSize, type PictureSize, webpSize } from './picture-size.ts';

/** No page of a document has more pixels. */
export const MOST_PIXELS = 60_000_000;

/** Why a page of a PDF is not drawn in whole, in Japanese: another program may show the picture. */
export const CANNOT_DECODE = 'PDFの中の画像を取り出せません';

/** Why a picture cannot be opened that was whole before it was sent. */
export const CUT_OFF = '画像が途中で切れています';
export const BROKEN = '画像が壊れています';

/**
 * Why a picture must not be given to its decoder, in Japanese, or null. The native decoder allocates what a header
 * declares, crashes over a header without an image or a format it does not know, and fills in what a broken transfer
 * left out, so that half a form would be read as a whole one.
 * @throws UnreadableFile where the file ends within its header
 */
export function imageTrouble(bytes: Uint8Array): string | null {
  const type = fileType(bytes);
  const sizeOf = type && SIZES[type];
  if (!sizeOf) return '扱えない種類の画像です';
  const size = sizeOf(bytes);
  if (size === null || size.width === 0 || size.height === 0) return BROKEN;
  if (size.width * size.height > MOST_PIXELS) return '画像が大きすぎます';
  return size.isWhole ? null : CUT_OFF;
}

const SIZES: Partial<Record<FileType, (bytes: Uint8Array) => PictureSize | null>> = {
  png: pngSize,
  jpeg: jpegSize,
  gif: gifSize,
  bmp: bmpSize,
  webp: webpSize,
  heic: heicSize,
};

function pngSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < 33 || ascii(bytes, 12, 4) !== 'IHDR') return null;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isWhole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf('IEND') > 0;
  return { width: data.getUint32(16), height: data.getUint32(20), isWhole };
}

/** Segments up to the first scan (SOS); a preview in EXIF has its own end, so only an end after SOS counts. */
function jpegSize(bytes: Uint8Array): PictureSize | null {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: { width: number; height: number } | null = null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (isFrame(marker)) size = { height: data.getUint16(at + 5), width: data.getUint16(at + 7) };
    if (marker === START_OF_SCAN) return size && { ...size, isWhole: endsAfter(bytes, at) };
    at += 2 + data.getUint16(at + 2);
  }
  return null;
}

const START_OF_SCAN = 0xda;
/** SOF0–SOF15 without the tables among them (DHT, JPG, DAC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function endsAfter(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at > from; at--)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));
