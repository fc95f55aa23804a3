import type { PDFPageProxy } from 'pdfjs-dist';
import { areaOf, type Box, boxOnPage, common, lengthOf, type Matrix } from './geometry.ts';
import { type GraphicsState, GraphicsWalk, type IsShown } from './graphics-state.ts';
import { operatorChunks } from './operator-chunks.ts';
import { isImage, isPainting, OP, tableOf } from './operators.ts';
import { type PageFont, PageFonts } from './page-fonts.ts';
import { addRules, type PageRules, type PathArgs, soundRules } from './page-rules.ts';
import { isSmall, type Shape, shapesOf } from './page-shapes.ts';
import type { TextRun } from './page-text.ts';
import { type Shown, showText, type TextSpan, textOf } from './show-text.ts';
import { TextFlow } from './text-flow.ts';

/** What a page draws, in the order it is painted; lengths in points from the top left of the page as seen. */
export interface PageDrawing {
  /** its text layer, seen or not, joined to runs */
  runs: TextRun[];
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

export interface DrawnSpan extends Painted {
  glyphs: Shown;
  font: PageFont;
  /** height of its letters */
  size: number;
  lightness: number | null;
  /** its own state leaves no ink: invisible, transparent, in a hidden layer, clipped away, too small to see */
  isInvisible: boolean;
}

/** A form has some hundred small outlines; a page with more than this is a drawing. */
const MOST_SHAPES = 4000;

/**
 * Walks once through the drawing of a page.
 * @param limit characters; null where the page has more, and its rest is not read
 */
export async function pageDrawing(
  page: PDFPageProxy,
  limit: number,
  isShown: IsShown,
): Promise<PageDrawing | null> {
  const fonts = new PageFonts(page);
  const reader = new DrawingReader(page.getViewport({ scale: 1 }), isShown, fonts);
  for await (const { fnArray, argsArray } of operatorChunks(page)) {
    await fonts.load(fnArray, argsArray);
    for (let i = 0; i < fnArray.length; i++) reader.add(fnArray[i] as number, argsArray[i] ?? NO_ARGUMENTS);
    if (reader.letters > limit) return null;
  }
  return reader.finish();
}

const NO_ARGUMENTS: unknown[] = [];

class DrawingReader {
  /** letters in its text layer */
  letters = 0;
  private readonly drawing: PageDrawing = {
    runs: [],
    rules: { across: [], down: [] },
    pictures: [],
    fills: [],
    spans: [],
    shapes: [],
    hasInk: false,
  };
  private readonly walk: GraphicsWalk;
  private readonly page: Box;
  private flow: TextFlow;
  /** of the contents around each form */
  private readonly flows: TextFlow[] = [];
  private isAnnotation = false;
  private order = 0;
  private place: Box | null = null;

  constructor(
    page: { width: number; height: number; transform: number[] },
    isShown: IsShown,
    fonts: PageFonts,
  ) {
    this.page = { x: 0, y: 0, right: page.width, bottom: page.height };
    this.walk = new GraphicsWalk(page.transform as Matrix, isShown, (name) => fonts.get(name));
    this.flow = new TextFlow(this.drawing.runs, this.page);
  }

  add(operator: number, args: unknown[]): void {
    this.order++;
    const { font, fontSize } = this.walk.state;
    this.walk.follow(operator, args);
    const { state } = this.walk;
    if (state.font !== font || state.fontSize !== fontSize) this.flow.end();
    this.watchForImage(operator, state);
    switch (operator) {
      case OP.showText:
        if (Array.isArray(args[0])) this.addText(args[0] as Shown, state);
        break;
      case OP.path:
        if (!this.walk.isOff) this.addPath(args as PathArgs, state);
        break;
      case OP.beginMarkedContent:
      case OP.beginMarkedContentProps:
      case OP.endMarkedContent:
        this.flow.end();
        break;
      case OP.formBegin:
        this.flow.end();
        this.flows.push(this.flow);
        this.flow = new TextFlow(this.drawing.runs, this.page);
        break;
      case OP.formEnd:
        this.flow.end();
        this.flow = this.flows.pop() ?? this.flow;
        break;
      case OP.beginAnnotation:
      case OP.endAnnotation:
        this.flow.end();
        this.isAnnotation = operator === OP.beginAnnotation;
        break;
      default:
        if (!this.walk.isOff && isPainting(operator)) this.drawing.hasInk = true;
    }
  }

