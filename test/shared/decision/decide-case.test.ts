import { describe, expect, it } from 'vitest';
import { decideCase } from '../../../shared/decision/decide-case.ts';
import { codesOf } from '../../builders/decide-given.ts';

describe('a what-if about a whole month', () => {
  const open = {
    service_month: '2024-06',
    event: 'new',
    certification: 'none',
    provider_route: 'direct' as const,
  };

  it('sends a month of unknown category to a person', () => {
    const answer = decideCase({ id: 'a', city: '岡山市', given: open });
    expect([answer.category, answer.decision, codesOf(answer)]).toEqual([
      null,
      'review',
      ['F_FACT_UNDECIDED/review'],
    ]);
  });

  it('says nothing of the category where only some rules are asked', () => {
    const answer = decideCase({ id: 'a', city: '岡山市', rules: ['OKY-R07'], given: open });
    expect([answer.decision, codesOf(answer)]).toEqual(['accept', []]);
  });

  it('has no month to decide where none is given', () => {
    const given = { event: 'retention', dates: { completed: '2024-03-31' } };
    expect(decideCase({ id: 'a', city: '岡山市', given }).decision).toBe('accept');
  });
});
