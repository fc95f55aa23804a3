import type { PDFPageProxy } from 'pdfjs-dist';
import { areaOf, type Box, boxOnPage, common, type Matrix } from './geometry.ts';
import { type IsShown, isImage, isPainting, OP, type Operation, pageOperations } from './operators.ts';
import { addRules, type PageRules, type PathArgs, soundRules } from './page-rules.ts';
import { isSmall, type Shape, shapesOf } from './page-shapes.ts';
import { type Glyph, TextCursor, type TextSpan } from './text-cursor.ts';

/** What a page draws, in the order it is painted; lengths in points from the top left of the page as seen. */
export interface PageDrawing {
  /** lines and edges of boxes: they make the boxes of tables */
  rules: PageRules;
  pictures: Painted[];
  /** filled rectangles: backgrounds, and what covers text */
  fills: Fill[];
  spans: DrawnSpan[];
  /** small outlines, which may be marks */
  shapes: Shape[];
  /** something beside invisible text is painted */
  hasInk: boolean;
}

/** `order`: number of the operation that painted it. */
interface Painted {
  box: Box;
  order: number;
}

interface Fill extends Painted {
  /** 0 black, 1 white, null unknown */
  lightness: number | null;
  /** what is beneath does not show through */
  isOpaque: boolean;
}

export interface DrawnSpan extends TextSpan, Painted {
  glyphs: Glyph[];
  lightness: number | null;
  /** its own state leaves no ink: invisible, transparent, in a hidden layer, clipped away, too small to see */
  isInvisible: boolean;
}

/** A form has some hundred small outlines; a page with more than this is a drawing. */
const MOST_SHAPES = 4000;

/** Walks once through the drawing of a page. */
export async function pageDrawing(page: PDFPageProxy, isShown: IsShown): Promise<PageDrawing> {
  const { width, height } = page.getViewport({ scale: 1 });
  const reader = new DrawingReader({ x: 0, y: 0, right: width, bottom: height });
  for (const operation of await pageOperations(page, isShown)) reader.add(operation);
  return reader.finish();
}

class DrawingReader {
  private readonly drawing: PageDrawing = {
    rules: { across: [], down: [] },
    pictures: [],
    fills: [],
    spans: [],
    shapes: [],
    hasInk: false,
  };
  private readonly cursor = new TextCursor();
  private readonly page: Box;
  private order = 0;
  private place: Box | null = null;

  constructor(page: Box) {
    this.page = page;
  }

  add(operation: Operation): void {
    this.order++;
    const span = this.cursor.follow(operation);
    this.watchForImage(operation);
    if (span) this.addSpan(span, operation);
    else if (operation.isOff) return;
    else if (operation.operator === OP.path) this.addPath(operation);
    else if (isPainting(operation.operator)) this.drawing.hasInk = true;
  }

  finish(): PageDrawing {
    this.endImage();
    const { drawing } = this;
    return {
      ...drawing,
      rules: soundRules(drawing.rules),
      shapes: drawing.shapes.length > MOST_SHAPES ? [] : drawing.shapes,
    };
  }

  /**
   * Images are not decoded and most are missing among the operators (maxImageSize); the matrix that enlarges the unit
   * square to the image's size is not, and nothing else is painted in it.
   */
  private watchForImage(operation: Operation): void {
    const { operator, matrix } = operation;
    if (isImage(operator) && !operation.isOff) this.place ??= unitSquare(matrix);
    else if (operator === OP.path || operator === OP.shadingFill) this.place = null;
    if (isImage(operator) || ENDS_IMAGE.has(operator)) this.endImage();
    if (operator === OP.transform && !operation.isOff && isLarge(matrix))
      this.place = operation.clip ? common(unitSquare(matrix), operation.clip) : unitSquare(matrix);
  }

  private endImage(): void {
    const box = this.place && common(this.place, this.page);
    this.place = null;
    if (!box || areaOf(box) === 0) return;
    this.drawing.pictures.push({ box, order: this.order });
    this.drawing.hasInk = true;
  }

