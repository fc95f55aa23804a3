import { UnreadableFile } from '../../unreadable-file.ts';
import { FileView } from './file-view.ts';

/** Quarters clockwise by which the image must be turned, for each value of the EXIF orientation tag (mirrors left out). */
const QUARTERS: Record<number, number> = { 1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3 };
const ORIENTATION = 0x0112;
const START_OF_SCAN = 0xda;
const APP1 = 0xe1;

/** How a camera was held: quarters clockwise (0–3) to turn its JPEG upright. 0 where the file does not say. */
export function readOrientation(bytes: Uint8Array): number {
  const view = new FileView(bytes);
  if (bytes.length < 4 || view.u16(0) !== 0xffd8) return 0;
  let offset = 2;
  while (offset + 4 < bytes.length && bytes[offset] === 0xff) {
    const [marker, length] = [bytes[offset + 1], view.u16(offset + 2)];
    if (marker === START_OF_SCAN) return 0;
    if (marker === APP1 && ascii(bytes, offset + 4, 4) === 'Exif')
      return orientationIn(bytes, offset + 10, offset + 2 + length);
    offset += 2 + length;
  }
  return 0;
}

function orientationIn(bytes: Uint8Array, start: number, end: number): number {
  try {
    const view = new FileView(bytes, ascii(bytes, start, 2) === 'II');
    const directory = start + view.u32(start + 4);
    const entries = view.u16(directory);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + i * 12;
      if (entry + 12 > end) return 0;
      if (view.u16(entry) === ORIENTATION) return QUARTERS[view.u16(entry + 8)] ?? 0;
    }
  } catch (error) {
    // a block that points outside of the file does not tell
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return 0;
}

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));
