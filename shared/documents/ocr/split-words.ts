import { assignLetters } from './assign-letters.ts';
import type { GrayImage } from './image/gray-image.ts';
import { extentOf, inkStretches } from './ink-stretches.ts';
import type { OcrLetter, OcrLine } from './ocr-engine.ts';

export interface Word {
  text: string;
  x0: number;
  x1: number;
  height: number;
  confidence: number;
}

/** Paper that separates words, in letters. Letters of one word have less between them. */
const GAP = 0.5;

/**
 * The letters of a line as words, separated by paper. The ink decides where a word ends: the engine finds words where
 * Japanese has none, and only estimates the positions of letters.
 */
export function splitWords(line: OcrLine, size: number, image: GrayImage): Word[] {
  const ink = inkStretches(line, size * GAP, image);
  // letters without any ink keep the engine's positions, so that no letter is lost
  const stretches = ink.length > 0 ? ink : [extentOf(line)];
  const words: Word[] = [];
  for (const { stretch, letters } of assignLetters(line.letters, stretches, size)) {
    const text = spell(letters);
    const height = Math.max(...letters.map(({ y0, y1 }) => y1 - y0));
    const confidence = Math.max(...letters.map((letter) => letter.confidence));
    const previous = words.at(-1);
    // the empty half of a sign's square is no gap
    const isSign =
      previous && (/[、。，．・:：）」)]$/u.test(previous.text) || /^[、。，．・:：（「(]/u.test(text));
    if (previous && isSign && stretch.from - previous.x1 < size) {
      previous.text += text;
      previous.x1 = stretch.to;
    } else words.push({ text, x0: stretch.from, x1: stretch.to, height, confidence });
  }
  return words;
}

/** Keeps spaces only between Latin letters. */
const spell = (letters: OcrLetter[]): string =>
  letters
    .map(({ text, beginsWord }, i) => {
      const previous = letters[i - 1]?.text ?? '';
      return beginsWord && LATIN.test(previous) && LATIN.test(text) ? ` ${text}` : text;
    })
    .join('');
const LATIN = /[A-Za-z]/;