  private addSpan(span: TextSpan, state: Operation): void {
    const box = boxOfSpan(span);
    const isInvisible = state.isOff || leavesNoInk(span, state) || isOutside(box, this.page, state.clip);
    this.drawing.spans.push({ ...span, box, order: this.order, lightness: state.fill, isInvisible });
    if (!isInvisible && span.text.trim() !== '') this.drawing.hasInk = true;
  }

  private addPath(operation: Operation): void {
    const [painted, [steps], bounds] = operation.args as PathArgs;
    if (!steps || painted === OP.endPath) return;
    this.drawing.hasInk = true;
    addRules(this.drawing.rules, operation);
    const box = boxOnPage(
      operation.matrix,
      Array.from(bounds as ArrayLike<number>) as [number, number, number, number],
    );
    if (painted >= OP.fill && steps.length <= LONGEST_RECTANGLE) this.addFill(box, operation);
    if (isSmall(box) && this.drawing.shapes.length <= MOST_SHAPES)
      this.drawing.shapes.push(...shapesOf(steps, painted, operation, this.order));
  }

  private addFill(box: Box, { fill, fillAlpha, isBlended }: Operation): void {
    if (box.right - box.x < THIN || box.bottom - box.y < THIN) return;
    const isOpaque = fillAlpha > 0.9 && !isBlended;
    this.drawing.fills.push({ box, order: this.order, lightness: fill, isOpaque });
  }
}

/** Four corners and a close, of three or one number each: a rectangle, or a shape as simple. */
const LONGEST_RECTANGLE = 17;
/** a filled bar thinner than this is a line */
const THIN = 4;
const ENDS_IMAGE = new Set<number>([
  OP.save,
  OP.restore,
  OP.transform,
  OP.formBegin,
  OP.formEnd,
  OP.showText,
]);

/** An image is at least as large; the matrices of a page and its text are smaller. */
const IMAGE_SCALE = 8;
const isLarge = ([a, b, c, d]: Matrix): boolean =>
  Math.hypot(a, b) >= IMAGE_SCALE && Math.hypot(c, d) >= IMAGE_SCALE;

const unitSquare = (matrix: Matrix): Box => boxOnPage(matrix, [0, 0, 1, 1]);

/** Letters reach this far above and below their base line, in their size. */
const ABOVE = 0.85;
const BELOW = 0.15;

function boxOfSpan({ x, y, endX, endY, size }: TextSpan): Box {
  const length = Math.hypot(endX - x, endY - y) || 1;
  // to the left of the direction of writing, which is up for text from left to right
  const [upX, upY] = [((endY - y) / length) * size, (-(endX - x) / length) * size];
  const [left, right] = [Math.min(x, endX), Math.max(x, endX)];
  const [top, bottom] = [Math.min(y, endY), Math.max(y, endY)];
  return {
    x: left + Math.min(upX * ABOVE, -upX * BELOW),
    y: top + Math.min(upY * ABOVE, -upY * BELOW),
    right: right + Math.max(upX * ABOVE, -upX * BELOW),
    bottom: bottom + Math.max(upY * ABOVE, -upY * BELOW),
  };
}

/** text rendering modes: stroked only, invisible, only for clipping */
const STROKED = 1;
const INVISIBLE = new Set([3, 7]);
/** no one reads smaller letters, in points */
const SMALLEST = 1.5;
const TRANSPARENT = 0.05;

function leavesNoInk({ size }: TextSpan, { textMode, fillAlpha, strokeAlpha }: Operation): boolean {
  const alpha = textMode === STROKED ? strokeAlpha : fillAlpha;
  return INVISIBLE.has(textMode) || alpha < TRANSPARENT || size < SMALLEST;
}

/** Less of it is on the page than a part of a letter. */
function isOutside(box: Box, page: Box, clip: Box | null): boolean {
  const letter = Math.min(box.right - box.x, box.bottom - box.y);
  const seen = areaOf(common(box, clip ? common(page, clip) : page));
  return seen < Math.min(areaOf(box) / 2, letter ** 2 / 4);
}
