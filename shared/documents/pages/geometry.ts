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
/** The product of two PDF matrices. By index: destructuring a list reads it through an iterator. */
export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

/** A point of a form or a text on the page. */
export const onPage = (m: Matrix, x: number, y: number): Point => ({
  x: m[0] * x + m[2] * y + m[4],
  y: m[1] * x + m[3] * y + m[5],
});

/** `Math.hypot` takes several times as long. */
export const lengthOf = (x: number, y: number): number => Math.sqrt(x * x + y * y);

/** The smallest rectangle around points. */
export function boxAround(points: Point[]): Box {
  const box = { x: Infinity, y: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.x = Math.min(box.x, x);
    box.y = Math.min(box.y, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** The rectangle around two opposite corners of another coordinate system. */
export function boxOnPage(matrix: Matrix, corners: ArrayLike<number>): Box {
  const [x1, y1, x2, y2] = [corners[0] ?? 0, corners[1] ?? 0, corners[2] ?? 0, corners[3] ?? 0];
  return boxAround([
    onPage(matrix, x1, y1),
    onPage(matrix, x2, y1),
    onPage(matrix, x1, y2),
    onPage(matrix, x2, y2),
  ]);
}

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
