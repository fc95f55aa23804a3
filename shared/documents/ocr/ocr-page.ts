import type { PageRules } from '../pages/page-rules.ts';
import { assembleLines, type TextLine, type TextRun } from '../pages/page-text.ts';
import { removeRules, whiten } from './image/clean-page.ts';
import type { PrintRow } from './image/find-rows.ts';
import { findSkew, liesSideways } from './image/find-skew.ts';
import { type GrayImage, rotate, scaleTo, turnQuarters } from './image/gray-image.ts';
import { type PreparedPage, preparePage } from './image/prepare-page.ts';
import type { OcrEngine, OcrResult } from './ocr-engine.ts';
import { ocrRows } from './ocr-rows.ts';
import { penMarked } from './pen-marked.ts';
import { turnRuns, withoutRuns } from './printed-runs.ts';
import { repairLines } from './repair-text.ts';
import { ruledCells } from './ruled-cells.ts';
import { textRuns } from './text-runs.ts';

/** The text of one scanned page. Lengths are in points, as in a PDF, on the straightened page. */
export interface PageReading {
  width: number;
  height: number;
  lines: TextLine[];
  /** words that a line strikes out, and words with a ring around them */
  struck: string[];
  ringed: string[];
  /** those of the picture alone, on a page that has text beside it */
  picture?: TextLine[];
  /** quarter turns clockwise that made the page upright */
  quarters: number;
  /** degrees clockwise that straightened it after that */
  skew: number;
  /** 0–100 */
  confidence: number;
  /** the page has next to no ink */
  blank: boolean;
}

/** Square inches. A page with less ink has no writing: a blank back with dust and a shadow. */
const BLANK_INK = 0.004;

/** Rows that test whether a page is upright. The longest rows are the most reliable. */
const TRIAL_ROWS = 8;
/** A page whose test rows reach this confidence is upright. */
const UPRIGHT_CONFIDENCE = 45;

/**
 * Straightens, cleans and reads one page, in the first turn that reads well, else in the best of the four.
 * @param printed what the page says in characters: it stays as it is, and only the ink beside it is read
 */
export async function ocrPage(
  drawn: GrayImage,
  engine: OcrEngine,
  printed: TextRun[] = [],
): Promise<PageReading> {
  const scanned = withoutRuns(drawn, printed);
  let best: Upright | null = null;
  for (const quarters of likelyTurns(scanned)) {
    const upright = await tryUpright(turnQuarters(scanned, quarters), engine);
    if (!best || upright.confidence > best.confidence) best = { ...upright, quarters };
    if (best.texts.size === 0 || best.confidence >= UPRIGHT_CONFIDENCE) break;
  }
  const read = await readRest(best as Upright, engine);
  return printed.length === 0 ? read.reading : withPrinted(read, printed, drawn);
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
  const texts = await ocrRows(page, trial, engine);
  return { page, texts, confidence: meanConfidence(texts), blank, quarters: 0 };
}

interface Read {
  reading: PageReading;
  runs: TextRun[];
  cells: PageRules;
}

/** The text of the picture and the text beside it, in the same lines. */
function withPrinted({ reading, runs, cells }: Read, printed: TextRun[], drawn: GrayImage): PageReading {
  const points = 72 / drawn.dpi;
  const page = { width: drawn.width * points, height: drawn.height * points };
  const lines = assembleLines([...runs, ...turnRuns(printed, page, reading)], reading, cells);
  return { ...reading, lines: repairLines(lines), picture: reading.lines };
}

async function readRest(upright: Upright, engine: OcrEngine): Promise<Read> {
  const { page, texts, blank, quarters } = upright;
  const rest = blank ? [] : page.rows.filter((row) => !texts.has(row));
  for (const [row, text] of await ocrRows(page, rest, engine)) texts.set(row, text);
  const { width, height, dpi } = page.image;
  const size = { width: (width * 72) / dpi, height: (height * 72) / dpi };
  const { runs, struck, ringed } = penMarked(textRuns(page, texts), page);
  const cells = ruledCells(page);
  const lines = repairLines(assembleLines(runs, size, cells));
  const confidence = meanConfidence(texts);
  const reading = { ...size, lines, struck, ringed, quarters, skew: page.skew, confidence, blank };
  return { reading, runs, cells };
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
