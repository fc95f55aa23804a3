import type { Annotation } from './annotation.ts';
import { boxAround, type Matrix, onPage, type Point } from './geometry.ts';
import type { Shape } from './page-shapes.ts';

/** The outlines of notes drawn on a page: a circle, a box, a line through words, a stroke of the pen. */
export function annotationShapes(annotation: Annotation, view: number[]): Shape[] {
  return outlinesOf(annotation)
    .map((points) => points.map(({ x, y }) => onPage(view as Matrix, x, y)))
    .filter((points) => points.length > 1)
    .map((points) => ({
      points,
      box: boxAround(points),
      order: Number.POSITIVE_INFINITY,
      hasCurves: true,
      isFilled: false,
      isStroked: true,
      lightness: null,
      lineWidth: 1,
    }));
}

function outlinesOf({ subtype, rect, quadPoints, inkLists }: Annotation): Point[][] {
  if (subtype === 'Circle' || subtype === 'Square') return [ellipse(rect)];
  if (subtype === 'StrikeOut') return strikes(quadPoints ?? [], rect);
  return subtype === 'Ink' ? (inkLists ?? []).map(pairs) : [];
}

const POINTS = 24;

function ellipse([x1, y1, x2, y2]: Annotation['rect']): Point[] {
  const [cx, cy, rx, ry] = [(x1 + x2) / 2, (y1 + y2) / 2, Math.abs(x2 - x1) / 2, Math.abs(y2 - y1) / 2];
  return Array.from({ length: POINTS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / POINTS;
    return { x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle) };
  });
}

/** A line through the middle of each marked quadrilateral. */
function strikes(quads: ArrayLike<number>, rect: Annotation['rect']): Point[][] {
  const lines: Point[][] = [];
  for (let i = 0; i + 7 < quads.length; i += 8)
    lines.push(middleLine(pairs(Array.from(quads).slice(i, i + 8))));
  return lines.length > 0
    ? lines
    : [
        middleLine([
          { x: rect[0], y: rect[1] },
          { x: rect[2], y: rect[3] },
        ]),
      ];
}

function middleLine(corners: Point[]): Point[] {
  const box = boxAround(corners);
  const y = (box.y + box.bottom) / 2;
  return [
    { x: box.x, y },
    { x: box.right, y },
  ];
}

const pairs = (numbers: ArrayLike<number>): Point[] =>
  Array.from({ length: Math.floor(numbers.length / 2) }, (_, i) => ({
    x: numbers[2 * i] as number,
    y: numbers[2 * i + 1] as number,
  }));
