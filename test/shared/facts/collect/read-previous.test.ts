import { expect, it } from 'vitest';
import { readPrevious } from '../../../../shared/facts/collect/read-previous.ts';
import { aFact, factSheet } from '../../../builders/some-facts.ts';

const previous = { category: 'yobo_shien_itaku' };
const given = (category: string) => factSheet(aFact('previous_category', category, { state: 'assumed' }));

it('finds nothing where the records have no case of the month before', () => {
  expect(readPrevious({ facts: given('yobo_cm_itaku'), previous: null })).toEqual({
    facts: [],
    findings: [],
  });
});

it('knows the category of the records', () => {
  expect(readPrevious({ facts: factSheet(), previous })).toMatchObject({
    facts: [{ path: 'previous_category', state: 'known', value: 'yobo_shien_itaku' }],
    findings: [],
  });
});

it('reports a cover that differs from the records', () => {
  const { facts, findings } = readPrevious({ facts: given('yobo_cm_itaku'), previous });
  expect(facts[0]?.value).toBe('yobo_shien_itaku');
  expect(findings).toMatchObject([{ code: 'F_FACT_CONFLICT', where: { file: 'packet.json' } }]);
  expect(readPrevious({ facts: given('yobo_shien_itaku'), previous }).findings).toEqual([]);
});
