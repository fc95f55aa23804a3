import type { PDFPageProxy } from 'pdfjs-dist';
import { fromEngine } from '../unreadable-file.ts';
import { type Box, boxOnPage, common, type Matrix, multiply } from './geometry.ts';

/** Numbers of pdfjs OPS. */
export const OP = {
  setLineWidth: 2,
  setGState: 9,
  save: 10,
  restore: 11,
  transform: 12,
  stroke: 20,
  closeStroke: 21,
  fill: 22,
  endPath: 28,
  clip: 29,
  eoClip: 30,
  beginText: 31,
  setCharSpacing: 33,
  setWordSpacing: 34,
  setHScale: 35,
  setLeading: 36,
  setFont: 37,
  setTextRenderingMode: 38,
  setTextRise: 39,
  moveText: 40,
  setLeadingMoveText: 41,
  setTextMatrix: 42,
  nextLine: 43,
  showText: 44,
  setFillColorN: 55,
  setFillRGBColor: 59,
  shadingFill: 62,
  beginMarkedContent: 69,
  beginMarkedContentProps: 70,
  endMarkedContent: 71,
  formBegin: 74,
  formEnd: 75,
  path: 91,
} as const;

/** Those that leave ink: text, shading, images, paths. */
const PAINTING = new Set<number>([OP.showText, 45, 46, 47, 62, 83, 84, 85, 86, 87, 88, 89, 90, OP.path, 94]);
export const isPainting = (operator: number): boolean => PAINTING.has(operator);

/** Those that place an image, in its unit square. */
const IMAGES = new Set<number>([83, 85, 86, 90]);
export const isImage = (operator: number): boolean => IMAGES.has(operator);

/** What `save` keeps and `restore` brings back. */
interface GraphicsState {
  /** to points from the top left of the page as seen */
  matrix: Matrix;
  textMode: number;
  /** 0 black, 1 white; null: a pattern, or a color that is not known */
  fill: number | null;
  /** 0 transparent, 1 opaque */
  fillAlpha: number;
  strokeAlpha: number;
  /** what is beneath shows through whatever its alpha (a marker's ink) */
  isBlended: boolean;
  lineWidth: number;
  /** nothing is drawn outside of it; null: no limit */
  clip: Box | null;
}

/** One step of drawing a page, with the graphics state after it. */
export interface Operation extends GraphicsState {
  operator: number;
  args: unknown[];
  /** it belongs to a layer that is switched off */
  isOff: boolean;
}

/** Tells whether a layer (optional content) is shown. */
export type IsShown = (group: unknown) => boolean;

/** The steps of drawing a page, in order. Costs about a tenth of reading its text. */
export async function pageOperations(
  page: PDFPageProxy,
  isShown: IsShown = () => true,
): Promise<Iterable<Operation>> {
  const { fnArray, argsArray } = await fromEngine(() => page.getOperatorList());
  return walk(fnArray, argsArray, page.getViewport({ scale: 1 }).transform as Matrix, isShown);
}

function* walk(operators: number[], argsOf: unknown[], view: Matrix, isShown: IsShown): Generator<Operation> {
  const saved: GraphicsState[] = [];
  const layers: boolean[] = [];
  let state = firstState(view);
  let clips = false;
  for (let i = 0; i < operators.length; i++) {
    const operator = operators[i]!;
    const args = (argsOf[i] ?? []) as unknown[];
    switch (operator) {
      case OP.save:
      case OP.formBegin:
        saved.push(state);
        state = { ...state };
        if (operator === OP.formBegin) enterForm(state, args);
        break;
      case OP.restore:
      case OP.formEnd:
        state = saved.pop() ?? state;
        break;
      case OP.clip:
      case OP.eoClip:
        clips = true;
        break;
      case OP.beginMarkedContent:
        layers.push(true);
        break;
      case OP.beginMarkedContentProps:
        layers.push(args[0] !== 'OC' || isShown(args[1]));
        break;
      case OP.endMarkedContent:
        layers.pop();
        break;
      case OP.path:
        // the path that follows a clip operator is the clip, and it is painted or not
        if (clips) state = { ...state, clip: clippedBy(state, args[2]) };
        clips = false;
        break;
      default:
        setState(state, operator, args);
    }
    yield { ...state, operator, args, isOff: layers.includes(false) };
  }
}

const firstState = (matrix: Matrix): GraphicsState => ({
  matrix,
  textMode: 0,
  fill: 0,
  fillAlpha: 1,
  strokeAlpha: 1,
  isBlended: false,
  lineWidth: 1,
  clip: null,
});

function enterForm(state: GraphicsState, [matrix, bounds]: unknown[]): void {
  if (Array.isArray(matrix)) state.matrix = multiply(state.matrix, matrix as Matrix);
  if (bounds) state.clip = clippedBy(state, bounds);
}

function setState(state: GraphicsState, operator: number, args: unknown[]): void {
  switch (operator) {
    case OP.transform:
      state.matrix = multiply(state.matrix, args as Matrix);
      break;
    case OP.setTextRenderingMode:
      state.textMode = Number(args[0]);
      break;
    case OP.setLineWidth:
      state.lineWidth = Number(args[0]);
      break;
    case OP.setFillRGBColor:
      state.fill = lightness(args[0]);
      break;
    case OP.setFillColorN:
      state.fill = null;
      break;
    case OP.setGState:
      for (const [key, value] of (args[0] ?? []) as [string, unknown][]) {
        if (key === 'ca') state.fillAlpha = Number(value);
        if (key === 'CA') state.strokeAlpha = Number(value);
        if (key === 'BM') state.isBlended = value !== 'source-over';
      }
  }
}

/** `#rrggbb` as 0 (black) to 1 (white). */
function lightness(color: unknown): number | null {
  const [, r, g, b] = /^#(..)(..)(..)$/.exec(String(color)) ?? [];
  if (r === undefined || g === undefined || b === undefined) return null;
  const part = (hex: string): number => Number.parseInt(hex, 16) / 255;
  return part(r) * 0.299 + part(g) * 0.587 + part(b) * 0.114;
}

/** The clip after one more limit: the part the two have in common. */
function clippedBy({ matrix, clip }: GraphicsState, bounds: unknown): Box | null {
  const numbers = Array.from((bounds ?? []) as ArrayLike<number>);
  if (numbers.length < 4 || !numbers.every(Number.isFinite)) return clip;
  const box = boxOnPage(matrix, numbers as [number, number, number, number]);
  return clip ? common(box, clip) : box;
}
