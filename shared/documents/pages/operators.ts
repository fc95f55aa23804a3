import type { PDFPageProxy } from 'pdfjs-dist';
import { fromEngine } from '../unreadable-file.ts';
import { type Matrix, multiply } from './geometry.ts';

/** Numbers of pdfjs OPS. */
export const OP = {
  save: 10,
  restore: 11,
  transform: 12,
  endPath: 28,
  setTextRenderingMode: 38,
  showText: 44,
  formBegin: 74,
  formEnd: 75,
  path: 91,
} as const;

/** Those that leave ink: text, shading, images, paths. */
const PAINTING = new Set<number>([OP.showText, 45, 46, 47, 62, 83, 84, 85, 86, 87, 88, 89, 90, OP.path, 94]);
export const isPainting = (operator: number): boolean => PAINTING.has(operator);

/** One step of drawing a page, with the graphics state after it. */
export interface Operation {
  operator: number;
  args: unknown[];
  /** to points from the top left of the page as seen */
  matrix: Matrix;
  textMode: number;
}

/** The steps of drawing a page, in order. Costs as much as preparing to draw it. */
export async function pageOperations(page: PDFPageProxy): Promise<Iterable<Operation>> {
  const { fnArray, argsArray } = await fromEngine(() => page.getOperatorList());
  return walk(fnArray, argsArray, page.getViewport({ scale: 1 }).transform as Matrix);
}

function* walk(operators: number[], argsOf: unknown[], view: Matrix): Generator<Operation> {
  const saved: Pick<Operation, 'matrix' | 'textMode'>[] = [];
  let [matrix, textMode] = [view, 0];
  for (const [i, operator] of operators.entries()) {
    const args = (argsOf[i] ?? []) as unknown[];
    switch (operator) {
      case OP.save:
        saved.push({ matrix, textMode });
        break;
      case OP.formBegin:
        saved.push({ matrix, textMode });
        if (Array.isArray(args[0])) matrix = multiply(matrix, args[0] as Matrix);
        break;
      case OP.restore:
      case OP.formEnd:
        ({ matrix, textMode } = saved.pop() ?? { matrix, textMode });
        break;
      case OP.transform:
        matrix = multiply(matrix, args as Matrix);
        break;
      case OP.setTextRenderingMode:
        textMode = Number(args[0]);
    }
    yield { operator, args, matrix, textMode };
  }
}
