import type { PixelBox, UprightRule } from './find-rows.ts';
import { blankImage, type GrayImage } from './gray-image.ts';

/** Window around a pixel in which its paper is measured, in inches: wider than a letter, narrower than a shadow. */
const WINDOW = 0.2;
/** A pixel is ink when it is darker than its neighbourhood's mean by this part of how much that neighbourhood varies. */
const DARKER = 0.18;
const FULL_RANGE = 128;
/** Always paper when lighter than this. */
const PAPER = 235;

/**
 * Makes paper white and ink black (Sauvola's threshold, by sums over windows). Shadows of a phone photo and shaded cells
 * disappear, because each pixel is compared with its surroundings.
 */
export function whiten(image: GrayImage): GrayImage {
  const { width, height, data } = image;
  const half = Math.max(4, Math.round((image.dpi * WINDOW) / 2));
  const white = blankImage(width, height, image.dpi);
  // sums over the rows of the window, one for each column; they slide down with it
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  const addRow = (y: number, sign: 1 | -1): void => {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const value = data[at] as number;
      sums[x] = (sums[x] as number) + sign * value;
      squares[x] = (squares[x] as number) + sign * value * value;
    }
  };
  for (let y = 0; y < Math.min(half, height); y++) addRow(y, 1);
  for (let y = 0; y < height; y++) {
    if (y + half < height) addRow(y + half, 1);
    if (y - half - 1 >= 0) addRow(y - half - 1, -1);
    const rows = Math.min(height - 1, y + half) - Math.max(0, y - half) + 1;
    let sum = 0;
    let square = 0;
    for (let x = 0; x < Math.min(half, width); x++) {
      sum += sums[x] as number;
      square += squares[x] as number;
    }
    for (let x = 0; x < width; x++) {
      if (x + half < width) {
        sum += sums[x + half] as number;
        square += squares[x + half] as number;
      }
      if (x - half - 1 >= 0) {
        sum -= sums[x - half - 1] as number;
        square -= squares[x - half - 1] as number;
      }
      const value = data[y * width + x] as number;
      if (value > PAPER) continue;
      const count = rows * (Math.min(width - 1, x + half) - Math.max(0, x - half) + 1);
      const mean = sum / count;
      const deviation = Math.sqrt(Math.max(0, square / count - mean * mean));
      if (value < mean * (1 + DARKER * (deviation / FULL_RANGE - 1))) white.data[y * width + x] = 0;
    }
  }
  return white;
}

/** Ruled lines: least length of a straight run of ink and greatest thickness, in inches. */
const RULE_LENGTH = 0.45;
const RULE_THICKNESS = 0.03;

/** A page without its ruled lines, and where they ran. */
export interface Unruled {
  clean: GrayImage;
  uprights: UprightRule[];
  /** lines from left to right */
  levels: PixelBox[];
}

/**
 * Removes the ruled lines of a form, which OCR reads as letters. Strokes that cross a line stay; corners of two lines
 * are removed. Horizontal lines are long runs of ink; vertical ones are as long, or begin and
 * end at a horizontal line.
 */
export function removeRules(image: GrayImage): Unruled {
  const { width, height } = image;
  const length = Math.round(image.dpi * RULE_LENGTH);
  const across = findRules(image, length);
  const ends = transpose(across.runs, width, height);
  const sideways = {
    width: height,
    height: width,
    data: transpose(image.data, width, height),
    dpi: image.dpi,
  };
  const down = findRules(sideways, length, ends);
  const [thin, runs] = [transpose(down.thin, height, width), transpose(down.runs, height, width)];
  const clean: GrayImage = { ...image, data: image.data.slice() };
  for (let i = 0; i < clean.data.length; i++)
    if (across.thin[i] || thin[i] || (across.runs[i] && runs[i])) clean.data[i] = 255;
  return { clean, uprights: mergeUprights(down.list), levels: mergeLevels(across.list) };
}

function mergeUprights(list: [number, number, number][]): UprightRule[] {
  const rules: UprightRule[] = [];
  for (const [x, y0, y1] of list) {
    const near = rules.findLast((rule) => x - rule.x <= 6 && y0 <= rule.y1 && rule.y0 <= y1);
    if (near) {
      near.y0 = Math.min(near.y0, y0);
      near.y1 = Math.max(near.y1, y1);
    } else rules.push({ x, y0, y1 });
  }
  return rules;
}

/** Rows of pixels of one line. */
const SAME_LINE = 4;

