import type { Box } from './geometry.ts';
import { boxFinder, makesBoxes, type PageRules } from './page-rules.ts';

/**
 * The text of a page as a person sees it: lines from top to bottom, each made of cells from left to right.
 * Lengths are points; x and y count from the top left of the page after its rotation; y is the middle of the letters.
 */
export interface PageText {
  /** counts from 1 */
  page: number;
  width: number;
  height: number;
  lines: TextLine[];
  /** the file draws pictures, so a seal or a signature may be there that is not text */
  hasImages: boolean;
  /** where they are; without it they may be anywhere */
  imageBoxes?: Box[];
  /** the text was recognised from a picture by another program: never trusted alone */
  uncertain?: boolean;
  /** words that a line strikes out; they are not in the lines */
  struck?: string[];
  /** words with a ring around them */
  ringed?: string[];
}

export interface TextLine {
  cells: TextCell[];
  /** the cells joined by tabs */
  text: string;
  y: number;
  /** height of the largest letters */
  size: number;
}

/** Text printed in one go: a gap of more than a letter begins the next cell. */
export interface TextCell {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  /** the box of a table around it: all the text of the box, its lines put together, `y` in its middle */
  box?: Box;
}

/** The angle of text that leans: a stamp or a watermark laid over the form. */
export const SLANTED = 4;

/** One piece of text as the file draws it. `angle` is its turn in quarters (0–3) on the page as seen, or SLANTED. */
export interface TextRun {
  text: string;
  /** name of the font within the file */
  font?: string;
  /** start of the base line */
  x: number;
  baseline: number;
  width: number;
  size: number;
  angle: number;
  /** of a font that runs from top to bottom: how far down its letters reach; `width` is that of one letter */
  down?: number;
}

/** A gap wider than this, in letters, separates two cells; above the second it is a blank within a cell. */
const CELL_GAP = 0.45;
const BLANK_GAP = 0.2;
/** the middle of a letter above its base line, as a part of its size */
const MIDDLE = 0.36;

/**
 * Puts runs into lines. Text turned against the page's main direction (a watermark, a side note) comes after it.
 * With `rules` the lines of one box of a table are one cell, and the boxes of a row share a line however their text wraps.
 */
export function assembleLines(runs: TextRun[], page: Size, rules?: PageRules): TextLine[] {
  const cells = cellsByAngle(runs, page);
  return rules ? linesInBoxes(cells, page, rules) : cells.flatMap(groupIntoLines);
}

/** The same, with the boxes of tables only where a page has columns whose text may wrap. */
export function assembleTables(runs: TextRun[], page: Size, rules: PageRules): TextLine[] {
  const cells = cellsByAngle(runs, page);
  const plain = cells.flatMap(groupIntoLines);
  return makesBoxes(rules) && mayWrap(plain) ? linesInBoxes(cells, page, rules) : plain;
}

const linesInBoxes = ([main = [], ...turned]: TextCell[][], page: Size, rules: PageRules): TextLine[] =>
  [boxedCells(main, rules, page.height), ...turned].flatMap(groupIntoLines);

/** The cells of each direction, first of the one in which most is written. */
function cellsByAngle(runs: TextRun[], page: Size): TextCell[][] {
  const byAngle = new Map<number, { cells: TextCell[]; letters: number }>();
  for (const run of runs) {
    const group = byAngle.get(run.angle) ?? { cells: [], letters: 0 };
    byAngle.set(run.angle, group);
    group.cells.push(toCell(run, page));
    group.letters += run.text.length;
  }
  return [...byAngle.values()]
    .sort((a, b) => b.letters - a.letters)
    .map(({ cells }) => removeOverprints(cells));
}

/** Cells as lines, where their places are known and their runs are not (a table of Office). */
export const linesOfCells = (cells: TextCell[]): TextLine[] => groupIntoLines(cells);

const hasColumns = (lines: TextLine[]): boolean => lines.some((line) => line.cells.length > 1);

/** Rows of a table have wider gaps than the lines of a text, in heights of their letters. */
const ROW_DISTANCE = 1.6;

/** True when a page has columns whose text may wrap: lines so close that they can be lines of one row of a table. */
const mayWrap = (lines: TextLine[]): boolean =>
  lines.some((line, i) => {
    const next = lines[i + 1];
    if (!next || (line.cells.length < 2 && next.cells.length < 2)) return false;
    return Math.abs(next.y - line.y) < ROW_DISTANCE * Math.max(line.size, next.size);
  });

/** Cells that share the box of a table are put together; text in no box, or in one that frames a whole form, stays. */
function boxedCells(cells: TextCell[], rules: PageRules, pageHeight: number): TextCell[] {
  const boxAround = boxFinder(rules);
  const boxes = new Map<string, { box: Box; cells: TextCell[] }>();
  const loose: TextCell[] = [];
  for (const cell of cells) {
    const box = boxAround({ x: cell.x + cell.size / 2, y: cell.y });
    // text that runs over its border (a number over many boxes) belongs to none of them
    if (!box || cell.right > box.right + cell.size) {
      loose.push(cell);
      continue;
    }
    const key = [box.x, box.y, box.right, box.bottom].map(Math.round).join();
    const inBox = boxes.get(key) ?? { box, cells: [] };
    boxes.set(key, inBox);
    inBox.cells.push(cell);
  }
  return [
    ...loose,
    ...[...boxes.values()].flatMap(({ box, cells: inside }) => {
      const lines = groupIntoLines(inside);
      return isTableCell(box, lines, pageHeight) ? [wholeBox(box, lines)] : inside;
    }),
  ];
}

