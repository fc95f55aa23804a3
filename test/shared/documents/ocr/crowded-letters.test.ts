import { expect, it } from 'vitest';
import { dropCrowded } from '../../../../shared/documents/ocr/crowded-letters.ts';

/** Letters with their left and right edges; the doubtful ones are marked. */
const line = (...letters: [text: string, x0: number, x1: number, confidence?: number][]) =>
  letters.map(([text, x0, x1, confidence = 99]) => ({
    text,
    x0,
    x1,
    y0: 0,
    y1: 30,
    confidence,
    beginsWord: false,
  }));
const textOf = (letters: { text: string }[]): string => letters.map(({ text }) => text).join('');

it('drops a letter that shares the ink of its neighbours', () => {
  const read = line(
    ...([
      ['い', 9, 32],
      ['わ', 35, 59],
      ['さ', 59, 68, 91],
      ['き', 64, 87],
    ] as [string, number, number, number?][]),
    ...([
      ['見', 89, 116],
      ['本', 125, 144],
      ['居', 149, 170],
      ['宅', 172, 199],
    ] as [string, number, number][]),
  );
  expect(textOf(dropCrowded(read))).toBe('いわき見本居宅');
});

it('keeps narrow letters that have room, and digits that stand close', () => {
  const name = line(
    ['い', 0, 24],
    ['わ', 28, 52],
    ['し', 62, 74, 91],
    ['き', 84, 108],
    ['見', 112, 136],
    ['本', 140, 164],
  );
  expect(textOf(dropCrowded(name))).toBe('いわしき見本');
  const date = line(
    ['令', 0, 27],
    ['和', 28, 55],
    ['1', 56, 63, 95],
    ['2', 64, 78],
    ['年', 80, 107],
    ['度', 108, 135],
    ['見', 136, 163],
    ['本', 164, 191],
  );
  expect(textOf(dropCrowded(date))).toBe('令和12年度見本');
});
