import type { PixelBox } from './find-rows.ts';
import type { GrayImage } from './gray-image.ts';
import type { InkBlob } from './ink-blobs.ts';

/** A ring that a pen drew around words. */
export interface PenRing {
  blob: InkBlob;
  /** distance of its outer edge from the middle by direction, where the box around it has the radius 1; 0: open there */
  edge: Float32Array;
}

/** Size of a ring, in letters of the page: larger than the letters it encloses, and no frame. */
const LEAST = { width: 1.1, height: 1.25 };
const MOST = { width: 18, height: 4 };
/** Steps of the full turn. */
const STEPS = 96;
/** Part of the turn that its line must cover. */
const CLOSED = 0.8;
/** Its line runs outside of this part of the radius. */
const OUTER = 0.68;
/** Ink of its box: a disc or a picture has more. */
const MOST_INK = 0.4;
/** In a corner of the box around an oval there is no ink; the frame of 国 has some. */
const CORNER = 0.1;

/**
 * The rings among the blobs of a page, each around other ink.
 * @param letter height of most letters, in pixels
 */
export function findRings(blobs: InkBlob[], letter: number): PenRing[] {
  const large = blobs.filter((blob) => isRingSized(blob, letter));
  return large.flatMap((blob) => {
    if (hasCorners(blob) || isLetter(blob, blobs)) return [];
    const edge = edgeOf(blob);
    const covered = edge.filter((distance) => distance > 0).length;
    if (covered < CLOSED * STEPS || !isThin(blob, edge)) return [];
    const holdsInk = hasInner(blob) || blobs.some((other) => other !== blob && isInside(other, blob));
    return holdsInk ? [{ blob, edge }] : [];
  });
}

function isRingSized({ x0, y0, x1, y1, pixels }: InkBlob, letter: number): boolean {
  const [width, height] = [(x1 - x0) / letter, (y1 - y0) / letter];
  return (
    width >= LEAST.width &&
    width <= MOST.width &&
    height >= LEAST.height &&
    height <= MOST.height &&
    pixels < MOST_INK * (x1 - x0) * (y1 - y0)
  );
}

/** A ring is higher than the words beside it; a letter of a title has letters of its height beside it. */
function isLetter(blob: InkBlob, blobs: InkBlob[]): boolean {
  const height = blob.y1 - blob.y0;
  return blobs.some((other) => {
    const apart = Math.max(other.x0 - blob.x1, blob.x0 - other.x1);
    const common = Math.min(other.y1, blob.y1) - Math.max(other.y0, blob.y0);
    const isAsHigh = other.y1 - other.y0 > 0.8 * height && other.y1 - other.y0 < 1.25 * height;
    return other !== blob && apart > -2 && apart < height && isAsHigh && common > 0.8 * height;
  });
}

/** Each pixel, with its place where the box around the blob is the square from -1 to 1. */
function eachPixel(blob: InkBlob, visit: (x: number, y: number, px: number, py: number) => void): void {
  const [cx, cy] = [(blob.x0 + blob.x1 - 1) / 2, (blob.y0 + blob.y1 - 1) / 2];
  const [rx, ry] = [(blob.x1 - blob.x0) / 2, (blob.y1 - blob.y0) / 2];
  for (const [y, from, to] of blob.runs)
    for (let x = from; x < to; x++) visit((x - cx) / rx, (y - cy) / ry, x, y);
}

const stepOf = (x: number, y: number): number =>
  Math.min(STEPS - 1, Math.floor(((Math.atan2(y, x) + Math.PI) / (2 * Math.PI)) * STEPS));

function edgeOf(blob: InkBlob): Float32Array {
  const edge = new Float32Array(STEPS);
  eachPixel(blob, (x, y) => {
    const distance = Math.hypot(x, y);
    const step = stepOf(x, y);
    if (distance >= OUTER && distance > (edge[step] as number)) edge[step] = distance;
  });
  return edge;
}

function hasCorners(blob: InkBlob): boolean {
  const inked = new Set<number>();
  eachPixel(blob, (x, y) => {
    if (Math.abs(x) > 1 - CORNER && Math.abs(y) > 1 - CORNER) inked.add((x > 0 ? 1 : 0) + (y > 0 ? 2 : 0));
  });
  return inked.size > 1;
}

/** Thickness of the line of a pen, in letters. */
const PEN = 0.28;

/** True for ink within the thickness of a pen behind the outer edge. */
function isLine(blob: InkBlob, edge: Float32Array, pen: number, x: number, y: number): boolean {
  const outer = edge[stepOf(x, y)] as number;
  const distance = Math.hypot(x, y);
  const [rx, ry] = [(blob.x1 - blob.x0) / 2, (blob.y1 - blob.y0) / 2];
  // thickness in the direction of the pixel, where the box is a square
  const thickness = (pen * Math.hypot(x / rx, y / ry)) / Math.max(0.01, distance);
  return outer > 0 && distance > outer - thickness;
}

/** Nearly all ink outside of the middle belongs to the line. */
function isThin(blob: InkBlob, edge: Float32Array): boolean {
  let [line, outside] = [0, 0];
  const pen = penOf(blob);
  eachPixel(blob, (x, y) => {
    if (Math.hypot(x, y) < OUTER) return;
    outside++;
    if (isLine(blob, edge, pen, x, y)) line++;
  });
  return line > 0.6 * outside;
}

/** Letters inside that touch the ring are part of its blob. */
function hasInner(blob: InkBlob): boolean {
  let inner = 0;
  eachPixel(blob, (x, y) => {
    if (Math.hypot(x, y) < 0.6) inner++;
  });
  return inner > 0.12 * blob.pixels;
}

const isInside = (other: PixelBox, ring: PixelBox): boolean => {
  const [cx, cy] = [(ring.x0 + ring.x1) / 2, (ring.y0 + ring.y1) / 2];
  const x = ((other.x0 + other.x1) / 2 - cx) / ((ring.x1 - ring.x0) / 2);
  const y = ((other.y0 + other.y1) / 2 - cy) / ((ring.y1 - ring.y0) / 2);
  const isLetter =
    other.y1 - other.y0 > 0.25 * (ring.y1 - ring.y0) || other.x1 - other.x0 > 0.2 * (ring.y1 - ring.y0);
  return Math.hypot(x, y) < 0.8 && isLetter;
};

/** A pen's line is thin beside the ring, however large the ring is. */
const penOf = (blob: InkBlob): number => Math.max(4, ((blob.y1 - blob.y0) / 2) * PEN);

/** Erases the line of a ring; letters that touch it stay. */
export function eraseRing({ width, data }: GrayImage, { blob, edge }: PenRing): void {
  const pen = penOf(blob);
  eachPixel(blob, (x, y, px, py) => {
    if (isLine(blob, edge, pen, x, y)) data[py * width + px] = 255;
  });
}
