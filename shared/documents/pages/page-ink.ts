import type { PDFPageProxy } from 'pdfjs-dist';
import { placesImage } from './placed-images.ts';
import type { TextRun } from './page-text.ts';

/** Characters a Japanese form prints. Glyph numbers taken for characters fall outside in large part. */
const PLAUSIBLE =
  /[\p{Script=Hiragana}\p{Script=Katakana}\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\x20-\x7e\u00a0-\u00ff\u2010-\u27bf\u2e80-\u30ff\u3200-\u33ff\uff00-\uffef]/u;

/** Kana, common kanji and ASCII are nearly all there is; the pattern is for the rest. */
function isPlausible(letter: string): boolean {
  const code = letter.charCodeAt(0);
  if ((code >= 0x3000 && code <= 0x30ff) || (code >= 0x4e00 && code <= 0x9fff)) return true;
  return (code > 0x20 && code < 0x7f) || PLAUSIBLE.test(letter);
}

/** Below this part of plausible characters a font's text is no text. */
const READABLE_PART = 0.6;

/**
 * Runs whose font says which characters it draws. A font may only say which shapes to draw; then what comes out are
 * glyph numbers, private characters or control signs, and a few of them among good text are as unreadable as a page.
 */
export function readableRuns(runs: TextRun[]): TextRun[] {
  const fonts = new Map<string, { letters: number; plausible: number }>();
  for (const run of runs) {
    const font = fonts.get(run.font ?? '') ?? { letters: 0, plausible: 0 };
    fonts.set(run.font ?? '', font);
    for (const letter of run.text) {
      if (letter.trim() === '') continue;
      font.letters++;
      if (isPlausible(letter)) font.plausible++;
    }
  }
  const bad = new Set(
    [...fonts]
      .filter(([, { letters, plausible }]) => plausible < letters * READABLE_PART)
      .map(([name]) => name),
  );
  return bad.size === 0 ? runs : runs.filter((run) => !bad.has(run.font ?? ''));
}

/**
 * True when a page without text draws something all the same: a picture, lines, letters as shapes.
 * Only asked of pages without text, because it costs as much as preparing to draw the page.
 */
export async function paintsAnything(page: PDFPageProxy): Promise<boolean> {
  const { fnArray, argsArray } = await page.getOperatorList();
  return fnArray.some(
    (operator, i) => PAINTING.has(operator) || (operator === TRANSFORM && placesImage(argsArray[i])),
  );
}

/** Numbers of pdfjs OPS that leave ink: text, shading, pictures, paths. */
const TRANSFORM = 12;
const PAINTING = new Set([44, 45, 46, 47, 62, 83, 84, 85, 86, 87, 88, 89, 90, 91, 94]);
