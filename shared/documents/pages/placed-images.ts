import type { PDFPageProxy } from 'pdfjs-dist';
import type { Box, Matrix } from './geometry.ts';
import { OP, type Operation, pageOperations } from './operators.ts';

/** The images of a page, asked only of pages in files that hold images. */
export interface PlacedImages {
  /** in points from the top left of the page as seen */
  boxes: Box[];
  /** true when the text is laid invisibly over an image: a scanned page with text recognised by another program */
  isOcrLayer: boolean;
}

/** text rendering modes that leave no ink: 3 invisible, 7 only for clipping */
const INVISIBLE = new Set([3, 7]);
/** part of the shown text that must be invisible */
const LAYER_PART = 0.9;

/** Where images are placed on a page, and whether its text is invisible. */
export async function placedImages(page: PDFPageProxy): Promise<PlacedImages> {
  const boxes: Box[] = [];
  let [shown, hidden] = [0, 0];
  for (const operation of await pageOperations(page)) {
    if (placesImage(operation)) boxes.push(unitSquare(operation.matrix));
    if (operation.operator !== OP.showText) continue;
    shown++;
    if (INVISIBLE.has(operation.textMode)) hidden++;
  }
  return { boxes, isOcrLayer: shown > 0 && hidden / shown >= LAYER_PART };
}

/**
 * Images are not decoded (maxImageSize) and so are missing among the operators; the matrix that enlarges the unit square
 * to the image's size exists. Matrices that turn or scale a whole page stay below this.
 */
const IMAGE_SCALE = 8;
export const placesImage = ({ operator, args }: Pick<Operation, 'operator' | 'args'>): boolean =>
  operator === OP.transform && args.slice(0, 4).some((part) => Math.abs(Number(part)) >= IMAGE_SCALE);

function unitSquare([a, b, c, d, e, f]: Matrix): Box {
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  return { x: Math.min(...xs), y: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
