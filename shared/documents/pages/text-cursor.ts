import { type Matrix, multiply, onPage } from './geometry.ts';
import { OP, type Operation } from './operators.ts';

/** A glyph as pdfjs gives it; a number among them moves the next one. */
export interface Glyph {
  unicode: string;
  /** thousandths of the font's size */
  width: number;
  isSpace: boolean;
  /** of a font that runs from top to bottom: its advance first */
  vmetric?: [number, number, number] | null;
}

/** A piece of text with its place: the start of its base line, its end, and the height of its letters. */
export interface TextSpan {
  text: string;
  glyphs: Glyph[];
  /** name of the font within the file */
  font: string;
  x: number;
  y: number;
  endX: number;
  endY: number;
  size: number;
}

const THOUSANDTH = 0.001;

/** The operators after which text is placed otherwise. */
const SETS_TEXT = new Set<number>([
  OP.beginText,
  OP.setTextMatrix,
  OP.setFont,
  OP.setCharSpacing,
  OP.setWordSpacing,
  OP.setHScale,
  OP.setTextRise,
  OP.setLeading,
  OP.setLeadingMoveText,
  OP.moveText,
  OP.nextLine,
]);

/** Follows the operators that place text and returns where each piece is. */
export class TextCursor {
  private text: Matrix = [1, 0, 0, 1, 0, 0];
  private x = 0;
  private y = 0;
  private lineX = 0;
  private lineY = 0;
  private font = '';
  private size = 0;
  private leading = 0;
  private spacing = 0;
  private wordSpacing = 0;
  private stretch = 1;
  private rise = 0;

  /** The piece an operation shows, or null. */
  follow({ operator, args, matrix }: Operation): TextSpan | null {
    // As a number, a list of letters or a matrix would first be written out whole.
    if (operator === OP.showText)
      return Array.isArray(args[0]) ? this.show(args[0] as (Glyph | number)[], matrix) : null;
    if (SETS_TEXT.has(operator)) this.set(operator, args);
    return null;
  }

  private set(operator: number, args: unknown[]): void {
    const [first, second] = args.map((arg) => (typeof arg === 'number' ? arg : 0)) as [number, number];
    switch (operator) {
      case OP.beginText:
        this.place([1, 0, 0, 1, 0, 0]);
        break;
      case OP.setTextMatrix:
        this.place(Array.from(args[0] as ArrayLike<number>) as Matrix);
        break;
      case OP.setFont:
        this.font = String(args[0]);
        this.size = second;
        break;
      case OP.setCharSpacing:
        this.spacing = first;
        break;
      case OP.setWordSpacing:
        this.wordSpacing = first;
        break;
      case OP.setHScale:
        this.stretch = first / 100;
        break;
      case OP.setTextRise:
        this.rise = first;
        break;
      case OP.setLeading:
        this.leading = -first;
        break;
      case OP.setLeadingMoveText:
        this.leading = second;
        this.move(first, second);
        break;
      case OP.moveText:
        this.move(first, second);
        break;
      case OP.nextLine:
        this.move(0, this.leading);
    }
  }

  private place(matrix: Matrix): void {
    this.text = matrix;
    this.x = this.y = this.lineX = this.lineY = 0;
  }

  private move(x: number, y: number): void {
    this.x = this.lineX += x;
    this.y = this.lineY += y;
  }

  private show(items: (Glyph | number)[], matrix: Matrix): TextSpan {
    const glyphs = items.filter((item): item is Glyph => typeof item === 'object' && item !== null);
    const onto = multiply(matrix, this.text);
    const { x, y } = onPage(onto, this.x, this.y + this.rise);
    for (const item of items) this.advance(item);
    const { x: endX, y: endY } = onPage(onto, this.x, this.y + this.rise);
    const size = Math.abs(this.size) * Math.hypot(onto[2], onto[3]);
    const text = glyphs.map(({ unicode }) => unicode).join('');
    return { text, glyphs, font: this.font, x, y, endX, endY, size };
  }

  private advance(item: Glyph | number | null): void {
    if (item === null) return;
    if (typeof item === 'number') {
      this.x -= item * THOUSANDTH * this.size * this.stretch;
      return;
    }
    const spacing = this.spacing + (item.isSpace ? this.wordSpacing : 0);
    if (item.vmetric) this.y += item.vmetric[0] * THOUSANDTH * this.size - spacing;
    else this.x += (item.width * THOUSANDTH * this.size + spacing) * this.stretch;
  }
}
