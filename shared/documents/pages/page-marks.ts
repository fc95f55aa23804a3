import { type Box, holdsPoint, type Point } from './geometry.ts';
import type { Shape } from './page-shapes.ts';
import type { TextRun } from './page-text.ts';

/** A page's text with the marks drawn on it as signs (□ ☑ ◉), and without the words that a line strikes out. */
export interface MarkedRuns {
  runs: TextRun[];
  /** words struck out */
  struck: string[];
  /** words with a ring around them */
  ringed: string[];
}

/** One letter of an upright run, with its place. */
interface Letter {
  run: number;
  /** position in the letters of the run */
  at: number;
  text: string;
  x: number;
  right: number;
  /** middle of its height */
  y: number;
  size: number;
}

/** Reads the marks that are drawn and not typed: boxes to tick, radio dots, rings around words, lines through words. */
export function markedRuns(runs: TextRun[], shapes: Shape[]): MarkedRuns {
  if (shapes.length === 0) return { runs, struck: [], ringed: [] };
  const letters = lettersOf(runs);
  const struck = struckLetters(letters, shapes);
  const ringed = ringedWords(letters, shapes).filter(([first]) => !struck.includes(first as Letter));
  const changed = runs.map((run, number) =>
    rewrite(
      run,
      number,
      struck,
      ringed.map(([first]) => first as Letter),
    ),
  );
  return {
    runs: [...changed, ...boxSigns(letters, shapes)],
    struck: wordsOf(struck),
    ringed: ringed.flatMap(wordsOf),
  };
}

function lettersOf(runs: TextRun[]): Letter[] {
  const letters: Letter[] = [];
  for (const [number, run] of runs.entries()) {
    if (run.angle !== 0) continue;
    const { baseline, size } = run;
    const all = [...run.text];
    const advance = run.width / Math.max(1, all.length);
    for (const [at, text] of all.entries()) {
      if (text.trim() === '') continue;
      const [x, right] = [run.x + at * advance, run.x + (at + 1) * advance];
      letters.push({ run: number, at, text, x, right, y: baseline - size * 0.36, size });
    }
  }
  return letters;
}

/** A run with blanks for its struck letters, and a sign before each ringed word. */
function rewrite(run: TextRun, number: number, struck: Letter[], ringed: Letter[]): TextRun {
  const gone = new Set(struck.filter((letter) => letter.run === number).map(({ at }) => at));
  const starts = new Set(ringed.filter((letter) => letter.run === number).map(({ at }) => at));
  if (gone.size + starts.size === 0) return run;
  const text = [...run.text]
    .map((letter, at) => `${starts.has(at) ? CHOSEN : ''}${gone.has(at) ? '\u3000' : letter}`)
    .join('');
  return { ...run, text };
}
const CHOSEN = '◉';

/** Letters as words: those that follow each other. */
function wordsOf(letters: Letter[]): string[] {
  const words: string[] = [];
  for (const [i, letter] of letters.entries()) {
    const before = letters[i - 1];
    if (/[・･/／]/u.test(letter.text)) continue;
    if (before && before.run === letter.run && before.at === letter.at - 1)
      words.push(`${words.pop()}${letter.text}`);
    else words.push(letter.text);
  }
  return words;
}

const widthOf = ({ box }: Shape): number => box.right - box.x;
const heightOf = ({ box }: Shape): number => box.bottom - box.y;
const middleOf = ({ x, right, y, bottom }: Box): Point => ({ x: (x + right) / 2, y: (y + bottom) / 2 });

/** The thickest line that strikes out, in points. */
const THICKEST = 2.2;
/** How far from the middle of the letters it runs, and how far beyond the word, in their size. */
const OFF_MIDDLE = 0.24;
const BEYOND = 1.2;

function struckLetters(letters: Letter[], shapes: Shape[]): Letter[] {
  const lines = shapes.filter((shape) => heightOf(shape) <= THICKEST && widthOf(shape) > 2 * heightOf(shape));
  const struck = new Set<Letter>();
  for (const line of lines) for (const letter of struckBy(line, letters)) struck.add(letter);
  for (const [i, letter] of letters.entries())
    if (isSeparatorOf(letter, letters[i - 1], letters[i + 1], struck)) struck.add(letter);
  return letters.filter((letter) => struck.has(letter));
}

/** The dot between a struck option and the next goes with it: what is left is the choice. */
function isSeparatorOf(
  letter: Letter,
  before: Letter | undefined,
  after: Letter | undefined,
  struck: ReadonlySet<Letter>,
): boolean {
  const isStruck = (other: Letter | undefined): boolean =>
    other !== undefined && struck.has(other) && Math.abs(other.y - letter.y) < letter.size / 2;
  return /[・･/／]/u.test(letter.text) && !struck.has(letter) && (isStruck(before) || isStruck(after));
}

