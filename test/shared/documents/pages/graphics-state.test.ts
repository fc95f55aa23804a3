import { expect, it } from 'vitest';
import { GraphicsWalk } from '../../../../shared/documents/pages/graphics-state.ts';
import { isPainting, OP } from '../../../../shared/documents/pages/operators.ts';
import { NO_FONT } from '../../../../shared/documents/pages/page-fonts.ts';

type Step = [operator: number, args?: unknown[]];

const walked = (...steps: Step[]): GraphicsWalk => {
  const walk = new GraphicsWalk(
    [1, 0, 0, 1, 0, 0],
    () => false,
    (name) => ({ ...NO_FONT, name }),
  );
  for (const [operator, args = []] of steps) walk.follow(operator, args);
  return walk;
};
const stateAfter = (...steps: Step[]) => walked(...steps).state;

const ENLARGED: Step = [OP.transform, [2, 0, 0, 2, 5, 5]];

it('restores the graphics state that was saved, text state included', () => {
  const steps: Step[] = [
    [OP.setFont, ['small', 8]],
    [OP.save],
    ENLARGED,
    [OP.setTextRenderingMode, [3]],
    [OP.setFont, ['large', 20]],
  ];
  expect(stateAfter(...steps)).toMatchObject({
    matrix: [2, 0, 0, 2, 5, 5],
    textMode: 3,
    font: { name: 'large' },
  });
  expect(stateAfter(...steps, [OP.restore])).toMatchObject({
    matrix: [1, 0, 0, 1, 0, 0],
    textMode: 0,
    font: { name: 'small' },
    fontSize: 8,
  });
});

it('applies the matrix of a form, as pdfjs sends it, to what is inside it', () => {
  const begin: Step = [OP.formBegin, [new Float32Array([3, 0, 0, 3, 0, 0]), null]];
  expect(stateAfter(begin).matrix[0]).toBe(3);
  expect(stateAfter(begin, [OP.formEnd]).matrix[0]).toBe(1);
});

it('restores no more inside a form than was saved there', () => {
  const inForm = stateAfter([OP.save], ENLARGED, [OP.formBegin, [null, null]], [OP.restore], [OP.restore]);
  expect(inForm.matrix[0]).toBe(2);
});

it('ignores a restore without a save', () => {
  expect(stateAfter(ENLARGED, [OP.restore]).matrix[0]).toBe(2);
});

it('takes the font of a dictionary of graphics state', () => {
  expect(stateAfter([OP.setGState, [[['Font', ['mincho', 11]]]]])).toMatchObject({
    font: { name: 'mincho' },
    fontSize: 11,
  });
});

it('places nothing by what is no number', () => {
  expect(stateAfter([OP.moveText, [['1'], 4]])).toMatchObject({ x: 0, y: 4 });
});

it('shows neither a layer that is switched off nor the mask of something else', () => {
  const layer: Step = [OP.beginMarkedContentProps, ['OC', { id: '5R' }]];
  const mask: Step = [OP.beginGroup, [{ smask: { subtype: 'Alpha' } }]];
  expect(walked(layer).isOff).toBe(true);
  expect(walked(layer, [OP.beginMarkedContent], [OP.endMarkedContent], [OP.endMarkedContent]).isOff).toBe(
    false,
  );
  expect(walked(mask)).toMatchObject({ isOff: true, isMask: true });
  expect(walked(mask, [OP.endGroup]).isOff).toBe(false);
  expect(walked([OP.beginGroup, [{ smask: null }]]).isOff).toBe(false);
});

it('knows which operators leave ink', () => {
  expect([OP.showText, OP.path].every(isPainting)).toBe(true);
  expect([OP.save, OP.endPath].some(isPainting)).toBe(false);
});
