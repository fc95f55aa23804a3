import type { DrawnSpan } from './page-drawing.ts';
import type { TextRun } from './page-text.ts';

/** Characters a Japanese form prints. Glyph numbers taken for characters fall outside in large part. */
const PLAUSIBLE =
  /[\p{Script=Hiragana}\p{Script=Katakana}\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\x20-\x7e\u00a0-\u00ff\u2010-\u27bf\u2e80-\u30ff\u3200-\u33ff\uff00-\uffef]/u;

interface Letters {
  /** blanks not counted */
  all: number;
  plausible: number;
  /** shapes without a character */
  shapes: number;
}

/** Kana, common kanji and ASCII are nearly all letters; the patterns are for the rest. */
function lettersIn(text: string): Letters {
  let [all, plausible, shapes] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    if (isCommon(text.charCodeAt(i))) {
      all++;
      plausible++;
      continue;
    }
    const letter = String.fromCodePoint(text.codePointAt(i) as number);
    i += letter.length - 1;
    if (letter.trim() === '') continue;
    all++;
    if (PLAUSIBLE.test(letter)) plausible++;
    if (NO_CHARACTER.test(letter)) shapes++;
  }
  return { all, plausible, shapes };
}

const isCommon = (code: number): boolean =>
  (code > 0x30a0 && code <= 0x30ff) ||
  (code > 0x3040 && code <= 0x3096) ||
  (code >= 0x4e00 && code <= 0x9fff) ||
  (code > 0x20 && code < 0x7f);

/** Below this part of plausible characters a font's text is unreadable. */
const READABLE_PART = 0.6;

/** Codes that stand for a shape and for no character: private ones, the replacement character, control signs. */
const NO_CHARACTER = /[\p{Co}\p{Cn}\p{Cc}\ufffd]/u;

/** Latin letters, of which few are as wide as a kanji. */
const LATIN =
  /^[A-LN-VX-Za-ln-vx-z\u00a1-\u00bb\u00bf-\u00c5\u00c7-\u00e5\u00e7-\u017f\u2020-\u2022\u2030\u2260-\u2265]$/u;
/** in the height of its letters */
const AS_WIDE_AS_KANJI = 0.9;
const WIDE_PART = 0.4;

/** What of a page's text can be taken as characters. */
export interface ReadableRuns {
  runs: TextRun[];
  /** letters that are only shapes, of all */
  lost: number;
  letters: number;
  /** shapes stand among the characters of one text, so that a number may lack digits */
  isMixed: boolean;
}

/**
 * Runs whose font maps its glyphs to characters. A font may only name shapes; its text then comes out as glyph numbers,
 * private characters or control signs, or as Latin letters as wide as kanji.
 */
export function readableRuns(runs: TextRun[], spans: DrawnSpan[]): ReadableRuns {
  const counted = runs.map((run) => ({ run, ...lettersIn(run.text) }));
  const bad = unreadableFonts(counted, spans);
  const result: ReadableRuns = { runs: [], lost: 0, letters: 0, isMixed: false };
  for (const { run, all, shapes } of counted) {
    const isBad = bad.has(run.font ?? '');
    result.letters += all;
    result.lost += isBad ? all : shapes;
    if (!isBad && shapes > 0 && shapes < all) result.isMixed = true;
    if (!isBad && shapes === 0) result.runs.push(run);
  }
  return result;
}

function unreadableFonts(counted: (Letters & { run: TextRun })[], spans: DrawnSpan[]): Set<string> {
  const fonts = new Map<string, { all: number; plausible: number }>();
  for (const { run, all, plausible } of counted) {
    const font = fonts.get(run.font ?? '') ?? { all: 0, plausible: 0 };
    fonts.set(run.font ?? '', font);
    font.all += all;
    font.plausible += plausible;
  }
  const bad = [...fonts]
    .filter(([, { all, plausible }]) => plausible < all * READABLE_PART)
    .map(([name]) => name);
  return new Set([...bad, ...latinFontsOfKanji(spans)]);
}

/** Fonts without a table of characters: their codes come out as Latin letters, each as wide as the kanji it is. */
function latinFontsOfKanji(spans: DrawnSpan[]): string[] {
  const fonts = new Map<string, { latin: number; wide: number }>();
  for (const { font, glyphs } of spans)
    for (const glyph of glyphs) {
      if (!glyph || typeof glyph === 'number' || !isLatin(glyph.unicode)) continue;
      const count = fonts.get(font.name) ?? { latin: 0, wide: 0 };
      fonts.set(font.name, count);
      count.latin++;
      if (glyph.width * font.unit >= AS_WIDE_AS_KANJI * font.height) count.wide++;
    }
  return [...fonts]
    .filter(([, { latin, wide }]) => wide >= 3 && wide > latin * WIDE_PART)
    .map(([name]) => name);
}

/** Most letters of a form are above them all, and its digits below. */
function isLatin(letter: string): boolean {
  const code = letter.charCodeAt(0);
  return code >= 0x41 && code <= 0x2265 && LATIN.test(letter);
}