/** A rule of the form is longer than the word, or runs above or below it. */
function struckBy({ box }: Shape, letters: Letter[]): Letter[] {
  const y = (box.y + box.bottom) / 2;
  const crossed = letters.filter(
    (letter) =>
      Math.abs(letter.y - y) < OFF_MIDDLE * letter.size &&
      box.x <= (letter.x + letter.right) / 2 &&
      box.right >= (letter.x + letter.right) / 2,
  );
  const [first, last] = [crossed[0], crossed.at(-1)];
  if (!first || !last || box.right - box.x < 0.6 * first.size) return [];
  const isAround = box.x >= first.x - BEYOND * first.size && box.right <= last.right + BEYOND * last.size;
  // dashes and long vowels are lines themselves
  return isAround && crossed.some(({ text }) => !/[-－ー―─一_＿~～]/u.test(text)) ? crossed : [];
}

/** A ring is nearly closed, at least as high as its letters and not much higher. */
const OPEN_PART = 0.35;
const HIGHEST = 3.2;

/** The letters of each word that a ring encloses. */
function ringedWords(letters: Letter[], shapes: Shape[]): Letter[][] {
  const words = new Map<Letter, Letter[]>();
  for (const shape of shapes) {
    if (!isRing(shape)) continue;
    const inside = letters.filter((letter) => isInRing(letter, shape));
    const start = inside[0];
    if (!start || inside.some(({ y }) => Math.abs(y - start.y) > start.size / 2)) continue;
    if (heightOf(shape) >= 0.8 * start.size && heightOf(shape) <= HIGHEST * start.size)
      for (const word of separateWords(inside)) words.set(word[0] as Letter, word);
  }
  return [...words.values()];
}

/** A blank wider than this, in letters, separates words. */
const BLANK = 0.8;
/** Letters that are an option each: 男 女, 有 無. */
const OPTION = /^[男女有無要否可不適]$/u;

/** The words in one ring: where it runs around two options, none of them is the one that was meant. */
function separateWords(inside: Letter[]): Letter[][] {
  const words: Letter[][] = [];
  let before: Letter | undefined;
  for (const letter of inside.toSorted((a, b) => a.x - b.x)) {
    const isSeparator = /[・･/／]/u.test(letter.text);
    const isNext = before && letter.x - before.right <= BLANK * letter.size;
    if (!isSeparator && isNext) words.at(-1)?.push(letter);
    else if (!isSeparator) words.push([letter]);
    before = isSeparator ? undefined : letter;
  }
  const isSpread = words.every(([only, ...others]) => only && others.length === 0 && !OPTION.test(only.text));
  return isSpread && words.length === inside.length ? [words.flat()] : words;
}

function isRing(shape: Shape): boolean {
  const { points, hasCurves, isFilled, isStroked } = shape;
  const [from, to] = [points[0], points.at(-1)];
  if (!from || !to || (isFilled && !isStroked) || !(hasCurves || points.length >= 8)) return false;
  const size = Math.max(widthOf(shape), heightOf(shape));
  return (
    Math.min(widthOf(shape), heightOf(shape)) > 4 &&
    Math.hypot(from.x - to.x, from.y - to.y) <= OPEN_PART * size
  );
}

function isInRing({ x, right, y, size }: Letter, { box }: Shape): boolean {
  const middle = middleOf(box);
  const [across, down] = [(box.right - box.x) / 2, (box.bottom - box.y) / 2];
  const [dx, dy] = [((x + right) / 2 - middle.x) / across, (y - middle.y) / down];
  return dx * dx + dy * dy < 1 && right - x <= box.right - box.x + size * 0.3;
}

/** Sides of a box or a radio button, in points, and how square it is. */
const SIDE = { least: 4.5, most: 17 };
const SQUARE = 0.78;

interface Button {
  box: Box;
  isOn: boolean;
}

/** Signs for the boxes and radio buttons beside a word. */
function boxSigns(letters: Letter[], shapes: Shape[]): TextRun[] {
  return buttonsOf(letters, shapes).flatMap(({ box, isOn }) => {
    const word = beside(box, letters);
    if (!word) return [];
    const middle = middleOf(box);
    return [
      {
        text: isOn ? '☑' : '□',
        x: box.x,
        baseline: middle.y + word.size * 0.36,
        width: box.right - box.x,
        size: word.size,
        angle: 0,
      },
    ];
  });
}

