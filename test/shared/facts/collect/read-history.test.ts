import { describe, expect, it } from 'vitest';
import { monthsAround, readHistory } from '../../../../shared/facts/collect/read-history.ts';
import type { HistoryMonth } from '../../../../shared/vocabulary/history.ts';
import { aFact, anIdentity, coverFacts, factSheet } from '../../../builders/some-facts.ts';

const OFFICE = '0870100012';
const identity = anIdentity({ office_number: OFFICE }, '2024-06');
const month = (over: Partial<HistoryMonth> & { month: string }): HistoryMonth => ({
  category: 'yobo_shien_direct',
  same_office: null,
  office_number: OFFICE,
  used: undefined,
  ...over,
});
const may = month({ month: '2024-05', category: 'yobo_shien_itaku' });
const given = (category: string) => factSheet(aFact('previous_category', category, { state: 'assumed' }));
const valueIn = (result: ReturnType<typeof readHistory>, path: string) =>
  result.facts.find((fact) => fact.path === path)?.value;

it('asks for the months before, for two periods of monitoring, and for the two after', () => {
  expect(monthsAround('2024-06')).toEqual([
    ...['2023-12', '2024-01', '2024-02', '2024-03', '2024-04', '2024-05'],
    ...['2024-07', '2024-08'],
  ]);
});

describe('readHistory', () => {
  it('finds nothing where neither the records nor the cover have an earlier month', () => {
    expect(readHistory({ facts: given('yobo_cm_itaku'), recorded: [], identity })).toEqual({
      facts: [],
      findings: [],
    });
  });

  it('knows the months of the records, and the category of the one before', () => {
    expect(readHistory({ facts: factSheet(), recorded: [may], identity })).toMatchObject({
      facts: [
        { path: 'history', state: 'known', value: [{ month: '2024-05', same_office: true }] },
        {
          path: 'previous_category',
          state: 'known',
          value: 'yobo_shien_itaku',
          evidence: [{ source: 'record', raw: '2024-05' }],
        },
      ],
      findings: [],
    });
  });

  it('goes back over months without use, and not over a month that is not known', () => {
    const unused = month({ month: '2024-05', category: null, used: false });
    const april = month({ month: '2024-04' });
    const march = month({ month: '2024-03' });
    const previous = (...recorded: HistoryMonth[]) =>
      valueIn(readHistory({ facts: factSheet(), recorded, identity }), 'previous_category');
    expect(previous(april, unused)).toBe('yobo_shien_direct');
    expect(previous(march, unused)).toBeUndefined();
    expect(previous(april)).toBeUndefined();
  });

  it('lets the records win over the category the cover states', () => {
    const result = readHistory({ facts: given('yobo_cm_itaku'), recorded: [may], identity });
    expect(valueIn(result, 'previous_category')).toBe('yobo_shien_itaku');
  });

  it('compares the category the cover states with the months the cover lists', () => {
    const listed = coverFacts({ history: [may], previous_category: 'yobo_cm_itaku' });
    const result = readHistory({ facts: listed, recorded: [], identity });
    expect(valueIn(result, 'previous_category')).toBeUndefined();
    expect(result.others).toMatchObject([{ path: 'previous_category', value: 'yobo_shien_itaku' }]);
  });

  it('adds the months only the cover lists, as assumed, and reports one that differs', () => {
    const listed = [month({ month: '2024-04' }), month({ month: '2024-05', category: 'yobo_cm_itaku' })];
    const result = readHistory({ facts: coverFacts({ history: listed }), recorded: [may], identity });
    expect(result.facts[0]).toMatchObject({
      state: 'assumed',
      value: [{ month: '2024-04' }, { month: '2024-05', category: 'yobo_shien_itaku' }],
    });
    expect(result.findings).toMatchObject([{ code: 'F_FACT_CONFLICT' }]);
    expect(result.findings[0]?.message).toContain('介護予防ケアマネジメント（委託）');
  });

  it('tells the months of another office from those of the sender', () => {
    const other = month({ month: '2024-05', office_number: '0870100020' });
    const result = readHistory({ facts: factSheet(), recorded: [other], identity });
    expect(valueIn(result, 'history')).toMatchObject([{ same_office: false }]);
  });
});
