import { describe, expect, it } from 'vitest';
import type { Given } from '../../../../shared/cover-sheet/given-facts.ts';
import { factsFromGiven } from '../../../../shared/facts/given.ts';
import { deriveFacts } from '../../../../shared/rules/derive/derive-facts.ts';
import { editionOn } from '../../../../shared/rules/profile.ts';

const derived = (given: Given, path: string) =>
  deriveFacts(factsFromGiven({ service_month: '2024-06', ...given }), editionOn('mito', '2024-06')).facts.get(
    path,
  );
const may = (over: object) => [{ month: '2024-05', category: null, ...over }] as Given['history'];

describe('the month before and the history', () => {
  it('tell each other, where only one of them is given', () => {
    const history = may({ category: 'yobo_cm_itaku', same_office: true });
    expect(derived({ history }, 'previous_category')?.value).toBe('yobo_cm_itaku');
    expect(derived({ previous_category: 'yobo_cm_itaku' }, 'history')).toMatchObject({
      state: 'assumed',
      value: [{ month: '2024-05', category: 'yobo_cm_itaku', same_office: true }],
    });
  });

  it('leave open whose month it was before a new plan', () => {
    const given = { previous_category: 'yobo_shien_direct', event: 'new' };
    expect(derived(given, 'history')?.value).toMatchObject([{ same_office: null }]);
  });
});

describe('a 届出', () => {
  const notification = { date: '2024-05-28' };

  it('is of an earlier month where that month brought it', () => {
    const earlier = (date: string) =>
      derived({ notification, history: may({ notification: { date } }) }, 'notification_is_earlier');
    expect(earlier('2024-05-28')?.value).toBe(true);
    expect(earlier('2024-04-30')?.value).toBe(false);
  });

  it('may be of this month where no earlier one is known', () => {
    expect(derived({ notification }, 'notification_is_earlier')).toBeUndefined();
  });
});

describe('the result of an application', () => {
  it.each([
    ['applied', { certification_state: 'applied', certification: '要支援1' }],
    ['applied', { event: 'kubun_henko_applied', certification: '要支援1' }],
    ['as_expected', { certification: '要支援2', flags: { assumes: '要支援' } }],
    ['shien', { certification: '要支援1', flags: { assumes: '要介護' } }],
    ['kaigo', { certification: '要介護1', flags: { assumes: '要支援' } }],
    ['none', { certification: 'none', event: 'kubun_henko_result' }],
    [undefined, { certification: 'none' }],
    [undefined, { certification: '要支援1' }],
    [undefined, { event: 'kubun_henko_applied', certification_state: 'settled', certification: '要支援1' }],
  ])('is %s for %j', (result, given) => {
    expect(derived(given as Given, 'certification_result')?.value).toBe(result);
  });
});
