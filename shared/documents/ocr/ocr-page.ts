import { assembleLines, type TextLine, type TextRun } from '../pages/page-text.ts';
import { removeRules, whiten } from './image/clean-page.ts';
import type { PrintRow } from './image/find-rows.ts';
import { findSkew, liesSideways } from './image/find-skew.ts';
import { crop, type GrayImage, rotate, scaleTo, turnQuarters } from './image/gray-image.ts';
import { type PreparedPage, preparePage } from './image/prepare-page.ts';
import type { OcrEngine, OcrImage, OcrLetter, OcrLine, OcrResult } from './ocr-engine.ts';
import { dropGhosts, repairLines, repairWord } from './repair-text.ts';
import { agreeOnDigits, holdsTellingDigits, settleDigits } from './settle-digits.ts';

/** The text of one scanned page. Lengths are points, as in a PDF, on the page after straightening. */
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

/** Number of rows that test whether a page is upright; the longest are the surest. */
const TRIAL_ROWS = 8;
/** A page whose test rows reach this confidence is upright. */
const UPRIGHT_CONFIDENCE = 45;

/** Straightens, cleans and reads one page. One that reads badly is turned by quarters, and the best turn is read. */
export async function ocrPage(scanned: GrayImage, engine: OcrEngine): Promise<PageReading> {
  let best: Upright | null = null;
  for (const quarters of likelyTurns(scanned)) {
    const upright = await tryUpright(turnQuarters(scanned, quarters), engine);
    if (!best || upright.confidence > best.confidence) best = { ...upright, quarters };
    if (best.texts.size === 0 || best.confidence >= UPRIGHT_CONFIDENCE) break;
  }
  return readRest(best as Upright, engine);
}

/** Quarters to try, the likeliest first. */
function likelyTurns(scanned: GrayImage): number[] {
  const small = whiten(scaleTo(scanned, 100));
  // the rules of a form run both ways, so it can be straightened in any orientation
  const straight = removeRules(whiten(rotate(small, findSkew(small)))).clean;
  return liesSideways(straight) ? [3, 1, 0, 2] : [0, 2, 1, 3];
}

/** A page in one of its four turns, with the texts of the rows read so far. */
interface Upright {
  page: PreparedPage;
  texts: Map<PrintRow, OcrResult>;
  confidence: number;
  blank: boolean;
  quarters: number;
}

async function tryUpright(scanned: GrayImage, engine: OcrEngine): Promise<Upright> {
  const page = preparePage(scanned);
  const blank = page.ink < BLANK_INK * page.image.dpi ** 2 && page.marks.length === 0;
  const trial = blank ? [] : [...page.rows].sort((a, b) => b.x1 - b.x0 - (a.x1 - a.x0)).slice(0, TRIAL_ROWS);
  const texts = await readRows(page, trial, engine);
  return { page, texts, confidence: meanConfidence(texts), blank, quarters: 0 };
}

async function readRest(upright: Upright, engine: OcrEngine): Promise<PageReading> {
  const { page, texts, blank, quarters } = upright;
  const rest = blank ? [] : page.rows.filter((row) => !texts.has(row));
  for (const [row, text] of await readRows(page, rest, engine)) texts.set(row, text);
  const { width, height, dpi } = page.image;
  const size = { width: (width * 72) / dpi, height: (height * 72) / dpi };
  const lines = repairLines(assembleLines(toRuns(page, texts), size));
  return { ...size, lines, quarters, skew: page.skew, confidence: meanConfidence(texts), blank };
}

/**
 * Heights, in pixels, to which the print of a row is brought to be read. At the first the engine is at its best; what
 * it misreads there it seldom misreads alike at the others, so digits that count are read again.
 */
const ROW_HEIGHTS = [31, 42, 26] as const;
/** White around a row, as a part of its height; the engine wants some. */
const ROW_MARGIN = 0.2;

/** The texts of some rows, in pixels of the page. */
async function readRows(
  page: PreparedPage,
  rows: PrintRow[],
  engine: OcrEngine,
): Promise<Map<PrintRow, OcrResult>> {
  const [first, second, third] = ROW_HEIGHTS;
  const texts = await readAt(first, page, rows, engine);
  const telling = rows.filter((row) => !row.isBlock && holdsTellingDigits(texts.get(row) as OcrResult));
  const again = await readAt(second, page, telling, engine);
  const doubtful = telling.filter(
    (row) => !agreeOnDigits(texts.get(row) as OcrResult, again.get(row) as OcrResult),
  );
  for (const [row, text] of await readAt(third, page, doubtful, engine))
    texts.set(row, settleDigits([texts.get(row) as OcrResult, again.get(row) as OcrResult, text]));
  return texts;
}

