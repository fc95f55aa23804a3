import { expect, it } from 'vitest';
import { formCatalogue } from '../../../shared/documents/forms/form-catalogue.ts';
import { marksFor, mayHoldTitle } from '../../../shared/documents/title-edges.ts';

const titled = formCatalogue().flatMap((mark) => mark.titles.map((title) => ({ title, mark })));
const ended = formCatalogue().flatMap((mark) =>
  [...mark.titles, ...mark.endings].map((title) => ({ title, mark })),
);

it('finds every form by a text that begins with one of its titles', () => {
  for (const { title, mark } of titled) expect(marksFor(`${title}(控え)`), title).toContain(mark);
});

it('finds every form by a text that ends with one of its titles or endings', () => {
  for (const { title, mark } of ended) expect(marksFor(`見本市${title}`), title).toContain(mark);
});

it('keeps the order of the catalogue, by which equal titles are decided', () => {
  const order = marksFor('介護予防サービス計画書').map((mark) => formCatalogue().indexOf(mark));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

it('lets a text pass in which a title is anywhere, and no other', () => {
  for (const { title } of ended) expect(mayHoldTitle(`(様式第1号)${title}の写し`), title).toBe(true);
  expect(mayHoldTitle('とくになし')).toBe(false);
});
