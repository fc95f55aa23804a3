import { assembleLines, type TextLine, type TextRun } from '../pdf/page-text.ts';
import { type GrayImage, turnQuarters } from './gray-image.ts';
import type { OcrEngine, OcrLine, OcrPage, OcrWord } from './ocr-engine.ts';
import { type PreparedPage, preparePage } from './prepare-page.ts';

/** What one scanned page says. Lengths are points, as in a PDF, on the page after straightening. */
export interface PageReading {
  width: number;
  height: number;
  lines: TextLine[];
  /** by how many quarters clockwise, and then by how many degrees clockwise, the page was turned to be read */
  quarters: number;
  skew: number;
  /** 0–100 */
  confidence: number;
  /** the page has next to no ink */
  blank: boolean;
}

/** Less ink than this, in square inches, is no writing: a blank back with dust and a shadow. */
const BLANK_INK = 0.004;

/** A page the reader understands this well stands upright. */
const UPRIGHT_CONFIDENCE = 62;

/** Straightens, cleans and reads one page. One that reads badly is turned by quarters, and the best reading counts. */
export async function readPage(scanned: GrayImage, engine: OcrEngine): Promise<PageReading> {
  let best: PageReading | null = null;
  for (const quarters of [0, 1, 3, 2]) {
    const read = await readUpright(turnQuarters(scanned, quarters), engine);
    if (!best || read.confidence > best.confidence) best = { ...read, quarters };
    if (best.blank || best.lines.length === 0 || best.confidence >= UPRIGHT_CONFIDENCE) break;
  }
  return best as PageReading;
}

async function readUpright(scanned: GrayImage, engine: OcrEngine): Promise<Omit<PageReading, 'quarters'>> {
  const page = preparePage(scanned);
  const { width, height, dpi } = page.image;
  const size = { width: (width * 72) / dpi, height: (height * 72) / dpi };
  const blank = page.ink < BLANK_INK * dpi * dpi && page.marks.length === 0;
  const read: OcrPage = blank || page.isNoise ? { lines: [], confidence: 0 } : await engine.read(page.image);
  const lines = assembleLines(toRuns(page, read), size);
  return { ...size, lines, skew: page.skew, confidence: read.confidence, blank };
}

/** The middle of a letter above its base line, as `assembleLines` takes it back off. */
const MIDDLE = 0.36;
/** Letters print smaller than their em. */
const EM = 1.08;

function toRuns({ image, marks }: PreparedPage, read: OcrPage): TextRun[] {
  const points = 72 / image.dpi;
  const run = (text: string, x0: number, x1: number, middle: number, size: number): TextRun => ({
    text,
    x: x0 * points,
    width: (x1 - x0) * points,
    baseline: (middle + size * MIDDLE) * points,
    size: size * points,
    angle: 0,
  });
  const words = read.lines.flatMap((line) => {
    const size = usualHeight(line.words) * EM;
    const middle = (line.y0 + line.y1) / 2;
    return joinWords(line, size).map((word) => run(word.text, word.x0, word.x1, middle, size));
  });
  const boxes = marks.map(({ sign, blob }) =>
    run(sign, blob.x0, blob.x1, (blob.y0 + blob.y1) / 2, (blob.y1 - blob.y0) * EM),
  );
  return [...words, ...boxes];
}

/** A gap between Japanese letters narrower than this, in letters, is none: the engine sees words where there are none. */
const JAPANESE_GAP = 0.5;
const JAPANESE_END = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々、。・「」（）()]$/u;
const JAPANESE_START = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々、。・「」（）()]/u;

function joinWords(line: OcrLine, size: number): OcrWord[] {
  const joined: OcrWord[] = [];
  for (const word of line.words) {
    const text = word.text.trim();
    if (text === '' || isDirt(word, size)) continue;
    const last = joined.at(-1);
    const gap = last ? word.x0 - last.x1 : 0;
    if (last && gap < size * JAPANESE_GAP && JAPANESE_END.test(last.text) && JAPANESE_START.test(text)) {
      last.text += text;
      last.x1 = word.x1;
    } else joined.push({ ...word, text });
  }
  return joined;
}

/** Height of a word as tall as most: small kana and dirt are lower, two lines taken for one are higher. */
function usualHeight(words: OcrWord[]): number {
  const heights = words.flatMap((word) => [...word.text].map(() => word.y1 - word.y0)).sort((a, b) => a - b);
  return heights[Math.floor(heights.length * 0.6)] ?? 1;
}

/** Rests of lines read as signs that no form prints, and the engine itself does not believe in them. */
const isDirt = (word: OcrWord, size: number): boolean =>
  !/[\p{L}\p{N}]/u.test(word.text) &&
  !/^[・:：~〜～ー\-()（）、。/／.]+$/u.test(word.text) &&
  (word.confidence < 60 || word.y1 - word.y0 < size * 0.2);
