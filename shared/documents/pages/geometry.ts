/** A rectangle; y grows downwards. */
export interface Box {
  x: number;
  y: number;
  right: number;
  bottom: number;
}

export type Matrix = [number, number, number, number, number, number];
/** The product of two PDF matrices. */
export function multiply(m: Matrix | number[], n: Matrix | number[]): Matrix {
  const [a, b, c, d, e, f] = m as Matrix;
  const [p, q, r, s, t, u] = n as Matrix;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}
