import { type Box, type Matrix, onPage, type Point } from './geometry.ts';

/** The straight lines a page draws, in points from the top left of the page as seen. They make the boxes of tables. */
export interface PageRules {
  /** from left to right: `y` and `bottom` nearly the same */
  across: Box[];
  /** from top to bottom: `x` and `right` nearly the same */
  down: Box[];
}

/** steps of a path as pdfjs writes them, with how many numbers follow each */
export const STEP = { move: 0, line: 1, curve: 2, close: 3 } as const;
export const NUMBERS = [2, 2, 6, 0, 4];

/** A line this far from level or upright, in points, is still a rule; one shorter than the second is part of a letter. */
const SLANT = 1;
const SHORTEST = 4;
/** no form draws more; a page with more is a drawing */
const MOST_RULES = 20_000;

/** what paints the path, its steps, the box around it */
export type PathArgs = [number, [ArrayLike<number> | null], unknown];

/**
 * Adds the lines of a path, and the edges of rectangles: programs draw the border of a table as one, the other, or as
 * thin filled bars.
 */
export function addRules(rules: PageRules, steps: ArrayLike<number>, matrix: Matrix): void {
  let start = onPage(matrix, 0, 0);
  let current = start;
  for (let i = 0; i < steps.length; ) {
    const step = steps[i] as number;
    const numbers = NUMBERS[step] ?? 0;
    const next: Point =
      step === STEP.close
        ? start
        : onPage(matrix, steps[i + numbers - 1] as number, steps[i + numbers] as number);
    if (step === STEP.move) start = next;
    else if (step === STEP.line || step === STEP.close) addRule(rules, current, next);
    current = next;
    i += 1 + numbers;
  }
}

/** The rules of a page; none where it draws more than any form. */
export const soundRules = (rules: PageRules): PageRules =>
  rules.across.length + rules.down.length > MOST_RULES ? { across: [], down: [] } : rules;

function addRule(rules: PageRules, from: Point, to: Point): void {
  const rule: Box = {
    x: Math.min(from.x, to.x),
    right: Math.max(from.x, to.x),
    y: Math.min(from.y, to.y),
    bottom: Math.max(from.y, to.y),
  };
  const [width, height] = [rule.right - rule.x, rule.bottom - rule.y];
  if (height <= SLANT && width >= SHORTEST) rules.across.push(rule);
  else if (width <= SLANT && height >= SHORTEST) rules.down.push(rule);
}

/** How far past a rule's end, or across it, a box still counts as closed: borders are drawn with small gaps. */
const REACH = 2;

/** True when there are rules enough for one box. */
export const makesBoxes = ({ across, down }: PageRules): boolean => across.length > 1 && down.length > 1;

/**
 * Finds the box of a table around a point: the nearest rules left, right, above and below it that pass it.
 * Returns null where one of the four is missing. The texts of a row share their height, so its rules are searched once.
 */
export function boxFinder({ across, down }: PageRules): (point: Point) => Box | null {
  const atHeight = linesAt(
    down.map(({ x, right, y, bottom }) => ({ at: (x + right) / 2, from: y, to: bottom })),
  );
  const atLeft = linesAt(
    across.map(({ x, right, y, bottom }) => ({ at: (y + bottom) / 2, from: x, to: right })),
  );
  return ({ x, y }) => {
    const [left, right] = nearest(atHeight(y), x);
    const [top, bottom] = nearest(atLeft(x), y);
    return left < 0 || top < 0 || !Number.isFinite(right) || !Number.isFinite(bottom)
      ? null
      : { x: left, y: top, right, bottom };
  };
}

/** A rule by where it is across its direction and where it begins and ends along it. */
interface Line {
  at: number;
  from: number;
  to: number;
}

/** The last line before a place and the first behind it. */
function nearest(lines: Line[], place: number): [number, number] {
  let [before, behind] = [-1, Number.POSITIVE_INFINITY];
  for (const { at } of lines)
    if (at <= place) before = Math.max(before, at);
    else behind = Math.min(behind, at);
  return [before, behind];
}

/** Points along lines that are searched together before they are searched for one of them. */
const BAND = 64;

/** The lines that pass a coordinate, searched once for each whole point. */
function linesAt(lines: Line[]): (coordinate: number) => Line[] {
  const inBand = memoize((band) => passing(lines, band * BAND, (band + 1) * BAND));
  const at = memoize((point) => passing(inBand(Math.floor(point / BAND)), point, point));
  return (coordinate) => at(Math.round(coordinate));
}

const passing = (lines: Line[], from: number, to: number): Line[] =>
  lines.filter((line) => line.from - REACH <= to && from <= line.to + REACH);

function memoize(find: (key: number) => Line[]): (key: number) => Line[] {
  const found = new Map<number, Line[]>();
  return (key) => {
    let lines = found.get(key);
    if (!lines) {
      lines = find(key);
      found.set(key, lines);
    }
    return lines;
  };
}
