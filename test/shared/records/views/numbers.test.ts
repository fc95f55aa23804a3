import { describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../../../shared/records/store/case-record.ts';
import { summarise } from '../../../../shared/records/views/area-summary.ts';
import { casesBehind, monthCases, NUMBER_NAMES, sumsOf } from '../../../../shared/records/views/numbers.ts';
import { ALL, type NumberName } from '../../../../shared/vocabulary/number-names.ts';
import { aCase } from '../../../builders/a-case.ts';

const TODAY = '2024-08-01';
const error = { code: 'F_SUBMIT_LATE', severity: 'error', rule: 'MIT-R12' } as const;
const note = { code: 'F_CSV_HEADER', severity: 'info', rule: null } as const;

/** A month of an area: two packets of one person, a return, an overdue review, advice, a switch, a case that left. */
const CASES: CaseRecord[] = [
  aCase({ person: 'a', packet_id: 'a-plan', claim: null }),
  aCase({ person: 'a', packet_id: 'a-used', received_at: '2024-07-02T00:00:00.000Z' }),
  aCase({ person: 'b', decision: 'return', category: null, reasons: [error, note], claim: null }),
  aCase({ person: 'c', decision: 'review', review_due: '2024-07-15', reasons: [note] }),
  aCase({
    person: 'd',
    category: 'yobo_cm_itaku',
    switched_from: 'yobo_shien_direct',
    review_due: '2024-07-15',
    review_closed: { at: '2024-07-06T00:00:00.000Z', decision: 'advised' },
    waivers: ['W1'],
  }),
  aCase({ person: 'e', superseded: true }),
];
const month = monthCases(CASES, TODAY);
const behind = (name: NumberName, key: string) => casesBehind(name, key, month).map((one) => one.case.person);

describe('every number', () => {
  it.each(NUMBER_NAMES)('is the sum of the list behind it: %s', (name) => {
    for (const [key, sum] of Object.entries(sumsOf(name, month))) {
      const listed = casesBehind(name, key, month);
      expect(listed.reduce((total, { amount }) => total + amount, 0)).toBe(sum);
    }
  });

  it('agrees with the summary that is stored', () => {
    const summary = summarise({ city: 'mito', area: 'area-1', month: '2024-06' }, CASES, TODAY);
    expect(summary).toMatchObject({
      ...{ cases: 5, users: 4, reviews: 1, overdue: 1, corrected: 0 },
      decisions: { accept: 3, review: 1, return: 1 },
      categories: { undecided: 1, yobo_cm_itaku: 1, yobo_shien_direct: 2 },
      switches: { 'yobo_shien_direct>yobo_cm_itaku': 1 },
      units_by_payer: { mito_city: 944 },
    });
    expect(Object.values(summary.categories).reduce((a, b) => a + b)).toBe(summary.users);
    expect(Object.values(summary.routes).reduce((a, b) => a + b)).toBe(summary.users);
    expect(Object.values(summary.offices).reduce((a, b) => a + b)).toBe(summary.cases);
  });
});

it('counts notes nowhere among the findings, and returns by what caused them', () => {
  expect(sumsOf('findings', month)).toEqual({ F_SUBMIT_LATE: 1 });
  expect(sumsOf('returned_rules', month)).toEqual({ 'MIT-R12': 1 });
  expect(behind('returned_offices', '0870100013')).toEqual(['b']);
});

it('opens overdue reviews, and leaves out those a person has ended', () => {
  expect(casesBehind('overdue', ALL, month).map((one) => one.case.person)).toEqual(['c']);
  expect(sumsOf('closed_reviews', month)).toEqual({ advised: 1 });
  expect(sumsOf('review_times', month)).toEqual({ days_7: 1 });
  expect(sumsOf('answer_times', month)).toEqual({ hour: 5 });
});

it('counts the units of a person once, from the case that claims them', () => {
  expect(behind('units', 'yobo_shien_direct')).toEqual(['a']);
  expect(casesBehind('units', 'yobo_shien_direct', month)[0]?.case.packet_id).toBe('a-used');
});

it('counts a case under no key that is a property of every object', () => {
  const odd = monthCases(
    [aCase({ event: '__proto__' }), aCase({ person: 'x', event: 'constructor' })],
    TODAY,
  );
  expect(Object.values(sumsOf('events', odd))).not.toContain(undefined);
  expect(casesBehind('events', 'constructor', odd)).toHaveLength(1);
});
