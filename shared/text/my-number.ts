import { decodeJapanese } from './decode.ts';

/**
 * 個人番号（マイナンバー）: the desk must not keep one. A file that carries one is quarantined with everything read
 * from it, the number is repeated nowhere (not in a finding, not in a reading, not in a log), and the intake takes the
 * file out of the upload (functions/intake/redact-upload.ts).
 */

/** A line of a document as text, cells separated by tabs, with its place. */
export interface PlacedLine {
  text: string;
  page?: number;
  row?: number;
}
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/[^0-9]/g, '');
/** The lines of a CSV or any other text, when it mentions a 個人番号 at all; else an empty list. */
export function textLines(bytes: Uint8Array): PlacedLine[] {
  const text = decodeJapanese(bytes);
  if (!isNamedIn(text)) return [];
  return text
    .split(/\r\n?|\n/)
    .map((line, i) => ({ text: line.replace(/"?,"?/g, '\t').replace(/^"|"$/g, ''), row: i + 1 }));
}
/** The same of a JSON file: also where its letters are written as `\\u500b…`, and a key that occurs twice. */
export function jsonLines(bytes: Uint8Array): PlacedLine[] {
  const raw = textLines(bytes);
  const unescaped = reprint(decodeJapanese(bytes));
  return isNamedIn(unescaped) ? [...raw, ...unescaped.split('\n').map((text) => ({ text }))] : raw;
}
/** The JSON printed line by line without escapes; '' where it is invalid, or too deep to print. */
function reprint(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 1);
  } catch (error) {
    // V8 gives up a value of some thousand levels with a RangeError.
    if (error instanceof SyntaxError || error instanceof RangeError) return '';
    throw error;
  }
}
const isNamedIn = (text: string): boolean => ANY_LABEL.test(text);
/** Numbers (from 0) of the lines that hold a 個人番号: beside its label, or in the lines beneath it. */
export function findMyNumbers(lines: string[]): number[] {
  return [...new Set(places(lines).map(({ line }) => line))];
}
/** The same lines with the digits of every 個人番号 made unreadable (＊), for texts that are kept. */
export function maskMyNumbers(lines: string[], find: (lines: string[]) => Place[] = places): string[] {
  const masked = [...lines];
  for (const { line, from, to } of find(lines)) {
    const text = masked[line] as string;
    masked[line] = text.slice(0, from) + text.slice(from, to).replace(/[0-9０-９]/g, '＊') + text.slice(to);
  }
  return masked;
}
/**
 * A path of an archive with the digits of every 個人番号 made unreadable: one in the same folder's or file's
 * name as its label, before or after it. Each digit becomes a letter of its own width, so that the name keeps its length
 * in every encoding.
 */
export const maskedPath = (path: string): string =>
  path
    .split('/')
    .map((part) =>
      numbersIn(part).reduce((masked, number) => masked.replaceAll(number, maskedDigits(number)), part),
    )
    .join('/');
/** The 個人番号 in the parts of a path, as they are written there. */
export const numbersInPath = (path: string): string[] => path.split('/').flatMap(numbersIn);
const numbersIn = (part: string): string[] =>
  isNamedIn(part) ? [...part.matchAll(TWELVE)].map(([number]) => number).filter(isMyNumber) : [];
export const maskedDigits = (number: string): string =>
  number.replace(/[0-9]/g, '*').replace(/[０-９]/g, '＊');
export interface Place {
  line: number;
  /** half-open range in the line's text, as it was given */
  from: number;
  to: number;
}
/** 個 人 番 号 with any blanks; マイナンバー, in half-width letters too; my_number as a program writes it. */
const LABEL = /個[\s　]*人[\s　]*番[\s　]*号|マイ[\s　]*ナンバー|ﾏｲﾅﾝﾊﾞｰ|My[\s_-]?Number/giu;
const ANY_LABEL = new RegExp(LABEL.source, 'iu');
/** how many lines beneath a label its number may be, where nothing is beside it */
const BENEATH = 2;
export const places = (lines: string[]): Place[] => placesOf(lines, isMyNumber);

