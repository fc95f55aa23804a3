import { foldVariants } from '../../../text/normalise.ts';
import type { PageText, TextCell, TextLine } from '../../pages/page-text.ts';

/**
 * A line without its blanks, so that 「氏　　名」, 「氏名」 and a name in boxes, one letter each, read alike.
 * Keeps for every letter its position and its distance from the letter before.
 */
export interface CompactLine {
  /** letters in one form (width, brackets, radicals), no blanks */
  readonly text: string;
  /**
   * per letter: what came before it. 0 nothing, 1 a blank, 2 a gap between cells, 3 the beginning of the line, 4 the end of
   * a line inside a box
   */
  readonly gaps: number[];
  /** per letter: its left edge in points */
  readonly xs: number[];
  /** per letter: number of its cell */
  readonly cells: number[];
  readonly line: TextLine;
  readonly page: number;
}

export const compactLine = (line: TextLine, page: number): CompactLine => new LazyLine(line, page);

/** Every line is searched, and few are of interest: their letters are placed when first asked for. */
class LazyLine implements CompactLine {
  readonly text: string;
  readonly line: TextLine;
  readonly page: number;
  private letters: PlacedLetters | null = null;

  constructor(line: TextLine, page: number) {
    this.text = line.cells.map((cell) => plainText(cell.text)).join('');
    this.line = line;
    this.page = page;
  }

  get gaps(): number[] {
    return this.placed.gaps;
  }

  get xs(): number[] {
    return this.placed.xs;
  }

  get cells(): number[] {
    return this.placed.cells;
  }

  private get placed(): PlacedLetters {
    this.letters ??= placeLetters(this.line);
    return this.letters;
  }
}

type PlacedLetters = Pick<CompactLine, 'gaps' | 'xs' | 'cells'>;

/** The lines of a page are made compact once: for the title first, for the values later. */
export function compactLines(page: Pick<PageText, 'page' | 'lines'>): CompactLine[] {
  let lines = ofPages.get(page);
  if (!lines) {
    lines = page.lines.map((line) => compactLine(line, page.page));
    ofPages.set(page, lines);
  }
  return lines;
}
const ofPages = new WeakMap<object, CompactLine[]>();

function placeLetters(line: TextLine): PlacedLetters {
  const result: PlacedLetters = { gaps: [], xs: [], cells: [] };
  for (let number = 0; number < line.cells.length; number++) {
    const cell = line.cells[number] as TextCell;
    const letters = lettersOf(cell.text);
    const advance = (cell.right - cell.x) / Math.max(letters.length, 1);
    let blanks = 0;
    let isNextLine = false;
    let first = true;
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] as string;
      if (isBlank(letter)) {
        blanks += letter === '\u3000' ? 2 : 1;
        isNextLine ||= letter === '\n';
        continue;
      }
      const plain = plainLetter(letter);
      // a letter outside the basic plane, or one that is written out as several, takes as many places in a string
      for (let place = 0; place < plain.length; place++) {
        const gap = first ? cellGap(line, number) : isNextLine ? 4 : blanks > 3 ? 2 : blanks > 0 ? 1 : 0;
        result.gaps.push(place === 0 ? gap : 0);
        result.xs.push(cell.x + i * advance);
        result.cells.push(number);
      }
      blanks = 0;
      isNextLine = false;
      first = false;
    }
  }
  return result;
}

/** Cells closer than a letter are words of one text as often as cells of a table: a blank, no more. */
const WIDE = 0.8;

function cellGap(line: TextLine, number: number): number {
  const [before, cell] = [line.cells[number - 1], line.cells[number]];
  if (!before || !cell) return 3;
  if (before.box !== cell.box) return 2;
  return cell.x - before.right < WIDE * Math.min(before.size, cell.size) ? 1 : 2;
}

/** Any text in the same plain form, for comparing with compact lines: labels, titles, key words. */
export function plainText(text: string): string {
  if (IS_PLAIN.test(text)) return text;
  let plain = '';
  const letters = lettersOf(text);
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] as string;
    if (!isBlank(letter)) plain += plainLetter(letter);
  }
  return plain;
}

/** ASCII, kana and common kanji without a blank. */
const IS_PLAIN = /^[\x21-\x7e\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]*$/;

/** Nearly every text is of letters of one unit each, which are its own. */
const lettersOf = (text: string): ArrayLike<string> =>
  OF_SEVERAL_UNITS.test(text) ? (text.match(LETTERS) ?? []) : text;
const OF_SEVERAL_UNITS = /[\uFF9E\uFF9F\u3099\u309A\uD800-\uDFFF]/;

/** A letter with the marks that follow it, so that ｶﾞ becomes ガ. */
const LETTERS =
  /[\s\S][\uFF9E\uFF9F\u3099\u309A]|[\uD800-\uDBFF][\uDC00-\uDFFF][\uFE00-\uFE0F\u{E0100}-\u{E01EF}]?|[\s\S]/gu;

/** Only what is neither ASCII, kana nor kanji needs the pattern. */
function isBlank(letter: string): boolean {
  const code = letter.charCodeAt(0);
  if ((code > 0x20 && code < 0x7f) || (code > 0x3000 && code < 0xfeff)) return false;
  return /^[\s\u3000\u00a0\u200b\ufeff]+$/u.test(letter);
}

const PLAIN = new Map<string, string>(
  Object.entries({
    '〔［【': '[',
    '〕］】': ']',
    '＜〈《≪«': '<',
    '＞〉》≫»': '>',
    '･·•‧∙⋅・': '・',
    '〜～∼˜': '~',
    '―‐‑–—−－ｰ': '-',
    '：': ':',
    '〇◯⚪': '○',
    '◻☐▢⬜': '□',
    '⬛◼▪': '■',
    '⚫': '●',
    '✔✅🗹': '✓',
    '☒': '☒',
  }).flatMap(([variants, plain]) => [...variants].map((variant) => [variant, plain] as const)),
);

/** letters whose compatibility form would change what they mean: enclosed numbers, the seal mark, 異体字 of names */
const KEPT = /^[\u2460-\u24FF\u3280-\u32B0\uF900-\uFAFF]/u;

const RADICAL = /^[\u2E80-\u2FDF]/u;

/** Plain forms met so far; forms use few letters, and the same ones again. */
const plainLetters = new Map<string, string>();

function plainLetter(letter: string): string {
  if (letter.length === 1 && isOwnPlainForm(letter.charCodeAt(0))) return letter;
  let plain = plainLetters.get(letter);
  if (plain === undefined) {
    plain = makePlain(letter);
    if (plainLetters.size < 20_000) plainLetters.set(letter, plain);
  }
  return plain;
}

/** ASCII, kana, common kanji. */
const isOwnPlainForm = (code: number): boolean =>
  code < 0x7f ||
  (code >= 0x3041 && code <= 0x3096) ||
  (code >= 0x30a1 && code <= 0x30fa) ||
  (code >= 0x4e00 && code <= 0x9fff);

function makePlain(letter: string): string {
  const plainForm = PLAIN.get(letter);
  if (plainForm) return plainForm;
  if (KEPT.test(letter)) return letter;
  // radicals that print like the character (⻑ for 長, ⼾ for 戸) are no letters of a name and are folded; 髙 stays
  const character = RADICAL.test(letter) ? foldVariants(foldVariants(letter).normalize('NFKC')) : letter;
  const plain = character.normalize('NFKC').trim();
  return PLAIN.get(plain) ?? plain;
}
