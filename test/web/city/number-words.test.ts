import { expect, it } from 'vitest';
import { words } from '../../../shared/vocabulary/labels.ts';
import { numberKeyLabel } from '../../../shared/vocabulary/number-labels.ts';
import { keyText, numberText, totalOf } from '../../../web/city/numbers/number-words.ts';
import type { Summary } from '../../../web/city/numbers/numbers-queries.ts';

const WORDS = words() as Parameters<typeof keyText>[0];

it.each([
  ['decisions', 'return'],
  ['categories', 'undecided'],
  ['switches', 'yobo_shien_direct>yobo_cm_itaku'],
  ['returned_findings', 'F_DOC_MISSING'],
  ['answer_times', 'days_3'],
  ['offices', '0870100013'],
  ['routes', 'itaku'],
] as const)('says on the screen what the table of the desk says: %s %s', (of, key) => {
  expect(keyText(WORDS, of, key)).toBe(numberKeyLabel(of, key));
});

it('names a number with its key, and one without keys alone', () => {
  expect(numberText(WORDS, 'cases', 'all')).toBe('受け付けた件数');
  expect(numberText(WORDS, 'decisions', 'return')).toBe('判定: 返戻');
});

it('adds the areas up, the largest first', () => {
  const summaries = [{ offices: { a: 1, b: 1 } }, { offices: { b: 2 } }] as unknown as Summary[];
  expect(totalOf(summaries, 'offices')).toEqual([
    { key: 'b', count: 3 },
    { key: 'a', count: 1 },
  ]);
});
