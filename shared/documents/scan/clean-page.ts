import { blankImage, type GrayImage } from './gray-image.ts';

/** How far around a pixel its paper is measured, in inches: wider than a letter, narrower than a shadow. */
const WINDOW = 0.2;
/** A pixel is ink when it is darker than its neighbourhood's mean by this part of how much that neighbourhood varies. */
const DARKER = 0.18;
const FULL_RANGE = 128;

/**
 * Paper white, ink black (Sauvola's threshold, by sums over windows). Shadows of a phone photo and grayed cells vanish,
 * because each pixel is compared with its own surroundings.
 */
export function whiten(image: GrayImage): GrayImage {
  const { width, height, data } = image;
  const half = Math.max(4, Math.round((image.dpi * WINDOW) / 2));
  const sums = new Float64Array((width + 1) * (height + 1));
  const squares = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    let rowSquares = 0;
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x] as number;
      row += value;
      rowSquares += value * value;
      const at = (y + 1) * (width + 1) + x + 1;
      sums[at] = (sums[at - width - 1] as number) + row;
      squares[at] = (squares[at - width - 1] as number) + rowSquares;
    }
  }
  const white = blankImage(width, height, image.dpi);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - half) * (width + 1), Math.min(height, y + half + 1) * (width + 1)];
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x] as number;
      if (value > 235) continue;
      const [left, right] = [Math.max(0, x - half), Math.min(width, x + half + 1)];
      const count = ((bottom - top) / (width + 1)) * (right - left);
      const sum = at(sums, top, bottom, left, right);
      const mean = sum / count;
      const deviation = Math.sqrt(Math.max(0, at(squares, top, bottom, left, right) / count - mean * mean));
      const threshold = mean * (1 + DARKER * (deviation / FULL_RANGE - 1));
      if (value < threshold) white.data[y * width + x] = 0;
    }
  }
  return white;
}

const at = (sums: Float64Array, top: number, bottom: number, left: number, right: number): number =>
  (sums[bottom + right] as number) -
  (sums[bottom + left] as number) -
  (sums[top + right] as number) +
  (sums[top + left] as number);

/** Ruled lines: how long a straight run of ink must be, in inches, and how thick it may be at most. */
const RULE_LENGTH = 0.45;
const RULE_THICKNESS = 0.03;

/**
 * Takes the ruled lines of a form out, which a reader of characters takes for letters. Strokes that cross a line stay,
 * the corners where two lines meet go. Horizontal lines are long runs of ink; vertical ones are as long, or begin and
 * end at a horizontal line.
 */
export function removeRules(image: GrayImage): GrayImage {
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
  return clean;
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
): { runs: Uint8Array; thin: Uint8Array } {
  const { width, height, data } = image;
  const thickness = Math.max(3, Math.round(image.dpi * RULE_THICKNESS));
  const shortest = Math.round(image.dpi * 0.12);
  const rules = { runs: new Uint8Array(data.length), thin: new Uint8Array(data.length) };
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; ) {
      if (data[row + x] !== 0) {
        x++;
        continue;
      }
      const from = x;
      while (x < width && data[row + x] === 0) x++;
      const isRule =
        x - from >= length ||
        (ends && x - from >= shortest && touches(ends, row, from, width) && touches(ends, row, x - 1, width));
      if (!isRule) continue;
      rules.runs.fill(1, row + from, row + x);
      markThin(image, rules.thin, { y, from, to: x }, thickness);
    }
  }
  return rules;
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
