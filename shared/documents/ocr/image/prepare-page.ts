import { removeRules, type Unruled, whiten } from './clean-page.ts';
import { type BoxMark, findMarks } from './find-marks.ts';
import { eraseRing, findRings } from './find-rings.ts';
import { findRows, type PixelBox, type PrintRow, type UprightRule } from './find-rows.ts';
import { findSkew } from './find-skew.ts';
import { strikesAmongRules, takeStrikes } from './find-strikes.ts';
import { blankImage, type GrayImage, rotate, scaleTo } from './gray-image.ts';
import { eraseBlob, type InkBlob, inkBlobs, isSpeck } from './ink-blobs.ts';

/** The density at which the OCR engine is best with the print of forms (8–11 points). */
const READING_DPI = 300;
/** Rows of print show the orientation of a page at a much lower one. */
const SKEW_DPI = 100;

/** A page ready to be read: straight, paper white, without ruled lines and boxes. */
export interface PreparedPage {
  image: GrayImage;
  /** checkboxes, in the pixels of `image` */
  marks: BoxMark[];
  /** rings around words and lines through words, which are no longer in `image` */
  rings: PixelBox[];
  strikes: PixelBox[];
  /** degrees by which the page was turned clockwise to be straight */
  skew: number;
  /** black pixels left after cleaning; a blank page has (nearly) none */
  ink: number;
  /** the ink is in more pieces than any form has letters: a photo, a grid, noise */
  isNoise: boolean;
  /** where print is, in the pixels of `image` */
  rows: PrintRow[];
  /** the ruled lines that were taken out, in the pixels of `image` */
  rules: Pick<Unruled, 'uprights' | 'levels'>;
}

/** A dense form has some 2,000 separate strokes, a sheet of A4 full of small print some 7,000. */
const MOST_BLOBS = 15_000;
/** The largest letter of a form, in inches. */
const LARGEST_LETTER = 0.35;

/** Straightens and cleans one page. Letters keep their gray edges, which help the OCR engine; all else is white. */
export function preparePage(scanned: GrayImage): PreparedPage {
  const page = scaleTo(scanned, READING_DPI);
  const skew = findSkew(whiten(scaleTo(page, SKEW_DPI)));
  const straight = rotate(page, skew);
  const { clean: ink, uprights, levels } = removeRules(whiten(straight));
  const { blobs, rings, strikes } = takePenMarks(ink, levels);
  const marks = findMarks(blobs, ink.dpi);
  const taken = new Set(marks.map(({ blob }) => blob));
  const letters: InkBlob[] = [];
  const specks: InkBlob[] = [];
  for (const blob of blobs)
    if (taken.has(blob)) eraseBlob(ink, blob);
    else (isSpeck(blob, ink.dpi) ? specks : letters).push(blob);
  const isNoise = letters.length > MOST_BLOBS;
  const print = letters.filter((blob) => !isFrame(blob, ink.dpi));
  const rows = isNoise ? [] : rowsOf(print, uprights, ink.dpi);
  for (const speck of dust(specks, rows, ink)) eraseBlob(ink, speck);
  const left = letters.reduce((sum, { pixels }) => sum + pixels, 0);
  const image = keepEdges(straight, ink);
  return { image, marks, rings, strikes, skew, ink: left, isNoise, rows, rules: { uprights, levels } };
}

/** Letters of a form, in inches: smaller blobs are their parts, larger ones are frames. */
const LETTER = { least: 0.06, most: 0.2 };

