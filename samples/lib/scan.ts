import type { Mark, Page } from './page.ts';
import { parsedFont } from './pdf.ts';

/** One bit per pixel, 1 is white, rows padded to whole bytes: the format of a PDF image with one gray bit. */
export interface Bitmap {
  width: number;
  height: number;
  bits: Uint8Array;
}

/** The damage of a copy: skew and specks. */
export interface Wear {
  /** radians, clockwise */
  tilt: number;
  /** specks on a page */
  specks: number;
  /** 0 ≤ x < 1 */
  next(): number;
}

type Point = [number, number];

/**
 * Turns a page into a picture, like a copying machine. Plain arithmetic on glyph outlines,
 * so the picture is the same on every machine and needs no browser and no system font.
 */
export function scanPage(page: Page, dpi: number, wear?: Wear): Bitmap {
  const scale = dpi / 72;
  const [sin, cos] = [Math.sin(wear?.tilt ?? 0), Math.cos(wear?.tilt ?? 0)];
  const place = ([x, y]: Point): Point => [(x * cos - y * sin) * scale, (x * sin + y * cos) * scale];
  const width = Math.round(page.width * scale);
  const height = Math.round(page.height * scale);
  const stride = Math.ceil(width / 8);
  const bitmap: Bitmap = { width, height, bits: new Uint8Array(stride * height).fill(0xff) };
  for (const mark of page.marks)
    for (const shape of outlines(mark))
      fillShape(
        bitmap,
        shape.map((contour) => contour.map(place)),
      );
  if (wear) addSpecks(bitmap, wear);
  return bitmap;
}

/** Black dots on the paper and white ones in the print, two or three pixels wide. */
function addSpecks({ width, height, bits }: Bitmap, wear: Wear): void {
  const stride = Math.ceil(width / 8);
  for (let i = 0; i < wear.specks; i += 1) {
    const [x, y] = [Math.floor(wear.next() * (width - 3)), Math.floor(wear.next() * (height - 3))];
    const isBlack = wear.next() < 0.6;
    for (let row = y; row < y + 2; row += 1)
      for (let column = x; column < x + 2; column += 1) {
        const index = row * stride + (column >> 3);
        const bit = 0x80 >> (column & 7);
        bits[index] = isBlack ? (bits[index] ?? 0) & ~bit : (bits[index] ?? 0) | bit;
      }
  }
}

/** Shapes of a mark; a shape is a list of closed contours in points. */
function outlines(mark: Mark): Point[][][] {
  if (mark.kind === 'text') return textOutlines(mark);
  const half = mark.width / 2;
  if (mark.kind === 'line') return [[box(mark.x1 - half, mark.y1 - half, mark.x2 + half, mark.y2 + half)]];
  if (mark.kind === 'circle') return [[ring(mark, mark.r + half), ring(mark, mark.r - half).reverse()]];
  const { x, y, w, h } = mark;
  return [
    [
      box(x - half, y - half, x + w + half, y + h + half),
      box(x + half, y + half, x + w - half, y + h - half).reverse(),
    ],
  ];
}

const box = (x1: number, y1: number, x2: number, y2: number): Point[] => [
  [x1, y1],
  [x2, y1],
  [x2, y2],
  [x1, y2],
];
const ring = (at: { x: number; y: number }, r: number): Point[] =>
  Array.from({ length: 24 }, (_, i) => (i * Math.PI) / 12).map((a) => [
    at.x + r * Math.cos(a),
    at.y + r * Math.sin(a),
  ]);

function textOutlines(mark: Extract<Mark, { kind: 'text' }>): Point[][][] {
  const font = parsedFont(mark.bold ? '700Bold' : '400Regular');
  const scale = mark.size / font.unitsPerEm;
  const baseline = mark.y + font.ascent * scale;
  let left = mark.x;
  return [...mark.text].map((char) => {
    const glyph = font.glyphForCodePoint(char.codePointAt(0) ?? 0x3000);
    const contours = contoursOf(glyph.path.commands).map((contour) =>
      contour.map(([x, y]): Point => [left + x * scale, baseline - y * scale]),
    );
    left += /[\u0020-\u007e\uff61-\uff9f]/.test(char) ? mark.size / 2 : mark.size;
    return contours;
  });
}

const CURVE_STEPS = 4;

function contoursOf(commands: { command: string; args: number[] }[]): Point[][] {
  const contours: Point[][] = [];
  let contour: Point[] = [];
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0] = args;
    if (command === 'moveTo') {
      contour = [[a, b]];
      contours.push(contour);
    } else if (command === 'lineTo') contour.push([a, b]);
    else if (command === 'quadraticCurveTo') {
      const [x0, y0] = contour.at(-1) ?? [a, b];
      for (let i = 1; i <= CURVE_STEPS; i += 1) {
        const t = i / CURVE_STEPS;
        const u = 1 - t;
        contour.push([u * u * x0 + 2 * u * t * a + t * t * c, u * u * y0 + 2 * u * t * b + t * t * d]);
      }
    }
  }
  return contours;
}

/** Scanline fill with the nonzero winding rule, sampled at pixel centres. */
function fillShape({ width, height, bits }: Bitmap, contours: Point[][]): void {
  const ys = contours.flat().map(([, y]) => y);
  if (ys.length === 0) return;
  const stride = Math.ceil(width / 8);
  const last = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  for (let row = Math.max(0, Math.floor(Math.min(...ys))); row <= last; row += 1) {
    const crossings = crossingsAt(contours, row + 0.5);
    let winding = 0;
    crossings.forEach(({ x, direction }, i) => {
      winding += direction;
      const next = crossings[i + 1];
      if (winding === 0 || !next) return;
      for (
        let column = Math.max(0, Math.round(x));
        column < Math.min(width, Math.round(next.x));
        column += 1
      ) {
        const index = row * stride + (column >> 3);
        bits[index] = (bits[index] ?? 0) & ~(0x80 >> (column & 7));
      }
    });
  }
}

function crossingsAt(contours: Point[][], y: number): { x: number; direction: number }[] {
  const crossings: { x: number; direction: number }[] = [];
  for (const contour of contours)
    contour.forEach(([x1, y1], i) => {
      const [x2, y2] = contour[(i + 1) % contour.length] ?? [x1, y1];
      if (y1 <= y === y2 <= y) return;
      crossings.push({ x: x1 + ((y - y1) / (y2 - y1)) * (x2 - x1), direction: y2 > y1 ? 1 : -1 });
    });
  return crossings.sort((a, b) => a.x - b.x);
}