  finish(): PageDrawing {
    this.endImage();
    this.flow.end();
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
  private watchForImage(operator: number, { matrix, clip }: GraphicsState): void {
    if (isImage(operator) && !this.walk.isOff) this.place ??= unitSquare(matrix);
    else if (operator === OP.path || operator === OP.shadingFill) this.place = null;
    if (this.place && (isImage(operator) || ENDS_IMAGE[operator])) this.endImage();
    if (operator === OP.transform && !this.walk.isOff && isLarge(matrix))
      this.place = clip ? common(unitSquare(matrix), clip) : unitSquare(matrix);
  }

  private endImage(): void {
    const box = this.place && common(this.place, this.page);
    this.place = null;
    if (!box || areaOf(box) === 0) return;
    this.drawing.pictures.push({ box, order: this.order });
    this.drawing.hasInk = true;
  }

  private addText(glyphs: Shown, state: GraphicsState): void {
    // the text of annotations is read from their values, and that of a mask is no text
    const isText = !this.isAnnotation && !this.walk.isMask;
    const span = showText(state, glyphs, isText ? this.flow : null);
    const { font, size } = span;
    this.letters += isText ? span.letters : 0;
    const box = boxOfSpan(span);
    const isInvisible = this.walk.isOff || leavesNoInk(span, state) || isOutside(box, this.page, state.clip);
    const [order, lightness] = [this.order, state.fill];
    this.drawing.spans.push({ glyphs, font, size, box, order, lightness, isInvisible });
    if (!isInvisible && !this.drawing.hasInk) this.drawing.hasInk = textOf(glyphs).trim() !== '';
  }

  private addPath(path: PathArgs, state: GraphicsState): void {
    const [painted, [steps], bounds] = path;
    if (!steps || painted === OP.endPath) return;
    this.drawing.hasInk = true;
    addRules(this.drawing.rules, steps, state.matrix);
    const box = boxOnPage(state.matrix, bounds as ArrayLike<number>);
    if (painted >= OP.fill && steps.length <= LONGEST_RECTANGLE) this.addFill(box, state);
    if (isSmall(box) && this.drawing.shapes.length <= MOST_SHAPES)
      this.drawing.shapes.push(...shapesOf(steps, painted, state, this.order));
  }

  private addFill(box: Box, { fill, fillAlpha, isBlended }: GraphicsState): void {
    if (box.right - box.x < THIN || box.bottom - box.y < THIN) return;
    const isOpaque = fillAlpha > 0.9 && !isBlended;
    this.drawing.fills.push({ box, order: this.order, lightness: fill, isOpaque });
  }
}

/** Four corners and a close, of three or one number each: a rectangle, or a shape as simple. */
const LONGEST_RECTANGLE = 17;
/** a filled bar thinner than this is a line */
const THIN = 4;
const ENDS_IMAGE = tableOf(OP.save, OP.restore, OP.transform, OP.formBegin, OP.formEnd, OP.showText);

/** An image is at least as large; the matrices of a page and its text are smaller. */
const IMAGE_SCALE = 8;
const isLarge = (m: Matrix): boolean =>
  m[0] ** 2 + m[1] ** 2 >= IMAGE_SCALE ** 2 && m[2] ** 2 + m[3] ** 2 >= IMAGE_SCALE ** 2;

const unitSquare = (matrix: Matrix): Box => boxOnPage(matrix, [0, 0, 1, 1]);

/** Letters reach this far above and below their base line, in their size. */
const ABOVE = 0.85;
const BELOW = 0.15;
/** the base line of letters that run down is in their middle */
const BESIDE = 0.5;

function boxOfSpan({ x, y, endX, endY, size, font }: TextSpan): Box {
  const length = lengthOf(endX - x, endY - y) || 1;
  // to the left of the direction of writing, which is up for text from left to right
  const [upX, upY] = [((endY - y) / length) * size, (-(endX - x) / length) * size];
  const [above, below] = font.isVertical ? [BESIDE, BESIDE] : [ABOVE, BELOW];
  const [left, right] = [Math.min(x, endX), Math.max(x, endX)];
  const [top, bottom] = [Math.min(y, endY), Math.max(y, endY)];
  return {
    x: left + Math.min(upX * above, -upX * below),
    y: top + Math.min(upY * above, -upY * below),
    right: right + Math.max(upX * above, -upX * below),
    bottom: bottom + Math.max(upY * above, -upY * below),
  };
}

/** text rendering modes: stroked only, invisible, only for clipping */
const STROKED = 1;
const INVISIBLE = new Set([3, 7]);
/** no one reads smaller letters, in points */
const SMALLEST = 1.5;
const TRANSPARENT = 0.05;

function leavesNoInk({ size }: TextSpan, { textMode, fillAlpha, strokeAlpha }: GraphicsState): boolean {
  const alpha = textMode === STROKED ? strokeAlpha : fillAlpha;
  return INVISIBLE.has(textMode) || alpha < TRANSPARENT || size < SMALLEST;
}

/** Less of it is on the page than a part of a letter. */
function isOutside(box: Box, page: Box, clip: Box | null): boolean {
  if (!clip && box.x >= 0 && box.y >= 0 && box.right <= page.right && box.bottom <= page.bottom) return false;
  const letter = Math.min(box.right - box.x, box.bottom - box.y);
  const seen = areaOf(common(box, clip ? common(page, clip) : page));
  return seen < Math.min(areaOf(box) / 2, letter ** 2 / 4);
}
