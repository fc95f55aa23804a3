import { expect, it } from 'vitest';
import { type Matrix, multiply } from '../../../../shared/documents/pages/geometry.ts';

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const SCALE: Matrix = [2, 0, 0, 3, 0, 0];
const MOVE: Matrix = [1, 0, 0, 1, 5, 7];

it('leaves a matrix as it is when multiplied by the identity', () => {
  expect(multiply(MOVE, IDENTITY)).toEqual(MOVE);
  expect(multiply(IDENTITY, SCALE)).toEqual(SCALE);
});

it('applies the second matrix first, as PDF does', () => {
  expect(multiply(SCALE, MOVE)).toEqual([2, 0, 0, 3, 10, 21]);
  expect(multiply(MOVE, SCALE)).toEqual([2, 0, 0, 3, 5, 7]);
});