function buttonsOf(letters: Letter[], shapes: Shape[]): Button[] {
  const buttons = shapes.filter(isButton);
  const outlines = buttons.filter((shape) => !isRow(shape, buttons));
  const outer = outlines.filter(
    (shape) =>
      !outlines.some((other) => other !== shape && isWithin(shape.box, other.box) && !isSame(shape, other)),
  );
  const unique = outer.filter((shape, i) => !outer.slice(0, i).some((other) => isSame(shape, other)));
  return unique.flatMap((shape) => {
    const inside = letters.filter((letter) =>
      holdsPoint(shape.box, { x: (letter.x + letter.right) / 2, y: letter.y }),
    );
    // a box with a letter in it is a field for that letter, unless it is a tick
    if (inside.some(({ text }) => !TICKS.test(text))) return [];
    const others = shapes.filter((other) => other !== shape);
    const isOn = inside.length > 0 || isDark(shape) || others.some((other) => isTick(other, shape));
    return [{ box: shape.box, isOn }];
  });
}

const TICKS = /^[✓✔☑レﾚvVxX×✕✖■●●/／〆○◯]$/u;

function isButton(shape: Shape): boolean {
  const [width, height] = [widthOf(shape), heightOf(shape)];
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < SIDE.least || long > SIDE.most || short / long < SQUARE) return false;
  if (shape.isFilled && !shape.isStroked && !isDark(shape)) return false;
  const [from, to] = [shape.points[0] as Point, shape.points.at(-1) as Point];
  if (Math.hypot(from.x - to.x, from.y - to.y) > 1) return false;
  return shape.hasCurves || isRectangle(shape);
}

/** Every point is in a corner. */
const isRectangle = ({ points, box }: Shape): boolean =>
  points.length >= 4 &&
  points.every(
    ({ x, y }) =>
      Math.min(Math.abs(x - box.x), Math.abs(x - box.right)) < 0.6 &&
      Math.min(Math.abs(y - box.y), Math.abs(y - box.bottom)) < 0.6,
  );

const isDark = ({ isFilled, lightness }: Shape): boolean => isFilled && lightness !== null && lightness < 0.5;

/** One of a row of boxes for digits: they touch. */
const isRow = (shape: Shape, buttons: Shape[]): boolean =>
  buttons.some(
    (other) =>
      other !== shape &&
      Math.abs(other.box.y - shape.box.y) < 1 &&
      (Math.abs(other.box.x - shape.box.right) < 1 || Math.abs(shape.box.x - other.box.right) < 1),
  );

const isSame = (a: Shape, b: Shape): boolean =>
  Math.abs(a.box.x - b.box.x) < 1 &&
  Math.abs(a.box.y - b.box.y) < 1 &&
  Math.abs(a.box.right - b.box.right) < 1 &&
  Math.abs(a.box.bottom - b.box.bottom) < 1;

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 0.5 &&
  inner.right <= outer.right + 0.5 &&
  inner.y >= outer.y - 0.5 &&
  inner.bottom <= outer.bottom + 0.5;

/** A tick may reach out of its box; a rule of the form is much longer. */
const REACH = 0.45;
const LONGEST = 2.5;
const LEAST = 0.3;

function isTick(shape: Shape, button: Shape): boolean {
  const side = widthOf(button);
  const more = side * REACH;
  const around = {
    x: button.box.x - more,
    y: button.box.y - more,
    right: button.box.right + more,
    bottom: button.box.bottom + more,
  };
  const size = Math.max(widthOf(shape), heightOf(shape));
  if (size < LEAST * side || size > LONGEST * side) return false;
  // the inner edge of a frame is no tick: it is drawn, not filled
  if (isButton(shape) && (isSame(shape, button) || !isDark(shape))) return false;
  if (isWithin(button.box, shape.box) && !isSame(shape, button)) return false;
  return holdsPoint(around, middleOf(shape.box)) && !isEdge(shape, button);
}

/** A side of the box, drawn as a line of its own. */
function isEdge(shape: Shape, { box }: Shape): boolean {
  const middle = middleOf(shape.box);
  const isLine = Math.min(widthOf(shape), heightOf(shape)) < 1.2;
  const atSide = [middle.x - box.x, box.right - middle.x, middle.y - box.y, box.bottom - middle.y];
  return isLine && Math.min(...atSide.map(Math.abs)) < 1.2;
}

/** Distance from a button to its word, in letters. */
const NEAR = 1.6;

/** The letter a button belongs to: at its height, right of it or left of it. */
function beside(box: Box, letters: Letter[]): Letter | undefined {
  const middle = middleOf(box);
  return letters.find((letter) => {
    if (Math.abs(letter.y - middle.y) > 0.8 * letter.size) return false;
    const right = letter.x - box.right;
    const left = box.x - letter.right;
    return (right > -2 && right < NEAR * letter.size) || (left > -2 && left < NEAR * letter.size);
  });
}
