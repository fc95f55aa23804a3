import type { PixelBox } from './find-rows.ts';
import type { GrayImage } from './gray-image.ts';
import type { InkBlob } from './ink-blobs.ts';

/** Letters that a line joins are wider together than one letter, in letters of the page and in their own height. */
const JOINED = 1.4;
const HIGHEST = 1.7;
/** How far from level a line through a word runs. */
const SLOPES = [0, 0.015, -0.015, 0.03, -0.03, 0.05, -0.05, 0.07, -0.07];
/** Part of its columns on which it is drawn, and part on which it crosses no stroke of a letter. */
const DRAWN = 0.97;
const FREE = 0.3;
/** Thickness, in letters. */
const THICKEST = 0.2;
/** At both ends the line is alone, for this part of a letter: strokes of letters that touch end in letters. */
const ALONE = 0.14;
/** Lines through one word: one, or two beside each other. */
const MOST_LINES = 3;
/** It runs through this part of the height of the letters. */
const MIDDLE = { from: 0.25, to: 0.75 };

/**
 * Finds lines through words that join their letters to one blob, and erases them: the strokes they cross stay.
 * @param letter height of most letters, in pixels
 */
export function takeStrikes(ink: GrayImage, blobs: InkBlob[], letter: number): PixelBox[] {
  return blobs.filter((blob) => isJoined(blob, letter)).flatMap((blob) => strikesOf(ink, blob, letter));
}

function isJoined(blob: InkBlob, letter: number): boolean {
  const { x0, y0, x1, y1 } = blob;
  return (
    x1 - x0 > JOINED * Math.max(letter, y1 - y0) &&
    y1 - y0 > 0.5 * letter &&
    y1 - y0 < HIGHEST * letter &&
    endsInLine(blob, letter)
  );
}

function endsInLine({ x0, x1, runs }: InkBlob, letter: number): boolean {
  const length = Math.max(3, Math.round(ALONE * letter));
  const columns = new Map<number, { top: number; bottom: number; ink: number }>();
  for (const [y, from, to] of runs)
    for (let x = from; x < to; x++) {
      if (x >= x0 + length && x < x1 - length) continue;
      const column = columns.get(x) ?? { top: y, bottom: y, ink: 0 };
      columns.set(x, { top: column.top, bottom: y, ink: column.ink + 1 });
    }
  // one line, or two beside each other
  return [...columns.values()].every(
    ({ top, bottom, ink }) => ink <= 2 * THICKEST * letter && bottom - top < 0.4 * letter,
  );
}

function strikesOf(ink: GrayImage, blob: InkBlob, letter: number): PixelBox[] {
  const found: PixelBox[] = [];
  for (let n = 0; n < MOST_LINES; n++) {
    const line = lineThrough(ink, blob, letter);
    if (!line) break;
    eraseLine(ink, blob, line, letter);
    const [left, right] = [heightAt(line, blob.x0, blob), heightAt(line, blob.x1 - 1, blob)];
    found.push({ x0: blob.x0, x1: blob.x1, y0: Math.min(left, right), y1: Math.max(left, right) + 1 });
  }
  return found;
}

interface Line {
  /** height at the middle of the blob */
  y: number;
  slope: number;
}

const heightAt = ({ y, slope }: Line, x: number, { x0, x1 }: PixelBox): number =>
  Math.round(y + slope * (x - (x0 + x1) / 2));

function lineThrough(ink: GrayImage, blob: InkBlob, letter: number): Line | null {
  const height = blob.y1 - blob.y0;
  for (const slope of SLOPES)
    for (let y = blob.y0 + Math.round(MIDDLE.from * height); y < blob.y0 + MIDDLE.to * height; y++)
      if (isDrawn(ink, blob, { y, slope }, letter)) return { y, slope };
  return null;
}

function isDrawn(ink: GrayImage, blob: InkBlob, line: Line, letter: number): boolean {
  const width = blob.x1 - blob.x0;
  let missing = (1 - DRAWN) * width;
  let free = 0;
  for (let x = blob.x0; x < blob.x1; x++) {
    const thickness = thicknessAt(ink, x, heightAt(line, x, blob));
    if (thickness === 0 && --missing < 0) return false;
    if (thickness > 0 && thickness <= THICKEST * letter) free++;
  }
  return free > FREE * width;
}

/** Pixels of ink above and below a place; 0 on paper. A line that bends by a pixel is still the line. */
function thicknessAt({ width, height, data }: GrayImage, x: number, y: number): number {
  const at = [y, y - 1, y + 1].find((each) => each > 0 && each < height && data[each * width + x] === 0);
  if (at === undefined) return 0;
  let [top, bottom] = [at, at];
  while (top > 0 && data[(top - 1) * width + x] === 0) top--;
  while (bottom < height - 1 && data[(bottom + 1) * width + x] === 0) bottom++;
  return bottom - top + 1;
}

function eraseLine(ink: GrayImage, blob: InkBlob, line: Line, letter: number): void {
  const { width, data } = ink;
  for (let x = blob.x0; x < blob.x1; x++) {
    const y = heightAt(line, x, blob);
    const at = [y, y - 1, y + 1].find((each) => data[each * width + x] === 0);
    if (at === undefined) continue;
    let [top, bottom] = [at, at];
    while (top > 0 && data[(top - 1) * width + x] === 0) top--;
    while (bottom < ink.height - 1 && data[(bottom + 1) * width + x] === 0) bottom++;
    if (bottom - top + 1 <= THICKEST * letter) for (let v = top; v <= bottom; v++) data[v * width + x] = 255;
  }
}

/** How far a line of a pen runs beyond the word, in letters. */
const BEYOND = 1.2;

/**
 * Long straight lines through words. They were taken for ruled lines and are erased already; a ruled line of a form
 * crosses no letters.
 */
export function strikesAmongRules(rules: PixelBox[], blobs: InkBlob[], letter: number): PixelBox[] {
  return rules.filter((rule) => {
    const y = (rule.y0 + rule.y1) / 2;
    const crossed = blobs.filter(
      ({ x0, x1, y0, y1 }) =>
        x0 < rule.x1 &&
        x1 > rule.x0 &&
        y1 - y0 > 0.6 * letter &&
        y1 - y0 < HIGHEST * letter &&
        y > y0 + MIDDLE.from * (y1 - y0) &&
        y < y0 + MIDDLE.to * (y1 - y0),
    );
    if (crossed.length < 2) return false;
    const [first, last] = [
      Math.min(...crossed.map(({ x0 }) => x0)),
      Math.max(...crossed.map(({ x1 }) => x1)),
    ];
    const isAround = rule.x0 > first - BEYOND * letter && rule.x1 < last + BEYOND * letter;
    return isAround && crossed.length * letter * 2 > rule.x1 - rule.x0;
  });
}
