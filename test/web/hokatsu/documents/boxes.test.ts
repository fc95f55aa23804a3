import { expect, test } from 'vitest';
import { type Box, findText, turned } from '../../../../web/hokatsu/documents/boxes.ts';

const near = (box: Box): number[] => box.map((value) => Math.round(value * 1000) / 1000);

test('turns a box with its page, and is back after four quarters', () => {
  const box: Box = [0.1, 0.2, 0.3, 0.05];
  expect(near(turned(box, 1))).toEqual([0.75, 0.1, 0.05, 0.3]);
  expect(near(turned(box, 2))).toEqual([0.6, 0.75, 0.3, 0.05]);
  expect(near(turned(turned(box, 1), 3))).toEqual(near(box));
  expect(near(turned(box, 4))).toEqual(near(box));
});

const pieces = [
  { text: '氏 名', box: [0.1, 0.1, 0.1, 0.02] },
  { text: '見本', box: [0.3, 0.1, 0.05, 0.02] },
  { text: '花子', box: [0.36, 0.1, 0.05, 0.02] },
  { text: '令和６年７月１日', box: [0.3, 0.2, 0.2, 0.02] },
] satisfies { text: string; box: [number, number, number, number] }[];

test('finds a value over the pieces it is written in, in any width', () => {
  expect(near(findText('見本　花子', pieces)[0]!)).toEqual([0.3, 0.1, 0.11, 0.02]);
  expect(near(findText('令和6年7月1日', pieces)[0]!)).toEqual([0.3, 0.2, 0.2, 0.02]);
});

test('finds a period whatever its wave and widths are', () => {
  const period = [{ text: '令和６年１月１日〜令和６年12月31日', box: [0.3, 0.3, 0.4, 0.02] as Box }];
  expect(findText('令和6年1月1日~令和6年12月31日', period)).toHaveLength(1);
});

test('marks every place of a text written twice, and nothing where it is missing, too short or too common', () => {
  const again = (n: number) =>
    Array.from({ length: n }, () => ({ text: '見本', box: [0, 0.9, 0.1, 0.02] as Box }));
  expect(findText('見本', [...pieces, ...again(1)])).toHaveLength(2);
  expect(findText('見本', [...pieces, ...again(3)])).toEqual([]);
  expect(findText('例示', pieces)).toEqual([]);
  expect(findText('見', pieces)).toEqual([]);
});
