import type { PDFPageProxy } from 'pdfjs-dist';
import { isPainting, pageOperations } from './operators.ts';
import type { TextRun } from './page-text.ts';
import { placesImage } from './placed-images.ts';

/** Characters a Japanese form prints. Glyph numbers taken for characters fall outside in large part. */
const PLAUSIBLE =
  /[\p{Script=Hiragana}\p{Script=Katakana}\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\x20-\x7e\u00a0-\u00ff\u2010-\u27bf\u2e80-\u30ff\u3200-\u33ff\uff00-\uffef]/u;

/** Kana, common kanji and ASCII are nearly all letters; the pattern is for the rest. */
function isPlausible(letter: string): boolean {
  const code = letter.charCodeAt(0);
  if ((code >= 0x3000 && code <= 0x30ff) || (code >= 0x4e00 && code <= 0x9fff)) return true;
  return (code > 0x20 && code < 0x7f) || PLAUSIBLE.test(letter);
}

/** Below this part of plausible characters a font's text is unreadable. */
const READABLE_PART = 0.6;

/**
 * Runs whose font maps its glyphs to characters. A font may only name shapes; its text then comes out as glyph numbers,
 * private characters or control signs, and a few of them among good text are as unreadable as a whole page.
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
 * True when a page without text draws something all the same: an image, lines, letters as shapes.
 * Called only for pages without text: it costs as much as preparing to draw the page.
 */
export async function paintsAnything(page: PDFPageProxy): Promise<boolean> {
  for (const operation of await pageOperations(page))
    if (isPainting(operation.operator) || placesImage(operation)) return true;
  return false;
}