/** A number as a card prints it: in three groups of four. */
const ON_CARD = /(?<![0-9])[0-9]{4}[\s　-]{1,4}[0-9]{4}[\s　-]{1,4}[0-9]{4}(?![0-9])/gu;

/**
 * The 個人番号 in the text of a picture. A digit may be misread, so twelve beside the label are one whatever their check
 * digit; a card shows its number without a label that OCR can read, so three groups of four are one where it fits.
 */
export function myNumbersInPicture(lines: string[]): Place[] {
  const alone = lines.flatMap((text, line) =>
    [...text.matchAll(ON_CARD)]
      .filter(([number]) => isMyNumber(number))
      .map(({ 0: number, index }) => ({ line, from: index, to: index + number.length })),
  );
  return [...placesOf(lines, () => true), ...alone];
}

type Test = (text: string) => boolean;

function placesOf(lines: string[], isNumber: Test): Place[] {
  const found: Place[] = [];
  for (const [line, text] of lines.entries())
    for (const label of isNamedIn(text) ? text.matchAll(LABEL) : []) {
      const end = label.index + label[0].length;
      const beside = numberIn(text, end, true, isNumber);
      if (beside) found.push({ line, ...beside });
      else found.push(...underneath(lines, line, text.slice(0, label.index), isNumber));
    }
  return found;
}
/** A heading row: the number is in the same cell of the next lines (a table), or anywhere there (a form). */
function underneath(lines: string[], line: number, before: string, isNumber: Test): Place[] {
  const column = before.split('\t').length - 1;
  const found: Place[] = [];
  const isTable = (lines[line] as string).split('\t').length > 2;
  const last = isTable ? lines.length : Math.min(lines.length, line + 1 + BENEATH);
  for (let next = line + 1; next < last; next++) {
    const text = lines[next] as string;
    const start = isTable ? startOfCell(text, column) : 0;
    const number = start === null ? null : numberIn(text, start, isTable, isNumber);
    const near = number ?? (next <= line + BENEATH ? numberIn(text, 0, false, isNumber) : null);
    if (near) found.push({ line: next, ...near });
  }
  return found;
}
function startOfCell(text: string, column: number): number | null {
  let at = 0;
  for (let i = 0; i < column; i++) {
    at = text.indexOf('\t', at) + 1;
    if (at === 0) return null;
  }
  return at;
}
/** 12 digits: in one piece, in groups, or one to a box; full-width ones too. A longer number or +81 does not count. */
const TWELVE =
  /(?<![0-9０-９+＋][-－‐]?)[0-9０-９](?:[\s　|│・･\-－‐ー]{0,4}[0-9０-９]){11}(?![-－‐]?[0-9０-９])/gu;
/** another label between the label and the number: the number is that one's */
const OTHER_LABEL = /番号|電話|携帯|TEL|FAX|ＴＥＬ|ＦＡＸ|℡|〒|年|月/iu;
function numberIn(
  text: string,
  start: number,
  beside: boolean,
  isNumber: Test,
): { from: number; to: number } | null {
  for (const match of text.matchAll(TWELVE)) {
    if (match.index < start) continue;
    if (beside && OTHER_LABEL.test(text.slice(start, match.index))) return null;
    if (isNumber(match[0])) return { from: match.index, to: match.index + match[0].length };
  }
  return null;
}
/**
 * 12 digits whose last is the check digit of the others.
 * Source: 平成26年総務省令第85号（番号利用法の総務省令）第5条: 11 − (Σ Pn·Qn mod 11), 0 where the remainder is 1 or less;
 * Pn the n-th digit from the right of the first eleven, Qn = n+1 for n ≤ 6, n−5 above.
 */
export function isMyNumber(text: string): boolean {
  const digits = [...digitsOf(text)].map(Number);
  if (digits.length !== 12 || new Set(digits).size === 1) return false;
  let sum = 0;
  for (let n = 1; n <= 11; n++) sum += (digits[11 - n] as number) * (n <= 6 ? n + 1 : n - 5);
  const rest = sum % 11;
  return digits[11] === (rest <= 1 ? 0 : 11 - rest);
}
