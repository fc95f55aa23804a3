import { expect, test } from 'vitest';
import { letterSize, roomOf } from '../../../../web/hokatsu/documents/sheet-letters.ts';

const cell = (text: string, x: number, right: number, y = 0) => ({
  ...{ text, x, right, y, bottom: y + 14, size: 10, isBox: true },
});
const sheetOf = (cells: ReturnType<typeof cell>[]) => ({
  ...{ name: null, width: 500, height: 500, more: 0, struck: [], cells },
});

test('lets a text run on over empty cells at its right, as a spreadsheet does', () => {
  const long = cell('介護予防支援サービス評価表', 0, 50);
  expect(roomOf(long, sheetOf([long, cell('別の行', 50, 100, 20)]))).toBeGreaterThan(130);
  expect(roomOf(long, sheetOf([long, cell('隣', 50, 100)]))).toBe(50);
  expect(roomOf(cell('短い', 0, 200), sheetOf([]))).toBe(200);
});

test('makes letters smaller until the text fits in its cell, and no larger than they are', () => {
  expect(letterSize(cell('短い', 0, 50), 50)).toBe(10);
  const small = letterSize(cell('一\n二\n三', 0, 50), 50);
  expect(small).toBeLessThan(5);
  expect(small * 3 * 1.2).toBeLessThanOrEqual(14);
});
