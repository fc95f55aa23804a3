import type { OcrLetter } from './ocr-engine.ts';

/** Letters as wide as high; digits and Latin letters may stand as close as these do not. */
const SQUARE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** A line with fewer square letters tells no distance between them. */
const LEAST_LETTERS = 5;
/** Two letters this far from each other, in usual distances, have no room for a third between them. */
const NO_ROOM = 1.2;
/** A letter without ink of its own is narrower than this, in usual distances, and not read surely. */
const NARROW = 0.65;
const SURE = 98;

/** The letters without those that share the ink of their neighbours: the engine reads one narrow kana as two. */
export function dropCrowded(letters: OcrLetter[]): OcrLetter[] {
  const usual = usualDistance(letters);
  if (usual === null) return letters;
  const kept: OcrLetter[] = [];
  for (const [i, letter] of letters.entries()) {
    const [before, after] = [kept.at(-1), letters[i + 1]];
    const isCrowded =
      before &&
      after &&
      [before, letter, after].every(({ text }) => SQUARE.test(text)) &&
      middle(after) - middle(before) < NO_ROOM * usual &&
      letter.x1 - letter.x0 < NARROW * usual &&
      letter.confidence < SURE;
    if (!isCrowded) kept.push(letter);
  }
  return kept;
}

function usualDistance(letters: OcrLetter[]): number | null {
  const distances = letters
    .flatMap((letter, i) => {
      const after = letters[i + 1];
      return after && SQUARE.test(letter.text) && SQUARE.test(after.text)
        ? [middle(after) - middle(letter)]
        : [];
    })
    .sort((a, b) => a - b);
  return distances.length < LEAST_LETTERS - 1
    ? null
    : (distances[Math.floor(distances.length / 2)] as number);
}

const middle = ({ x0, x1 }: OcrLetter): number => (x0 + x1) / 2;
