import type { TextRun } from '../pages/page-text.ts';
import { dropCrowded } from './crowded-letters.ts';
import type { PrintRow } from './image/find-rows.ts';
import type { PreparedPage } from './image/prepare-page.ts';
import type { OcrLetter, OcrResult } from './ocr-engine.ts';
import { dropGhosts, repairWord } from './repair-text.ts';
import { splitWords, type Word } from './split-words.ts';

/** Middle of a letter above its base line, in sizes; `assembleLines` subtracts it again. */
const MIDDLE = 0.36;
/** Em of a letter in its printed heights. */
const EM = 1.08;

/** The words and the marks of a page as runs of text, in points. */
export function textRuns({ image, marks }: PreparedPage, texts: Map<PrintRow, OcrResult>): TextRun[] {
  const points = 72 / image.dpi;
  const run = (text: string, x0: number, x1: number, middle: number, size: number): TextRun => ({
    text,
    x: x0 * points,
    width: (x1 - x0) * points,
    baseline: (middle + size * MIDDLE) * points,
    size: size * points,
    angle: 0,
  });
  const lines = [...texts.values()].flatMap((text) => text.lines);
  const words = lines.flatMap((line) => {
    const letters = dropCrowded(dropGhosts(line.letters));
    if (letters.length === 0) return [];
    const size = usualHeight(letters) * EM;
    const middle = (line.y0 + line.y1) / 2;
    return splitWords({ ...line, letters }, size, image)
      .filter((word) => !isDirt(word, size))
      .map((word) => run(repairWord(word.text), word.x0, word.x1, middle, size));
  });
  const boxes = marks.map(({ sign, blob }) =>
    run(sign, blob.x0, blob.x1, (blob.y0 + blob.y1) / 2, (blob.y1 - blob.y0) * EM),
  );
  return [...words, ...boxes];
}

/** Height of most letters: small kana and dirt are lower, two lines read as one are higher. */
function usualHeight(letters: OcrLetter[]): number {
  const heights = letters.map(({ y0, y1 }) => y1 - y0).sort((a, b) => a - b);
  return heights[Math.floor(heights.length * 0.6)] ?? 1;
}

/** Remains of rules, read with low confidence as signs that no form prints. */
const isDirt = (word: Word, size: number): boolean =>
  !/[\p{L}\p{N}]/u.test(word.text) &&
  !/^[・:：~〜～ー\-()（）、。/／.]+$/u.test(word.text) &&
  (word.confidence < 60 || word.height < size * 0.2);