/** Finds what a pen drew around and through words, and erases it so that the words can be read. */
function takePenMarks(
  ink: GrayImage,
  levels: PixelBox[],
): Pick<PreparedPage, 'rings' | 'strikes'> & { blobs: InkBlob[] } {
  const found = inkBlobs(ink);
  const letter = usualLetter(found, ink.dpi);
  const rings = found.length > MOST_BLOBS ? [] : findRings(found, letter);
  for (const ring of rings) eraseRing(ink, ring);
  const open = rings.length > 0 ? inkBlobs(ink) : found;
  const long = strikesAmongRules(levels, open, letter);
  const short = open.length > MOST_BLOBS ? [] : takeStrikes(ink, open, letter);
  return {
    blobs: short.length > 0 ? inkBlobs(ink) : open,
    rings: rings.map(({ blob: { x0, y0, x1, y1 } }) => ({ x0, y0, x1, y1 })),
    strikes: [...long, ...short],
  };
}

/** Height of most letters of a page. */
function usualLetter(blobs: PixelBox[], dpi: number): number {
  const heights = blobs
    .map(({ y0, y1 }) => y1 - y0)
    .filter((height) => height >= LETTER.least * dpi && height <= LETTER.most * dpi)
    .sort((a, b) => a - b);
  return heights[Math.floor(heights.length * 0.7)] ?? 0.12 * dpi;
}

/** Remains of ruled lines, frames and rings of seals, in inches. */
const FRAME = 0.45;
const LINE = { length: 0.3, thickness: 0.03 };
const CORNER = { length: 0.2, thickness: 0.015 };

/** Ink around or beside print that is no print: it must not join what it encloses. */
function isFrame({ x0, y0, x1, y1, pixels }: InkBlob, dpi: number): boolean {
  const [short, long] = [Math.min(x1 - x0, y1 - y0), Math.max(x1 - x0, y1 - y0)];
  return (
    short > FRAME * dpi ||
    (long > LINE.length * dpi && short <= LINE.thickness * dpi) ||
    (long > CORNER.length * dpi && pixels < (short + long) * CORNER.thickness * dpi)
  );
}

/** Smaller than any sign, in inches. */
const DOT = 0.03;
/** A row lower than this part of the usual one has no letter: rests of lines and seals, a dash that fills an empty cell. */
const LOW_ROW = 0.45;

function rowsOf(print: InkBlob[], uprights: UprightRule[], dpi: number): PrintRow[] {
  const rows = findRows(print, uprights, dpi * LARGEST_LETTER).filter(
    (row) => Math.max(row.x1 - row.x0, row.y1 - row.y0) > DOT * dpi,
  );
  const low = LOW_ROW * usualLetter(rows, dpi);
  return rows.filter((row) => row.y1 - row.y0 >= low);
}

/** Dust is anywhere; specks that gather at the print are dots of its letters (が, ず, i). */
const GATHERED = 4;

/** The specks to remove: those away from print, and on a dusty page the others too. */
function dust(specks: InkBlob[], rows: PrintRow[], { width, height, dpi }: GrayImage): InkBlob[] {
  const mask = new Uint8Array(width * height);
  const reach = Math.round(dpi * 0.02);
  let area = 0;
  for (const row of rows)
    for (let y = Math.max(0, row.y0 - reach); y < Math.min(height, row.y1 + reach); y++) {
      const [from, to] = [Math.max(0, row.x0 - reach), Math.min(width, row.x1 + reach)];
      mask.fill(1, y * width + from, y * width + to);
      area += to - from;
    }
  const scatteredSpecks = specks.filter((speck) => !mask[speck.y0 * width + speck.x0]);
  const gathered = (specks.length - scatteredSpecks.length) / Math.max(1, area);
  const scattered = scatteredSpecks.length / Math.max(1, width * height - area);
  return gathered > GATHERED * scattered ? scatteredSpecks : specks;
}

/** The gray of the page where ink is, and one pixel around it. */
function keepEdges(page: GrayImage, ink: GrayImage): GrayImage {
  const { width, height } = page;
  const kept = blankImage(width, height, page.dpi);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      if (ink.data[at] !== 0) continue;
      for (let v = at - width; v <= at + width; v += width)
        for (let u = v - 1; u <= v + 1; u++) kept.data[u] = page.data[u] as number;
    }
  return kept;
}