async function readAt(
  letterHeight: number,
  { image }: PreparedPage,
  rows: PrintRow[],
  engine: OcrEngine,
): Promise<Map<PrintRow, OcrResult>> {
  const pictures = rows.map((row) => pictureOf(row, image, letterHeight));
  const read = pictures.length === 0 ? [] : await engine.read(pictures);
  return new Map(rows.map((row, i) => [row, onPage(read[i] as OcrResult, row, pictures[i] as RowPicture)]));
}

/** A row cut out and scaled, and where it was. */
interface RowPicture extends OcrImage {
  x: number;
  y: number;
  scale: number;
}

function pictureOf(row: PrintRow, image: GrayImage, letterHeight: number): RowPicture {
  const height = row.y1 - row.y0;
  const margin = Math.round(height * ROW_MARGIN) + 2;
  const [x, y] = [row.x0 - margin, row.y0 - margin];
  const piece = crop(image, x, y, row.x1 - row.x0 + 2 * margin, height + 2 * margin);
  const scale = row.isBlock ? 1 : Math.min(2.5, Math.max(0.4, letterHeight / height));
  const scaled = scaleTo(piece, image.dpi * scale);
  return { image: scaled, isBlock: row.isBlock, x, y, scale: scaled.dpi / image.dpi };
}

/** From pixels of the picture to pixels of the page. */
function onPage(text: OcrResult, row: PrintRow, { x, y, scale }: RowPicture): OcrResult {
  const across = (place: number): number => Math.round(x + place / scale);
  const down = (place: number): number => Math.round(y + place / scale);
  const lines = text.lines.map((line) => ({
    letters: line.letters.map((letter) => ({
      ...letter,
      x0: across(letter.x0),
      x1: across(letter.x1),
      y0: down(letter.y0),
      y1: down(letter.y1),
    })),
    // where a row is one line, its own height is known better
    ...(text.lines.length > 1 || row.isBlock
      ? { y0: down(line.y0), y1: down(line.y1) }
      : { y0: row.y0, y1: row.y1 }),
  }));
  return { ...text, lines };
}

/**
 * 0–100, each row by its letters. The engine's confidence in a row distinguishes upright print (50–95) from print
 * upside down (10–30); that in single letters does not.
 */
function meanConfidence(texts: Map<PrintRow, OcrResult>): number {
  let [sum, letters] = [0, 0];
  for (const { confidence, lines } of texts.values()) {
    const count = lines.reduce((all, line) => all + line.letters.length, 0);
    sum += confidence * count;
    letters += count;
  }
  return sum / Math.max(1, letters);
}

/** The middle of a letter above its base line, as `assembleLines` takes it back off. */
const MIDDLE = 0.36;
/** Letters print smaller than their em. */
const EM = 1.08;

function toRuns({ image, marks }: PreparedPage, texts: Map<PrintRow, OcrResult>): TextRun[] {
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
    const letters = dropGhosts(line.letters);
    if (letters.length === 0) return [];
    const size = usualHeight(letters) * EM;
    const middle = (line.y0 + line.y1) / 2;
    return wordsBetweenGaps({ ...line, letters }, size, image)
      .filter((word) => !isDirt(word, size))
      .map((word) => run(repairWord(word.text), word.x0, word.x1, middle, size));
  });
  const boxes = marks.map(({ sign, blob }) =>
    run(sign, blob.x0, blob.x1, (blob.y0 + blob.y1) / 2, (blob.y1 - blob.y0) * EM),
  );
  return [...words, ...boxes];
}

interface Word {
  text: string;
  x0: number;
  x1: number;
  height: number;
  confidence: number;
}

/** Paper narrower than this, in letters, parts no words: letters have that much room around them. */
const GAP = 0.5;
/** Ink on white paper. */
const INK = 150;

/**
 * The letters of a line as words, parted where there is paper between them. Where a word ends is seen by the ink:
 * the engine sees words where Japanese has none, and only estimates where its letters stand.
 */
function wordsBetweenGaps(line: OcrLine, size: number, image: GrayImage): Word[] {
  const ink = inkStretches(line, size * GAP, image);
  // letters without any ink stay where the engine places them; none is lost here
  const stretches = ink.length > 0 ? ink : [extentOf(line)];
  const words: Word[] = [];
  for (const { stretch, letters } of shareOut(line.letters, stretches, size)) {
    const text = spell(letters);
    const height = Math.max(...letters.map(({ y0, y1 }) => y1 - y0));
    const confidence = Math.max(...letters.map((letter) => letter.confidence));
    const last = words.at(-1);
    // signs fill half of their square, and the other half is no gap
    const isSign = last && (/[、。，．・:：）」)]$/u.test(last.text) || /^[、。，．・:：（「(]/u.test(text));
    if (last && isSign && stretch.from - last.x1 < size) {
      last.text += text;
      last.x1 = stretch.to;
    } else words.push({ text, x0: stretch.from, x1: stretch.to, height, confidence });
  }
  return words;
}

