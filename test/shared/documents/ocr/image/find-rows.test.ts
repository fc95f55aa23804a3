import { describe, expect, it } from 'vitest';
import { findRows, type PixelBox } from '../../../../../shared/documents/ocr/image/find-rows.ts';

const LETTER = 30;
/** Letters of 30 pixels side by side, with three pixels between them. */
const word = (x: number, y: number, letters: number, size = LETTER): PixelBox[] =>
  Array.from({ length: letters }, (_, i) => ({
    x0: x + i * (size + 3),
    y0: y,
    x1: x + i * (size + 3) + size,
    y1: y + size,
  }));
const rowsOf = (boxes: PixelBox[], rules: { x: number; y0: number; y1: number }[] = []) =>
  findRows(boxes, rules, 100).toSorted((a, b) => a.y0 - b.y0 || a.x0 - b.x0);

describe('findRows', () => {
  it('parts lines by the paper between them', () => {
    expect(rowsOf([...word(0, 0, 5), ...word(0, 38, 5)]).map(({ y0, y1 }) => [y0, y1])).toEqual([
      [0, 30],
      [38, 68],
    ]);
  });

  it('parts two cells by the rule between them, also where their lines stand at different heights', () => {
    const cells = [...word(0, 0, 3), ...word(0, 38, 3), ...word(108, 19, 3)];
    const rows = rowsOf(cells, [{ x: 102, y0: -20, y1: 90 }]);
    expect(rows.map(({ x0, y0 }) => [x0, y0])).toEqual([
      [0, 0],
      [108, 19],
      [0, 38],
    ]);
  });

  it('parts words with much paper between them and keeps those together that a blank parts', () => {
    expect(rowsOf([...word(0, 0, 2), ...word(90, 0, 2), ...word(300, 0, 2)]).map(({ x0 }) => x0)).toEqual([
      0, 300,
    ]);
  });

  it('keeps the strokes of 二 and the bar of a long vowel in one row', () => {
    const two = [
      { x0: 0, y0: 4, x1: 26, y1: 7 },
      { x0: -2, y0: 24, x1: 28, y1: 27 },
    ];
    expect(rowsOf(two)).toHaveLength(1);
    expect(rowsOf([...word(0, 0, 3), { x0: 104, y0: 13, x1: 130, y1: 16 }, ...word(134, 0, 2)])).toHaveLength(
      1,
    );
  });

  it('marks a row whose lines could not be separated', () => {
    const ring = { x0: 200, y0: -20, x1: 290, y1: 140 };
    const glued = [...word(0, 0, 5), ...word(0, 38, 5), ...word(0, 76, 5), { ...ring, x0: 140 }];
    expect(rowsOf(glued).some(({ isBlock }) => isBlock)).toBe(true);
    expect(rowsOf(word(0, 0, 8, 80)).map(({ isBlock }) => isBlock)).toEqual([false]);
  });
});
