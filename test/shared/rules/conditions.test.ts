import { describe, expect, it } from 'vitest';
import type { Given } from '../../../shared/cover-sheet/given-facts.ts';
import { factsFromGiven } from '../../../shared/facts/given.ts';
import { type Condition, evaluate } from '../../../shared/rules/conditions.ts';

const truth = (condition: Condition, given: Given) => evaluate(condition, factsFromGiven(given)).truth;

describe('evaluate', () => {
  it('holds without a condition', () => {
    expect(truth({}, {})).toBe(true);
  });

  it('compares one value, and any of several', () => {
    expect(truth({ certification: '要支援1' }, { certification: '要支援1' })).toBe(true);
    expect(truth({ certification: ['要支援1', '要支援2'] }, { certification: '要支援2' })).toBe(true);
    expect(truth({ certification: ['要支援1'] }, { certification: '要介護1' })).toBe(false);
  });

  it('cannot tell when a fact is missing, and names it', () => {
    const result = evaluate({ certification: '要支援1', transmission: 'email' }, factsFromGiven({}));
    expect(result).toMatchObject({ truth: null, needs: ['certification', 'transmission'] });
  });

  it('is false as soon as one part is false, whatever is missing', () => {
    const facts = factsFromGiven({ certification: '要介護1' });
    const result = evaluate({ transmission: 'email', certification: '要支援1' }, facts);
    expect(result).toMatchObject({ truth: false, needs: [] });
  });

  it('asks only whether a thing is known', () => {
    expect(truth({ transmission: { known: true } }, {})).toBe(false);
    expect(truth({ transmission: { known: false } }, {})).toBe(true);
  });

  it('takes the default of a fact that is only reported when it happened', () => {
    const condition = { 'flags.jushochi_tokurei': { is: true, unknown: false } };
    expect(truth(condition, {})).toBe(false);
    expect(truth(condition, { flags: { jushochi_tokurei: true } })).toBe(true);
  });

  it('is enough with one alternative, and open while another could still hold', () => {
    const condition = { any: [{ event: 'new' }, { transmission: 'email' }] };
    expect(truth(condition, { event: 'new' })).toBe(true);
    expect(truth(condition, { event: 'claim' })).toBe(null);
    expect(truth(condition, { event: 'claim', transmission: 'plain_post' })).toBe(false);
  });

  it('asks earlier months, and is open while one of them is not known', () => {
    const history = [{ month: '2024-05', category: 'yobo_shien_direct', same_office: true }] as const;
    const given = { service_month: '2024-06', history: [...history] } as Given;
    const category = ['yobo_shien_direct'];
    expect(truth({ history: { some_month: { within: 2, category } } }, given)).toBe(true);
    expect(truth({ history: { no_month: { within: 2, category } } }, given)).toBe(false);
    const condition = { history: { no_month: { within: 2, category: ['yobo_cm_itaku'] } } };
    expect(evaluate(condition, factsFromGiven(given))).toMatchObject({ truth: null, needs: ['history'] });
    expect(truth({ history: { no_month: { within: 1, category: ['yobo_cm_itaku'] } } }, given)).toBe(true);
  });

  it('looks into lists', () => {
    const documents = ['shien_keikakusho', 'hyokahyo'];
    expect(truth({ documents: { includes: ['hyokahyo'] } }, { documents })).toBe(true);
    expect(truth({ documents: { includes: ['hyokahyo', 'riyohyo'] } }, { documents })).toBe(false);
    expect(truth({ documents: { includes_any: ['hyokahyo', 'riyohyo'] } }, { documents })).toBe(true);
    expect(truth({ documents: { lacks: ['riyohyo'] } }, { documents })).toBe(true);
    expect(truth({ documents: { lacks: ['hyokahyo'] } }, { documents })).toBe(false);
  });

  it('finds a contract between all parties, with or without other parties', () => {
    const contracts = [['riyosha', 'kyotaku_office', 'hokatsu_center']];
    expect(truth({ contracts: { has_contract: ['riyosha', 'kyotaku_office'] } }, { contracts })).toBe(true);
    expect(truth({ contracts: { has_contract: ['riyosha', 'mito_city'] } }, { contracts })).toBe(false);
  });

  it.each([
    ['2024-05-31', false],
    ['2024-06-01', true],
    ['2024-06-30', true],
  ])('compares %s with the first day of the service month', (cert_valid_to, expected) => {
    const condition = { cert_valid_to: { on_or_after: 'month_start' } };
    expect(truth(condition, { cert_valid_to, service_month: '2024-06' })).toBe(expected);
  });

  it('needs the service month to compare with its ends', () => {
    const facts = factsFromGiven({ cert_valid_to: '2024-06-30' });
    expect(evaluate({ cert_valid_to: { on_or_before: 'month_end' } }, facts)).toMatchObject({
      truth: null,
      needs: ['service_month'],
    });
  });

  it('compares with another fact', () => {
    const condition = { insurer_city: { same_as: 'designation_city' } };
    expect(truth(condition, { insurer_city: '見本市', designation_city: '見本市' })).toBe(true);
    expect(truth(condition, { insurer_city: '見本市', designation_city: '他市' })).toBe(false);
    expect(truth(condition, { insurer_city: '見本市' })).toBe(null);
  });

  it.each([
    ['2024-05-10', '2024-06-09', false],
    ['2024-05-10', '2024-06-10', true],
    ['2024-01-31', '2024-02-28', false],
    ['2024-01-31', '2024-02-29', true],
  ])('counts a month from %s to %s', (checklist, today, passed) => {
    const condition = { 'dates.checklist': { months_before: { fact: 'dates.today', months: 1 } } };
    expect(truth(condition, { dates: { checklist, today } })).toBe(passed);
  });

  it('never takes a conflicting fact for a known one', () => {
    const facts = factsFromGiven({ certification: '要支援1' });
    facts.set('certification', {
      path: 'certification',
      state: 'conflicting',
      value: '要支援1',
      evidence: [],
    });
    expect(evaluate({ certification: '要支援1' }, facts).truth).toBe(null);
  });
});