/** Latin letters and digits are half as wide as others; signs leave half of their square without ink. */
const NARROW = /[\x20-\x7e\uff61-\uff9f、。，．・（）「」]/u;
/** Cost of letters at a distance from their ink, against letters that fill it badly. */
const APART = 0.5;

/**
 * Gives every stretch of ink its letters, in order: as many as fill it, preferring those nearby.
 * A stretch may stay without letters (ink that was not read).
 */
function shareOut(
  letters: OcrLetter[],
  stretches: Stretch[],
  size: number,
): { stretch: Stretch; letters: OcrLetter[] }[] {
  const widths = letters.map(({ text }) => (NARROW.test(text) ? 0.5 : 1));
  const filled = [0];
  for (const width of widths) filled.push((filled.at(-1) as number) + width);
  let costs = [0, ...letters.map(() => Number.POSITIVE_INFINITY)];
  const choices: number[][] = [];
  for (const stretch of stretches) {
    const room = (stretch.to - stretch.from) / size + 0.08;
    const away = [0];
    for (const { x0, x1 } of letters) {
      const middle = (x0 + x1) / 2;
      const distance = Math.max(0, stretch.from - middle, middle - stretch.to) / size;
      away.push((away.at(-1) as number) + distance);
    }
    const next = letters.map(() => Number.POSITIVE_INFINITY).concat(Number.POSITIVE_INFINITY);
    const choice = next.map(() => 0);
    for (let to = 0; to <= letters.length; to++)
      for (let from = 0; from <= to; from++) {
        const misfit = (filled[to] as number) - (filled[from] as number) - room;
        const apart = (away[to] as number) - (away[from] as number);
        const cost = (costs[from] as number) + misfit * misfit + APART * apart;
        if (cost < (next[to] as number)) {
          next[to] = cost;
          choice[to] = from;
        }
      }
    costs = next;
    choices.push(choice);
  }
  const shares: { stretch: Stretch; letters: OcrLetter[] }[] = [];
  let to = letters.length;
  for (let i = stretches.length - 1; i >= 0; i--) {
    const from = choices[i]?.[to] ?? 0;
    if (to > from) shares.unshift({ stretch: stretches[i] as Stretch, letters: letters.slice(from, to) });
    to = from;
  }
  return shares;
}

/** Blanks count only between letters that are not Japanese. */
const spell = (letters: OcrLetter[]): string =>
  letters
    .map(({ text, beginsWord }, i) => {
      const before = letters[i - 1]?.text ?? '';
      return beginsWord && LATIN.test(before) && LATIN.test(text) ? ` ${text}` : text;
    })
    .join('');
const LATIN = /[A-Za-z]/;

interface Stretch {
  from: number;
  to: number;
}

const extentOf = ({ letters }: OcrLine): Stretch => ({
  from: Math.min(...letters.map(({ x0 }) => x0)),
  to: Math.max(...letters.map(({ x1 }) => x1)),
});

/** Where there is ink in the rows of a line, parted by paper at least so wide. */
function inkStretches(line: OcrLine, gap: number, { width, data }: GrayImage): Stretch[] {
  const { from, to } = extentOf(line);
  const [first, last] = [Math.max(0, from), Math.min(width, to)];
  // the rims of a line may hold a neighbour's ink
  const rim = Math.round((line.y1 - line.y0) * 0.1);
  const stretches: Stretch[] = [];
  for (let x = first; x < last; x++) {
    let ink = false;
    for (let y = line.y0 + rim; y < line.y1 - rim && !ink; y++) ink = (data[y * width + x] as number) < INK;
    if (!ink) continue;
    const before = stretches.at(-1);
    if (before && x - before.to < gap) before.to = x + 1;
    else stretches.push({ from: x, to: x + 1 });
  }
  return stretches;
}

/** Height of a letter as tall as most: small kana and dirt are lower, two lines taken for one are higher. */
function usualHeight(letters: OcrLetter[]): number {
  const heights = letters.map(({ y0, y1 }) => y1 - y0).sort((a, b) => a - b);
  return heights[Math.floor(heights.length * 0.6)] ?? 1;
}

/** Rests of lines read as signs that no form prints, and the engine itself does not believe in them. */
const isDirt = (word: Word, size: number): boolean =>
  !/[\p{L}\p{N}]/u.test(word.text) &&
  !/^[・:：~〜～ー\-()（）、。/／.]+$/u.test(word.text) &&
  (word.confidence < 60 || word.height < size * 0.2);