/** A frame holds a layout of its own: many lines, and columns among them. */
const TALL = 8;
const FRAME_PART = 0.6;

function isTableCell(box: Box, lines: TextLine[], pageHeight: number): boolean {
  const height = box.bottom - box.y;
  if (lines.length === 1) return true;
  if (height > pageHeight * FRAME_PART) return false;
  const size = Math.max(...lines.map((line) => line.size));
  return !hasColumns(lines) || height <= size * TALL;
}

/** The text of a box as one cell. A line that fills the box runs on in the next; one that ends before is a line of its own. */
function wholeBox(box: Box, lines: TextLine[]): TextCell {
  const cells = lines.flatMap((line) => line.cells);
  const size = Math.max(...lines.map((line) => line.size));
  const text = lines
    .map((line, i) => {
      const end = line.cells.at(-1)?.right ?? 0;
      const runsOn = box.right - end < 1.9 * size || i === lines.length - 1;
      return line.cells.map((cell) => cell.text).join(IN_BOX) + (runsOn ? '' : NEXT_IN_BOX);
    })
    .join('');
  return {
    text,
    x: Math.min(...cells.map((cell) => cell.x)),
    right: Math.max(...cells.map((cell) => cell.right)),
    y: (box.y + box.bottom) / 2,
    size,
    box,
  };
}

/** A gap inside a box: wide enough to end a value, as the gap between two cells is. */
const IN_BOX = '\u3000\u3000';
/** The end of a line inside a box. */
export const NEXT_IN_BOX = '\u3000\n';

/** Turns the run upright, so that a page printed sideways reads like any other. */
function toCell(run: TextRun, page: Size): TextCell {
  const x = uprightX(run, page);
  return {
    text: run.text,
    x,
    right: x + run.width,
    y: uprightBaseline(run, page) - run.size * MIDDLE,
    size: run.size,
  };
}

function uprightX({ angle, x, baseline }: TextRun, { width, height }: Size): number {
  if (angle === 1) return baseline;
  if (angle === 2) return width - x;
  return angle === 3 ? height - baseline : x;
}

function uprightBaseline({ angle, x, baseline }: TextRun, { width, height }: Size): number {
  if (angle === 1) return width - x;
  if (angle === 2) return height - baseline;
  return angle === 3 ? x : baseline;
}

interface Size {
  width: number;
  height: number;
}

/** Bold letters are often drawn twice with a hair's breadth between; a reader sees them once. */
function removeOverprints(cells: TextCell[]): TextCell[] {
  const seen = new Map<string, TextCell[]>();
  return cells.filter((cell) => {
    const twins = seen.get(cell.text);
    if (!twins) {
      seen.set(cell.text, [cell]);
      return true;
    }
    const near = cell.size * 0.25;
    if (twins.some((twin) => Math.abs(twin.x - cell.x) < near && Math.abs(twin.y - cell.y) < near))
      return false;
    twins.push(cell);
    return true;
  });
}

function groupIntoLines(cells: TextCell[]): TextLine[] {
  const lines: TextCell[][] = [];
  const sorted = [...cells].sort((a, b) => a.y - b.y || a.x - b.x);
  for (const cell of sorted) {
    const line = nearestLine(lines, cell);
    if (line) line.push(cell);
    else lines.push([cell]);
  }
  return lines.map(toLine);
}

/** The line whose middle the cell shares. Only the last few can: the cells come sorted from the top. */
function nearestLine(lines: TextCell[][], cell: TextCell): TextCell[] | undefined {
  let best: TextCell[] | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = Math.max(0, lines.length - 3); i < lines.length; i++) {
    const line = lines[i] as TextCell[];
    const first = line[0] as TextCell;
    const gap = Math.abs(first.y - cell.y);
    if (gap < Math.min(first.size, cell.size) * 0.5 && gap < distance) {
      best = line;
      distance = gap;
    }
  }
  return best;
}

function toLine(parts: TextCell[]): TextLine {
  parts.sort((a, b) => a.x - b.x);
  const cells: TextCell[] = [];
  for (const part of parts) {
    const last = cells.at(-1);
    const gap = last ? part.x - last.right : 0;
    const letter = last ? Math.min(last.size, part.size) : part.size;
    if (last && last.box === part.box && gap <= letter * CELL_GAP)
      cells[cells.length - 1] = {
        ...last,
        text: `${last.text}${gap > letter * BLANK_GAP ? ' ' : ''}${part.text}`,
        right: Math.max(last.right, part.right),
        size: Math.max(last.size, part.size),
      };
    else cells.push(part);
  }
  return {
    cells,
    text: cells.map((cell) => cell.text).join('\t'),
    y: (cells[0] as TextCell).y,
    size: cells.reduce((most, { size }) => Math.max(most, size), Number.NEGATIVE_INFINITY),
  };
}
