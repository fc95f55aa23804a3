import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../../../shared/documents/document.ts';
import { readPlan } from '../../../../shared/facts/collect/read-plan.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';
import { anIdentity } from '../../../builders/some-facts.ts';

type Fields = [FieldName, string | boolean][];
const plan = (...fields: Fields) => aDocument({ kind: 'shien_keikakusho', title: 'UPYOBO' }, fields);
const read = (documents: Parameters<typeof readingsOf>, month: string | null = '2024-05') =>
  Object.fromEntries(
    readPlan({
      documents,
      readings: readingsOf(...documents),
      identity: anIdentity({}, month),
    }).facts.map((fact) => [fact.path, fact.value]),
  );

describe('readPlan', () => {
  it('knows nothing of a plan that is missing', () => {
    expect(read([])).toEqual({});
    expect(read([aDocument({ kind: 'shien_keikakusho', title: 'UPYOBO_SUB' })])).toEqual({});
  });

  it('knows a plan that exists and is not signed', () => {
    expect(read([plan()])).toEqual({ 'flags.plan_exists': true, 'flags.plan_signed': false });
  });

  it.each<[string, Fields, boolean]>([
    ['a signature', [['signed', true]], true],
    [
      'a consent with date and name',
      [
        ['consent_date', '2024-04-03'],
        ['consent_name', '見本 花子'],
      ],
      true,
    ],
    ['a date alone', [['consent_date', '2024-04-03']], false],
    ['an empty field for the signature', [['signed', false]], false],
  ])('judges the signature by %s', (_, fields, isSigned) => {
    expect(read([plan(...fields)])['flags.plan_signed']).toBe(isSigned);
  });

  it('counts a plan that was made again as made then', () => {
    const facts = read([plan(['plan_created', '2024-03-22']), plan(['plan_created', '2024-04-30'])]);
    expect(facts['dates.plan_created']).toBe('2024-04-30');
  });

  it.each([
    ['2024-04-30', '2024-03-22', true],
    ['2024-03-31', '2024-03-22', false],
    ['2024-06-01', '2024-03-22', false],
    ['2024-04-30', '2024-04-30', false],
  ])('a plan of %s, first made on %s, is new in 2024-05: %s', (created, first, isNew) => {
    const facts = read([plan(['plan_created', created], ['plan_first_created', first])]);
    expect(facts['flags.plan_is_new_version']).toBe(isNew);
  });

  it('does not judge it while the month is open', () => {
    expect(read([plan(['plan_created', '2024-04-30'])], null)).not.toHaveProperty([
      'flags.plan_is_new_version',
    ]);
  });

  it('prefers the kind on the plan to that on another form', () => {
    const other = aDocument({ kind: 'riyosha_kihon_joho' }, [['plan_kind', '2']]);
    expect(read([other, plan(['plan_kind', '1'])]).plan_kind).toBe('1');
    expect(read([other]).plan_kind).toBe('2');
  });
});
