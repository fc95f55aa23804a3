import { type Box, lengthOf, type Matrix } from './geometry.ts';
import type { GraphicsState } from './graphics-state.ts';
import { SLANTED, type TextRun } from './page-text.ts';
import { inReadingOrder } from './reading-order.ts';

/** A letter on the page as seen. */
export interface PlacedLetter {
  x: number;
  y: number;
  endX: number;
  endY: number;
  /** in the space of its text matrix */
  advance: number;
  /** it is drawn over the letter before */
  isDiacritic: boolean;
}

const scaled = (x: number, y: number, by: number) => ({
  x: x * by,
  y: y * by,
  length: lengthOf(x, y) * Math.abs(by),
});

/** The run that grows, or the last one after it ended: the next letter is held against it. */
interface OpenRun {
  isOpen: boolean;
  text: string;
  font: string;
  isVertical: boolean;
  matrix: Matrix;
  /** room its letters take along it, in the space of their text matrix, and the size of one unit of it on the page */
  length: number;
  scale: number;
  /** room of the letters before the scale changed, on the page */
  lengthBefore: number;
  /** room across it, on the page */
  thickness: number;
  fontSize: number;
}

/**
 * Gaps in the size of the font, forwards: up to the first letters touch, up to the second they are only spread, up to the
 * third a blank was left out. A step back further than the fourth begins another run.
 */
const TOUCHING = 0.03;
const SPREAD = 0.102;
const ONE_BLANK = 0.6;
const BACK = -0.2;
/** a step across the line beyond this part of its height begins another run */
const OFF_LINE = 0.25;

/**
 * Joins the letters of a page, as they are drawn, to runs of text. The rules and figures are those of pdfjs' own text layer
 * (`getTextContent`), which would interpret the page once more.
 */
export class TextFlow {
  private readonly runs: TextRun[];
  private readonly page: Box;
  private run: OpenRun | null = null;
  private isFirst = true;
  /** where the letter before ended */
  private lastX = 0;
  private lastY = 0;
  /** the two characters before: a blank is written when a letter follows `letter, blank` */
  private isLetterBefore = false;
  private isBlankLast = true;
  private state!: GraphicsState;
  /** a letter of size 1 in the current font on the page: the way it is written, and upwards */
  private right = { x: 1, y: 0, length: 1 };
  private up = { x: 0, y: -1, length: 1 };
  private scale = 1;

  constructor(runs: TextRun[], page: Box) {
    this.runs = runs;
    this.page = page;
  }

  /** The letters that follow are in this state. */
  begin(state: GraphicsState, onto: Matrix): void {
    const { fontSize, stretch, font } = state;
    const height = fontSize <= 1 ? fontSize * font.height : fontSize;
    this.state = state;
    this.scale = lengthOf(onto[0], onto[1]);
    this.right = scaled(onto[0], onto[1], fontSize * stretch);
    this.up = scaled(onto[2], onto[3], height);
    const { run } = this;
    if (!run?.isOpen || run.scale === this.scale) return;
    run.lengthBefore += run.length * run.scale;
    run.length = 0;
    run.scale = this.scale;
  }

  addBlank(): void {
    this.remember(true);
  }

  addLetter(text: string, letter: PlacedLetter): void {
    if (!letter.isDiacritic) {
      if (this.isOffPage(letter)) return;
      this.compare(letter);
    }
    const run = this.openRun(letter);
    run.length += letter.advance;
    if (letter.advance !== 0) {
      this.isFirst = false;
      this.lastX = letter.endX;
      this.lastY = letter.endY;
    }
    const isAfterBlank = this.isLetterBefore && this.isBlankLast;
    this.remember(false);
    run.text += isAfterBlank && run.text !== '' ? ` ${text}` : text;
  }

  /** Ends the run: what follows is another one, wherever it is. */
  end(): void {
    const { run } = this;
    if (!run?.isOpen) return;
    run.isOpen = false;
    if (run.text.trim() !== '') this.runs.push(toRun(run));
  }

  private openRun({ x, y }: PlacedLetter): OpenRun {
    if (this.run?.isOpen) return this.run;
    const { font, fontSize } = this.state;
    const { right, up } = this;
    this.run = {
      isOpen: true,
      text: '',
      font: font.name,
      isVertical: font.isVertical,
      matrix: [right.x, right.y, up.x, up.y, x, y],
      length: 0,
      scale: this.scale,
      lengthBefore: 0,
      thickness: font.isVertical ? right.length : up.length,
      fontSize,
    };
    return this.run;
  }

  private isOffPage({ x, y, endX, endY }: PlacedLetter): boolean {
    const { right, bottom } = this.page;
    return (
      Math.max(x, endX) < 0 ||
      Math.max(y, endY) < 0 ||
      Math.min(x, endX) > right ||
      Math.min(y, endY) > bottom
    );
  }

  /** Holds a letter against the end of the one before: it continues the run, with a blank or without, or begins another. */
  private compare({ x, y }: PlacedLetter): void {
    const { run, lastX, lastY } = this;
    if (this.isFirst || !run || (lastX === x && lastY === y)) return;
    const { along, across } = this.step(x - lastX, y - lastY);
    const gap = along / run.scale;
    const forwards = Math.sign(run.length);
    const size = run.fontSize * forwards;
    if (gap < size * BACK || across > run.thickness) {
      this.forgetBlanks();
      this.end();
      return;
    }
    if (gap <= size * TOUCHING) this.forgetBlanks();
    if (gap > size * SPREAD) this.leaveGap(run, gap, size);
    else if (this.isLetterBefore && this.isBlankLast) {
      this.forgetBlanks();
      this.end();
    } else run.length += gap;
    if (across > run.thickness * OFF_LINE) this.end();
  }

  private leaveGap(run: OpenRun, gap: number, size: number): void {
    this.forgetBlanks();
    if (gap > size * ONE_BLANK) this.end();
    else if (run.isOpen) {
      run.text += ' ';
      run.length += gap;
    }
  }

  /** A step in the direction of writing, and how far it leaves the line. */
  private step(dx: number, dy: number): { along: number; across: number } {
    const right = (this.right.x * dx + this.right.y * dy) / (this.right.length || 1);
    const up = (this.up.x * dx + this.up.y * dy) / (this.up.length || 1);
    return this.state.font.isVertical
      ? { along: -up, across: Math.abs(right) }
      : { along: right, across: Math.abs(up) };
  }

  private remember(isBlank: boolean): void {
    this.isLetterBefore = !this.isBlankLast;
    this.isBlankLast = isBlank;
  }

  private forgetBlanks(): void {
    this.isLetterBefore = false;
    this.isBlankLast = true;
  }
}

/** A page scanned askew leans less than this part of a quarter turn (3 degrees); a stamp laid over a form leans more. */
const SLANT = 1 / 30;

function toRun({ text, font, isVertical, matrix, length, scale, lengthBefore }: OpenRun): TextRun {
  const [a, b, c, d, x, baseline] = matrix;
  const size = lengthOf(c, d) || lengthOf(a, b);
  // down the page y grows, so a quarter turn to the left has a negative angle
  const turn = Math.atan2(b, a) / (Math.PI / 2);
  const quarter = Math.round(turn);
  const own = text.trim();
  const room = Math.abs(lengthBefore + length * scale) * (own.length / text.length);
  return {
    text: inReadingOrder(own),
    font,
    x,
    baseline,
    width: isVertical ? size : room,
    size,
    angle: Math.abs(turn - quarter) > SLANT ? SLANTED : (quarter + 4) % 4,
    ...(isVertical && { down: room }),
  };
}
