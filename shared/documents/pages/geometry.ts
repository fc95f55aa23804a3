/** A rectangle; y grows downwards. */
export interface Box {
  x: number;
  y: number;
  right: number;
  bottom: number;
}

export interface Point {
  x: number;
  y: number;
}

export type Matrix = [number, number, number, number, number, number];
/** The product of two PDF matrices. */
export function multiply(m: Matrix | number[], n: Matrix | number[]): Matrix {
  const [a, b, c, d, e, f] = m as Matrix;
  const [p, q, r, s, t, u] = n as Matrix;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** A point of a form or a text on the page. */
export const onPage = ([a, b, c, d, e, f]: Matrix, x: number, y: number): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
});

/** The smallest rectangle around points. */
export const boxAround = (points: Point[]): Box => ({
  x: Math.min(...points.map(({ x }) => x)),
  y: Math.min(...points.map(({ y }) => y)),
  right: Math.max(...points.map(({ x }) => x)),
  bottom: Math.max(...points.map(({ y }) => y)),
});

/** The rectangle around two opposite corners of another coordinate system. */
export const boxOnPage = (matrix: Matrix, [x1, y1, x2, y2]: [number, number, number, number]): Box =>
  boxAround([onPage(matrix, x1, y1), onPage(matrix, x2, y1), onPage(matrix, x1, y2), onPage(matrix, x2, y2)]);

/** The part two rectangles have in common; its right is left of its left where they have none. */
export const common = (a: Box, b: Box): Box => ({
  x: Math.max(a.x, b.x),
  y: Math.max(a.y, b.y),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

export const areaOf = ({ x, y, right, bottom }: Box): number =>
  Math.max(0, right - x) * Math.max(0, bottom - y);

export const holdsPoint = (box: Box, { x, y }: Point): boolean =>
  box.x <= x && x <= box.right && box.y <= y && y <= box.bottom;