function mergeLevels(list: [number, number, number][]): PixelBox[] {
  const rules: PixelBox[] = [];
  for (const [y, x0, x1] of list) {
    const near = rules.findLast((rule) => y - rule.y1 <= SAME_LINE && x0 <= rule.x1 && rule.x0 <= x1);
    if (near) {
      near.x0 = Math.min(near.x0, x0);
      near.x1 = Math.max(near.x1, x1);
      near.y1 = y + 1;
    } else rules.push({ x0, x1, y0: y, y1: y + 1 });
  }
  return rules;
}

/**
 * Lines from left to right. `runs`: every pixel of a run long enough; `thin`: those where the ink is no thicker than
 * a line, which leaves out the places where a stroke crosses.
 * @param ends where lines of the other direction run; a shorter run between two of them is a line as well
 */
function findRules(
  image: GrayImage,
  length: number,
  ends?: Uint8Array,
): { runs: Uint8Array; thin: Uint8Array; list: [number, number, number][] } {
  const { width, height, data } = image;
  const thickness = Math.max(3, Math.round(image.dpi * RULE_THICKNESS));
  const shortest = Math.round(image.dpi * 0.12);
  const rules = {
    runs: new Uint8Array(data.length),
    thin: new Uint8Array(data.length),
    list: [] as [number, number, number][],
  };
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; ) {
      if (data[row + x] !== 0) {
        x++;
        continue;
      }
      const from = x;
      x = endOfRun(data, row, x, width);
      const isRule =
        x - from >= length ||
        (ends && x - from >= shortest && touches(ends, row, from, width) && touches(ends, row, x - 1, width));
      if (!isRule || isArc(image, y, from, x)) continue;
      rules.runs.fill(1, row + from, row + x);
      rules.list.push([y, from, x]);
      markThin(image, rules.thin, { y, from, to: x }, thickness);
    }
  }
  return rules;
}

/** Gaps of up to this many pixels in faint lines and in lines under a seal. */
const BREAK = 2;

/** End of a run of ink, across such gaps; exclusive. */
function endOfRun(data: Uint8Array, row: number, from: number, width: number): number {
  let x = from;
  for (;;) {
    while (x < width && data[row + x] === 0) x++;
    let next = x;
    while (next < width && next <= x + BREAK && data[row + next] !== 0) next++;
    if (next >= width || data[row + next] !== 0) return x;
    x = next;
  }
}

/** Rows below or above in which an arc goes on, and how much further out it is by then. */
const ARC_ROWS = 7;
const ARC_OUT = 5;

/** The flat top or bottom of a ring: at both ends its line goes on outwards, down on both sides or up on both. */
function isArc({ width, height, data }: GrayImage, y: number, from: number, to: number): boolean {
  /** the furthest ink reached from an end, by steps of a row and some pixels outwards */
  const goesOn = (end: number, out: 1 | -1, down: 1 | -1): boolean => {
    let [x, reached] = [end, 0];
    for (let row = 1; row <= ARC_ROWS; row++) {
      const at = (y + down * row) * width;
      if (y + down * row < 0 || y + down * row >= height) return false;
      let next = x + out * 4;
      while (next !== x - out * 8 && data[at + next] !== 0) next -= out;
      if (data[at + next] !== 0) return false;
      while (data[at + next + out] === 0 && reached < 4 * ARC_ROWS) {
        next += out;
        reached++;
      }
      x = next;
    }
    return (x - end) * out >= ARC_OUT;
  };
  return ([1, -1] as const).some((down) => goesOn(from, -1, down) && goesOn(to - 1, 1, down));
}

/** A line of the other direction within three pixels. */
function touches(ends: Uint8Array, row: number, x: number, width: number): boolean {
  for (let u = Math.max(0, x - 3); u <= Math.min(width - 1, x + 3); u++) if (ends[row + u]) return true;
  return false;
}

/** Marks the part of a run that is thin; where a stroke crosses, the ink is thicker than a line and stays. */
function markThin(
  { width, height, data }: GrayImage,
  mask: Uint8Array,
  run: { y: number; from: number; to: number },
  thickness: number,
): void {
  for (let x = run.from; x < run.to; x++) {
    let [top, bottom] = [run.y, run.y];
    while (top > 0 && run.y - top <= thickness && data[(top - 1) * width + x] === 0) top--;
    while (bottom < height - 1 && bottom - run.y <= thickness && data[(bottom + 1) * width + x] === 0)
      bottom++;
    if (bottom - top + 1 <= thickness) for (let y = top; y <= bottom; y++) mask[y * width + x] = 1;
  }
}

function transpose(mask: Uint8Array, width: number, height: number): Uint8Array {
  const turned = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[x * height + y] = mask[y * width + x] as number;
  return turned;
}
