import { expect, it } from 'vitest';
import { isSamePosition, positionKey } from '../../../shared/packet/position.ts';

it('sorts as text in the order of the upload, the parts of a stack behind their packet', () => {
  const inOrder = [
    { packet: 1, part: 0 },
    { packet: 1, part: 1 },
    { packet: 1, part: 10 },
    { packet: 2, part: 0 },
    { packet: 10, part: 0 },
  ];
  const keys = inOrder.map(positionKey);
  expect(keys).toEqual(['000001', '000001.0001', '000001.0010', '000002', '000010']);
  expect(keys.toSorted()).toEqual(keys);
});

it('tells a packet from what was found in its stack', () => {
  expect(isSamePosition({ packet: 1, part: 0 }, { packet: 1, part: 0 })).toBe(true);
  expect(isSamePosition({ packet: 1, part: 0 }, { packet: 1, part: 1 })).toBe(false);
});
