import type { InkBlob } from './ink-blobs.ts';

/** A checkbox, found by its shape: OCR reads it as 口, 回 or 画. */
export interface BoxMark {
  sign: '□' | '■' | '☑';
  blob: InkBlob;
}

/** Sizes of a box in inches, from a small print to a large one. */
const SMALLEST = 0.055;
const LARGEST = 0.24;
/** Part of the inside that is ink: below the first the box is empty, above the second it is filled. */
const EMPTY = 0.06;
const FILLED = 0.85;

/**
 * The boxes among the blobs of a page. A box has four straight sides as long as the blob itself; the character 口 has
 * feet below its last stroke, so it has no lower side.
 */
export function findMarks(blobs: InkBlob[], dpi: number): BoxMark[] {
  const boxes = blobs.flatMap((blob) => {
    const sign = signOf(blob, dpi);
    return sign ? [{ sign, blob }] : [];
  });
  const found = boxes.filter(({ blob }) => !blobs.some((other) => other !== blob && holds(other, blob)));
  // 国, 回 and 図 are boxes with something in them too: a ticked box is in a row with others, not directly after one
  return found.filter((mark) => mark.sign !== '☑' || isTicked(mark, found));
}

/** The inner square of 回 hangs in a larger blob; rules and frames around many boxes are much larger. */
const holds = (outer: InkBlob, inner: InkBlob): boolean =>
  outer.x0 < inner.x0 &&
  outer.x1 > inner.x1 &&
  outer.y0 < inner.y0 &&
  outer.y1 > inner.y1 &&
  outer.x1 - outer.x0 < 3 * (inner.x1 - inner.x0);

function signOf(blob: InkBlob, dpi: number): BoxMark['sign'] | null {
  const [width, height] = [blob.x1 - blob.x0, blob.y1 - blob.y0];
  const size = Math.max(width, height);
  if (size < dpi * SMALLEST || size > dpi * LARGEST || Math.min(width, height) / size < 0.82) return null;
  const grid = gridOf(blob, width, height);
  const allowed = Math.max(2, Math.round(size * 0.05));
  if (!hasStraightSides(grid, width, height, allowed) || hasFeet(grid, width, height)) return null;
  const inside = inkInside(grid, width, height);
  if (inside <= EMPTY) return '□';
  return inside >= FILLED ? '■' : '☑';
}

function gridOf(blob: InkBlob, width: number, height: number): Uint8Array {
  const grid = new Uint8Array(width * height);
  for (const [y, from, to] of blob.runs) {
    const row = (y - blob.y0) * width - blob.x0;
    grid.fill(1, row + from, row + to);
  }
  return grid;
}

/** From each side, the first ink is met within a few pixels at (nearly) every place. */
function hasStraightSides(grid: Uint8Array, width: number, height: number, allowed: number): boolean {
  const side = (length: number, depth: (i: number) => (d: number) => number): boolean => {
    let met = 0;
    for (let i = 0; i < length; i++) {
      const pixel = depth(i);
      for (let d = 0; d <= allowed; d++)
        if (grid[pixel(d)]) {
          met++;
          break;
        }
    }
    return met >= length * 0.95 - 1;
  };
  return (
    side(width, (x) => (d) => d * width + x) &&
    side(width, (x) => (d) => (height - 1 - d) * width + x) &&
    side(height, (y) => (d) => y * width + d) &&
    side(height, (y) => (d) => y * width + width - 1 - d)
  );
}

/** 口: both ends of the lower side reach further down than its middle. In a skewed box only one does. */
function hasFeet(grid: Uint8Array, width: number, height: number): boolean {
  const depth = (x: number): number => {
    let d = 0;
    while (d < height && !grid[(height - 1 - d) * width + x]) d++;
    return d;
  };
  const mean = (from: number, to: number): number => {
    const [first, last] = [
      Math.round(from * width),
      Math.max(Math.round(from * width), Math.round(to * width) - 1),
    ];
    let sum = 0;
    for (let x = first; x <= last; x++) sum += depth(x);
    return sum / (last - first + 1);
  };
  const middle = mean(0.3, 0.7);
  return middle - mean(0.04, 0.12) > 0.6 && middle - mean(0.88, 0.96) > 0.6;
}

/** Part of the middle (without the sides and what leans on them) that is ink. */
function inkInside(grid: Uint8Array, width: number, height: number): number {
  const [left, top] = [Math.round(width * 0.24), Math.round(height * 0.24)];
  let ink = 0;
  let all = 0;
  for (let y = top; y < height - top; y++)
    for (let x = left; x < width - left; x++) {
      all++;
      if (grid[y * width + x]) ink++;
    }
  return all === 0 ? 0 : ink / all;
}

function isTicked(mark: BoxMark, marks: BoxMark[]): boolean {
  const { blob } = mark;
  const size = blob.x1 - blob.x0;
  const row = marks.filter(
    (other) =>
      other !== mark &&
      other.sign !== '☑' &&
      Math.abs(other.blob.y0 + other.blob.y1 - blob.y0 - blob.y1) < size &&
      Math.abs(other.blob.x1 - other.blob.x0 - size) <= size * 0.2,
  );
  return (
    row.length > 0 && !row.some((other) => other.blob.x1 <= blob.x0 && blob.x0 - other.blob.x1 < size * 0.6)
  );
}
