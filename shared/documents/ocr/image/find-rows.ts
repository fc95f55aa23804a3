/** A rectangle of pixels; x1 and y1 exclusive. */
export interface PixelBox {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** A stretch of print on one line and in one cell. */
export interface PrintRow extends PixelBox {
  /** it is much higher than its letters: lines without paper between them, a seal over print, a drawing */
  isBlock: boolean;
}

/** A vertical ruled line, which separates cells. */
export interface UprightRule {
  x: number;
  y0: number;
  y1: number;
}

/** Paper wider than this, in letters, separates two rows on one line. */
const WIDE = 1.6;
/** In a row of one line, letters have at least this part of its height. */
const LOW = 0.45;
/** Deeper than any form is nested. */
const DEEPEST = 16;

/**
 * The rows of print on a page, found by the paper between them: cut across wherever paper runs from side to side,
 * then down at ruled lines and wide gaps, and again, until nothing can be cut (recursive XY-cut).
 * @param blobs letters and their parts, without ruled lines
 * @param letter the largest letter to expect, in pixels
 */
export function findRows(blobs: PixelBox[], rules: UprightRule[], letter: number): PrintRow[] {
  const rows: PrintRow[] = [];
  const cut = (boxes: PixelBox[], depth: number): void => {
    const bands = cutAcross(boxes, letter);
    const parts = bands.length > 1 ? bands : cutDown(boxes, rules);
    if (parts.length > 1 && depth < DEEPEST) for (const part of parts) cut(part, depth + 1);
    else rows.push(toRow(boxes));
  };
  if (blobs.length > 0) cut(blobs, 0);
  return bringHome(rows);
}

/**
 * Groups with a line of paper between them. Groups that together are no higher than their widest part is wide are the
 * strokes of one letter (二, 言).
 */
function cutAcross(boxes: PixelBox[], letter: number): PixelBox[][] {
  const bands: { boxes: PixelBox[]; y0: number; y1: number; widest: number }[] = [];
  for (const box of boxes.toSorted((a, b) => a.y0 - b.y0)) {
    const last = bands.at(-1);
    const widest = Math.min(letter, box.x1 - box.x0);
    if (!last || box.y0 > last.y1) bands.push({ boxes: [box], y0: box.y0, y1: box.y1, widest });
    else {
      last.boxes.push(box);
      last.y1 = Math.max(last.y1, box.y1);
      last.widest = Math.max(last.widest, widest);
    }
  }
  const whole: typeof bands = [];
  for (const band of bands) {
    const last = whole.at(-1);
    const widest = Math.max(last?.widest ?? 0, band.widest);
    if (!last || band.y1 - last.y0 > 1.1 * widest) whole.push(band);
    else {
      last.boxes.push(...band.boxes);
      Object.assign(last, { y1: band.y1, widest });
    }
  }
  return whole.map((band) => band.boxes);
}

/** Groups with a vertical rule or a wide gap between them. */
function cutDown(boxes: PixelBox[], rules: UprightRule[]): PixelBox[][] {
  const { y0, y1 } = around(boxes);
  const letter = Math.min(y1 - y0, usualHeight(boxes));
  const parting = rules.filter((rule) => Math.min(rule.y1, y1) - Math.max(rule.y0, y0) > 0.6 * letter);
  const columns: { boxes: PixelBox[]; x1: number }[] = [];
  for (const box of boxes.toSorted((a, b) => a.x0 - b.x0)) {
    const last = columns.at(-1);
    const isApart =
      last &&
      (box.x0 - last.x1 > WIDE * letter ||
        (box.x0 > last.x1 && parting.some(({ x }) => x >= last.x1 - 2 && x <= box.x0 + 2)));
    if (!last || isApart) columns.push({ boxes: [box], x1: box.x1 });
    else {
      last.boxes.push(box);
      last.x1 = Math.max(last.x1, box.x1);
    }
  }
  return columns.map((column) => column.boxes);
}

/** Height that most letters do not exceed. */
function usualHeight(boxes: PixelBox[]): number {
  const heights = boxes.map((box) => box.y1 - box.y0).sort((a, b) => a - b);
  return Math.max(8, heights[Math.floor(heights.length * 0.8)] ?? 0);
}

function toRow(boxes: PixelBox[]): PrintRow {
  const box = around(boxes);
  return { ...box, isBlock: boxes.length > 4 && usualHeight(boxes) < LOW * (box.y1 - box.y0) };
}

function around(boxes: PixelBox[]): PixelBox {
  const all = { x0: Number.POSITIVE_INFINITY, y0: Number.POSITIVE_INFINITY, x1: 0, y1: 0 };
  for (const { x0, y0, x1, y1 } of boxes) {
    all.x0 = Math.min(all.x0, x0);
    all.y0 = Math.min(all.y0, y0);
    all.x1 = Math.max(all.x1, x1);
    all.y1 = Math.max(all.y1, y1);
  }
  return all;
}

/** Dots and bars that were cut off just above or below a row belong to it. */
function bringHome(rows: PrintRow[]): PrintRow[] {
  const heights = rows.map((row) => row.y1 - row.y0).sort((a, b) => a - b);
  const usual = heights[Math.floor(heights.length / 2)] ?? 0;
  const isPart = (row: PrintRow): boolean => row.y1 - row.y0 < usual * 0.4;
  const whole = rows.filter((row) => !isPart(row));
  const reach = usual * 0.25;
  for (const part of rows.filter(isPart)) {
    const home = whole.find(
      (row) =>
        part.x0 < row.x1 + reach &&
        row.x0 < part.x1 + reach &&
        Math.max(part.y0 - row.y1, row.y0 - part.y1) < reach &&
        Math.max(part.y1, row.y1) - Math.min(part.y0, row.y0) < usual * 1.4,
    );
    if (home) Object.assign(home, around([home, part]));
    else whole.push(part);
  }
  return whole;
}
