import { expect, it } from 'vitest';
import { readPrevious } from '../../../../shared/facts/collect/read-previous.ts';

it('finds nothing where the records have no case of the month before', () => {
  expect(readPrevious({ previous: null })).toEqual({ facts: [], findings: [] });
});

it('knows the category of the records', () => {
  expect(readPrevious({ previous: { category: 'yobo_shien_itaku' } })).toMatchObject({
    facts: [{ path: 'previous_category', state: 'known', value: 'yobo_shien_itaku' }],
    findings: [],
  });
});
