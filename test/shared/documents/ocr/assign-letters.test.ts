import { expect, it } from 'vitest';
import { assignLetters } from '../../../../shared/documents/ocr/assign-letters.ts';
import type { OcrLetter } from '../../../../shared/documents/ocr/ocr-engine.ts';

const letter = (text: string, x0: number): OcrLetter => ({
  ...{ text, beginsWord: false, confidence: 90 },
  ...{ x0, x1: x0 + 10, y0: 0, y1: 10 },
});
const textsOf = (letters: OcrLetter[], stretches: { from: number; to: number }[]): string[][] =>
  assignLetters(letters, stretches, 10).map((assigned) => assigned.letters.map(({ text }) => text));

const LETTERS = [letter('氏', 0), letter('名', 10), letter('花', 40)];

it('gives each stretch the letters that fill it', () => {
  expect(
    textsOf(LETTERS, [
      { from: 0, to: 20 },
      { from: 40, to: 50 },
    ]),
  ).toEqual([['氏', '名'], ['花']]);
});

it('leaves ink without letters that none is near', () => {
  expect(
    textsOf(LETTERS, [
      { from: 0, to: 20 },
      { from: 40, to: 50 },
      { from: 200, to: 202 },
    ]),
  ).toEqual([['氏', '名'], ['花']]);
});

it('assigns every letter to the only stretch', () => {
  expect(textsOf(LETTERS, [{ from: 0, to: 5 }])).toEqual([['氏', '名', '花']]);
});
