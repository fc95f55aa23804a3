import type { PDFPageProxy } from 'pdfjs-dist';
import { expect, it } from 'vitest';
import { isPainting, OP, pageOperations } from '../../../../shared/documents/pages/operators.ts';

const VIEW = [1, 0, 0, 1, 0, 0];

const operationsOf = async (...steps: [number, unknown[]?][]) => {
  const page: Pick<PDFPageProxy, 'getOperatorList' | 'getViewport'> = Object.create({
    getOperatorList: async () => ({
      fnArray: steps.map(([operator]) => operator),
      argsArray: steps.map(([, args]) => args ?? null),
    }),
    getViewport: () => ({ transform: VIEW }),
  });
  return [...(await pageOperations(page as PDFPageProxy))];
};

it('restores the graphics state that was saved', async () => {
  const operations = await operationsOf(
    [OP.save],
    [OP.transform, [2, 0, 0, 2, 5, 5]],
    [OP.setTextRenderingMode, [3]],
    [OP.showText, ['a']],
    [OP.restore],
    [OP.showText, ['b']],
  );
  expect(operations.filter(({ operator }) => operator === OP.showText)).toMatchObject([
    { matrix: [2, 0, 0, 2, 5, 5], textMode: 3 },
    { matrix: VIEW, textMode: 0 },
  ]);
});

it('applies the matrix of a form to what is inside it', async () => {
  const operations = await operationsOf(
    [OP.formBegin, [[3, 0, 0, 3, 0, 0]]],
    [OP.path],
    [OP.formEnd],
    [OP.path],
  );
  expect(operations.filter(({ operator }) => operator === OP.path).map(({ matrix }) => matrix[0])).toEqual([
    3, 1,
  ]);
});

it('ignores a restore without a save', async () => {
  expect(await operationsOf([OP.restore])).toMatchObject([{ matrix: VIEW, textMode: 0 }]);
});

it('knows which operators leave ink', () => {
  expect([OP.showText, OP.path].every(isPainting)).toBe(true);
  expect([OP.save, OP.endPath].some(isPainting)).toBe(false);
});
