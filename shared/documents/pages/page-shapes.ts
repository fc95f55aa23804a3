import { type Box, boxAround, type Matrix, onPage, type Point } from './geometry.ts';
import type { GraphicsState } from './graphics-state.ts';
import { OP } from './operators.ts';
import { NUMBERS, STEP } from './page-rules.ts';

/** One outline of a path: a box to tick, a tick, a ring around a word, a line through it. */
export interface Shape {
  /** the outline, curves in some steps */
  points: Point[];
  box: Box;
  order: number;
  hasCurves: boolean;
  isFilled: boolean;
  isStroked: boolean;
  /** of a filled one: 0 black, 1 white, null unknown */
  lightness: number | null;
  /** points */
  lineWidth: number;
}

/** Larger outlines are frames, tables and drawings. */
const WIDEST = 320;
const HIGHEST = 90;
export const isSmall = ({ x, y, right, bottom }: Box): boolean =>
  right - x <= WIDEST && bottom - y <= HIGHEST;

/** No mark is drawn in more steps. */
const MOST_STEPS = 4000;

/** The outlines of one path. */
export function shapesOf(
  steps: ArrayLike<number>,
  painted: number,
  { matrix, fill, lineWidth }: Pick<GraphicsState, 'matrix' | 'fill' | 'lineWidth'>,
  order: number,
): Shape[] {
  if (steps.length > MOST_STEPS) return [];
  const isFilled = painted >= OP.fill;
  const how = {
    order,
    isFilled,
    isStroked: painted !== OP.fill && painted !== OP.fill + 1,
    lightness: isFilled ? fill : null,
    lineWidth: lineWidth * Math.hypot(matrix[0], matrix[1]),
  };
  const shapes = outlines(steps, matrix)
    .filter(({ points }) => points.length > 1)
    .map(({ points, hasCurves }) => ({ points, hasCurves, box: boxAround(points), ...how }));
  return isFilled && shapes.length > 1 ? hollow(shapes) : shapes;
}

/** A frame filled between two outlines: the outer one, as if it were drawn. */
function hollow(shapes: Shape[]): Shape[] {
  const holds = (outer: Shape, inner: Shape): boolean =>
    outer !== inner &&
    outer.box.x < inner.box.x &&
    outer.box.y < inner.box.y &&
    outer.box.right > inner.box.right &&
    outer.box.bottom > inner.box.bottom;
  return shapes
    .filter((shape) => !shapes.some((outer) => holds(outer, shape)))
    .map((shape) =>
      shapes.some((inner) => holds(shape, inner)) ? { ...shape, isFilled: false, isStroked: true } : shape,
    );
}

interface Outline {
  points: Point[];
  hasCurves: boolean;
}

function outlines(steps: ArrayLike<number>, matrix: Matrix): Outline[] {
  const all: Outline[] = [];
  let outline: Outline = { points: [], hasCurves: false };
  for (let i = 0; i < steps.length; ) {
    const step = steps[i] as number;
    const at = (n: number): Point => onPage(matrix, steps[i + n] as number, steps[i + n + 1] as number);
    if (step === STEP.move) {
      outline = { points: [at(1)], hasCurves: false };
      all.push(outline);
    } else if (step === STEP.line) outline.points.push(at(1));
    else if (step === STEP.curve) {
      outline.points.push(...curve(outline.points.at(-1) ?? at(1), at(1), at(3), at(5)));
      outline.hasCurves = true;
    } else if (step === STEP.close && outline.points[0]) outline.points.push(outline.points[0]);
    i += 1 + (NUMBERS[step] ?? 0);
  }
  return all;
}

const CURVE_STEPS = 6;

/** A Bézier curve as some straight steps, without its start. */
function curve(from: Point, one: Point, two: Point, to: Point): Point[] {
  return Array.from({ length: CURVE_STEPS }, (_, i) => {
    const t = (i + 1) / CURVE_STEPS;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return {
      x: a * from.x + b * one.x + c * two.x + d * to.x,
      y: a * from.y + b * one.y + c * two.y + d * to.y,
    };
  });
}
