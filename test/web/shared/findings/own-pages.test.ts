import { expect, test } from 'vitest';
import { sentPage, shownPage } from '../../../../web/shared/findings/own-pages.ts';

const OWN = [
  { from: 3, to: 4 },
  { from: 9, to: 9 },
];

test('a page of the sent file is found among those of one person, and back', () => {
  expect([3, 4, 9].map((page) => shownPage(OWN, page))).toEqual([1, 2, 3]);
  expect([1, 2, 3].map((page) => sentPage(OWN, page))).toEqual([3, 4, 9]);
  expect(shownPage(OWN, 5)).toBe(1);
});

test('a whole file is shown as it was sent', () => {
  expect([shownPage(null, 7), sentPage(null, 7)]).toEqual([7, 7]);
});
