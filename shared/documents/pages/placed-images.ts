import type { PDFPageProxy } from 'pdfjs-dist';
import type { Box } from './geometry.ts';
import { IDENTITY, type Matrix, multiply } from './geometry.ts';

/** What a page draws beside its text, asked only of pages in files that hold pictures. */
export interface PlacedImages {
  /** where pictures are, in points from the top left of the page as seen */
  boxes: Box[];
  /** true when the text is laid invisibly over a picture: a scan with text recognised by another program */
  isOcrLayer: boolean;
}

/** Numbers of pdfjs OPS. */
const OP = {
  save: 10,
  restore: 11,
  transform: 12,
  setTextRenderingMode: 38,
  showText: 44,
  formBegin: 74,
  formEnd: 75,
} as const;
/** text rendering modes that leave no ink: 3 invisible, 7 only for clipping */
const INVISIBLE = new Set([3, 7]);
/** part of the shown text that must be invisible */
const LAYER_PART = 0.9;

/** Follows the operators of a page: where pictures are placed, and how much of the text is invisible. */
export async function placedImages(page: PDFPageProxy): Promise<PlacedImages> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const view = page.getViewport({ scale: 1 }).transform as Matrix;
  const stack: { matrix: Matrix; mode: number }[] = [];
  let [matrix, mode] = [IDENTITY, 0];
  const boxes: Box[] = [];
  let [shown, hidden] = [0, 0];
  for (const [i, operator] of fnArray.entries()) {
    const args = (argsArray[i] ?? []) as unknown[];
    if (operator === OP.save || operator === OP.formBegin) stack.push({ matrix, mode });
    if (operator === OP.restore || operator === OP.formEnd)
      ({ matrix, mode } = stack.pop() ?? { matrix, mode });
    if (operator === OP.formBegin && Array.isArray(args[0])) matrix = multiply(matrix, args[0] as Matrix);
    if (operator === OP.transform) {
      matrix = multiply(matrix, args as Matrix);
      if (placesImage(args)) boxes.push(unitSquare(multiply(view, matrix)));
    }
    if (operator === OP.setTextRenderingMode) mode = Number(args[0]);
    if (operator !== OP.showText) continue;
    shown++;
    if (INVISIBLE.has(mode)) hidden++;
  }
  return { boxes, isOcrLayer: shown > 0 && hidden / shown >= LAYER_PART };
}

/**
 * Pictures are not decoded (maxImageSize) and so are missing among the operators; the matrix that blows the unit
 * square up to the picture's size is there. Matrices that turn or scale a whole page stay below this.
 */
const PICTURE_SCALE = 8;
export const placesImage = (matrix: unknown): boolean =>
  Array.isArray(matrix) && matrix.slice(0, 4).some((part) => Math.abs(Number(part)) >= PICTURE_SCALE);

function unitSquare([a, b, c, d, e, f]: Matrix): Box {
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  return { x: Math.min(...xs), y: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
