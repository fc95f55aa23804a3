import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../shared/facts/collect/read-event.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';
import { aFact, factSheet } from '../../../builders/some-facts.ts';

const division = (code: string) => readingsOf(aDocument({}, [['plan_division', code]]));
const read = (facts = factSheet(), readings = readingsOf()) =>
  new Map(readEvent({ facts, readings }).facts.map((fact) => [fact.path, fact]));

describe('readEvent', () => {
  it('assumes that a plan goes on where nothing is written', () => {
    expect([...read()]).toMatchObject([['event', { state: 'assumed', value: 'continuing' }]]);
  });

  it.each([
    ['11', 'new'],
    ['54', 'new'],
    ['21', 'continuing'],
    ['53', 'continuing'],
  ])('reads 計画書区分 %s as %s', (code, event) => {
    expect(read(factSheet(), division(code)).get('event')).toMatchObject({ state: 'known', value: event });
  });

  it('assumes a new plan from a 届出 of 新規', () => {
    const facts = read(factSheet(aFact('notification.kind', '新規')));
    expect(facts.get('event')).toMatchObject({ state: 'assumed', value: 'new' });
    expect(facts.get('new_user')).toMatchObject({ state: 'assumed', value: true });
  });

  it('prefers the plan to the 届出', () => {
    expect(read(factSheet(aFact('notification.kind', '新規')), division('21')).get('event')?.value).toBe(
      'continuing',
    );
  });

  it('assumes a new user from an event that is known', () => {
    expect(read(factSheet(aFact('event', 'new'))).get('new_user')?.value).toBe(true);
    expect(read(factSheet(aFact('event', 'renewal'))).has('new_user')).toBe(false);
  });

  it('assumes that papers were handed in when they were received', () => {
    const facts = read(factSheet(aFact('dates.received', '2024-06-10')));
    expect(facts.get('dates.submitted')).toMatchObject({ state: 'assumed', value: '2024-06-10' });
    expect(read().has('dates.submitted')).toBe(false);
  });
});
