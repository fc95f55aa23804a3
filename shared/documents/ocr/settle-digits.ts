import type { OcrLetter, OcrResult } from './ocr-engine.ts';

/** Dates, and numbers of persons, offices and services: digits a decision may rest on. */
const TELLING = /[0-9]{4}|[0-9][年月日./-]|[和成][0-9]/u;

/** A 個人番号 must stay visible to be quarantined, well read or not; no field of a form has as many digits. */
const MY_NUMBER = 12;

/** True for rows whose digits must not rest on one reading. */
export const holdsTellingDigits = (text: OcrResult): boolean => TELLING.test(wordsOf(text));

/** True when two readings of a row, made at different sizes, agree on every digit. */
export const agreeOnDigits = (one: OcrResult, other: OcrResult): boolean =>
  numbersOf(one).join(' ') === numbersOf(other).join(' ');

/**
 * The reading of three that the others confirm best. A number of it in no other reading becomes 「?」: no number is
 * better than a wrong one.
 */
export function settleDigits(readings: [OcrResult, OcrResult, OcrResult]): OcrResult {
  const numbers = readings.map(numbersOf);
  const known = numbers.map((own, i) => own.map((number, place) => isKnown(number, place, own, numbers, i)));
  const counts = known.map((each) => each.filter(Boolean).length - each.filter((is) => !is).length);
  const best = counts.indexOf(Math.max(...counts));
  return withoutNumbers(readings[best] as OcrResult, known[best] as boolean[]);
}

const isKnown = (number: string, place: number, own: string[], all: string[][], i: number): boolean =>
  number.length === MY_NUMBER ||
  all.some((other, j) => j !== i && other.length === own.length && other[place] === number);

/** Digits of numbers that are not known become 「?」. */
function withoutNumbers(text: OcrResult, known: boolean[]): OcrResult {
  let at = -1;
  let inNumber = false;
  const settle = (letter: OcrLetter): OcrLetter => {
    if (letter.text.trim() === '') return letter;
    if (isDigit(letter) && !inNumber) at++;
    inNumber = isDigit(letter);
    return !inNumber || known[at] ? letter : { ...letter, text: '?' };
  };
  return { ...text, lines: text.lines.map((line) => ({ ...line, letters: line.letters.map(settle) })) };
}

const isDigit = ({ text }: OcrLetter): boolean => /^[0-9０-９]$/u.test(text);

const wordsOf = ({ lines }: OcrResult): string =>
  lines
    .flatMap((line) => line.letters.map(({ text }) => text))
    .join('')
    .normalize('NFKC')
    .replace(/\s/g, '');

/** The numbers of a row in their order. */
const numbersOf = (text: OcrResult): string[] => wordsOf(text).match(/[0-9]+/g) ?? [];
