/** Quarters clockwise by which the picture must be turned, for each value of the EXIF orientation tag (mirrors left out). */
const QUARTERS: Record<number, number> = { 1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3 };
const ORIENTATION = 0x0112;

/** How a camera was held: quarters clockwise (0–3) to turn its JPEG upright. 0 where the file does not say. */
export function readOrientation(bytes: Uint8Array): number {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || data.getUint16(0) !== 0xffd8) return 0;
  let at = 2;
  while (at + 4 < bytes.length && bytes[at] === 0xff) {
    const [marker, length] = [bytes[at + 1], data.getUint16(at + 2)];
    if (marker === 0xda) return 0;
    if (marker === 0xe1 && ascii(bytes, at + 4, 4) === 'Exif')
      return orientationIn(data, at + 10, at + 2 + length);
    at += 2 + length;
  }
  return 0;
}

function orientationIn(data: DataView, start: number, end: number): number {
  try {
    const little = data.getUint16(start) === 0x4949;
    const directory = start + data.getUint32(start + 4, little);
    const entries = data.getUint16(directory, little);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + i * 12;
      if (entry + 12 > end) return 0;
      if (data.getUint16(entry, little) === ORIENTATION)
        return QUARTERS[data.getUint16(entry + 8, little)] ?? 0;
    }
  } catch {
    // a block that points outside the file says nothing
  }
  return 0;
}

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));
