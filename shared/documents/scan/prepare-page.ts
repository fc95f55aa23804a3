import { removeRules, whiten } from './clean-page.ts';
import { type BoxMark, findMarks } from './find-marks.ts';
import { findSkew } from './find-skew.ts';
import { blankImage, type GrayImage, rotate, scaleTo } from './gray-image.ts';
import { eraseBlob, inkBlobs, isSpeck } from './ink-blobs.ts';

/** The density at which the reader of characters is at its best with the print of forms (8–11 points). */
const READING_DPI = 300;
/** Rows of print show how a page lies at a much lower one. */
const SKEW_DPI = 100;

/** A page ready to be read: straight, paper white, without ruled lines and boxes. */
export interface PreparedPage {
  image: GrayImage;
  /** boxes to tick, in the pixels of `image` */
  marks: BoxMark[];
  /** degrees by which the page was turned clockwise to stand straight */
  skew: number;
  /** black pixels left after cleaning; a blank page has (nearly) none */
  ink: number;
  /** the ink is in more pieces than any form has letters: a photo, a grid, noise */
  isNoise: boolean;
}

/** A dense form has some 2,000 strokes that stand alone, a sheet of A4 full of small print some 7,000. */
const MOST_BLOBS = 15_000;

/** Straightens and cleans one page. Letters keep their gray edges, from which the reader gains; all else is white. */
export function preparePage(scanned: GrayImage): PreparedPage {
  const page = scaleTo(scanned, READING_DPI);
  const skew = findSkew(whiten(scaleTo(page, SKEW_DPI)));
  const straight = rotate(page, skew);
  const ink = removeRules(whiten(straight));
  const blobs = inkBlobs(ink);
  const marks = findMarks(blobs, ink.dpi);
  const taken = new Set(marks.map(({ blob }) => blob));
  let left = 0;
  let count = 0;
  for (const blob of blobs) {
    if (taken.has(blob) || isSpeck(blob, ink.dpi)) {
      eraseBlob(ink, blob);
      continue;
    }
    left += blob.pixels;
    count++;
  }
  return { image: keepEdges(straight, ink), marks, skew, ink: left, isNoise: count > MOST_BLOBS };
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
