import { describe, expect, it } from 'vitest';
import { decideCase } from '../../shared/decision/decide-case.ts';
import { compareCase } from './compare-case.ts';
import { type Expectation, expectationSchema, readWorkedCases } from './worked-case.ts';

const all = readWorkedCases().flatMap(({ city, cases }) => cases.map((worked) => ({ ...worked, city })));
const keys = expectationSchema.keyof().options;

/** Another value of the same kind. */
function changed(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : ['something'];
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (value === 'city') return 'national';
  return value === null ? 'something' : null;
}

describe('compareCase', () => {
  it.each(keys)('fails where %s differs', (key) => {
    // Only mito itself prints that it pays; the national rules leave that payer open.
    const worked = all.find(
      (c) => c.expect[key] !== undefined && (key !== 'payer_basis' || c.expect.payer === 'mito_city'),
    );
    const { city, expect: expected } = worked ?? expect.fail(`no worked case states ${key}`);
    const decision = decideCase({ ...worked!, city });
    expect(compareCase(decision, expected, city)).toEqual([]);

    const wrong = { ...expected, [key]: changed(expected[key]) } as Expectation;
    const differences = compareCase(decision, wrong, city);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(`${key}: got `);
  });

  const { city, ...worked } = all.find((c) => c.expect.missing_documents?.length) ?? expect.fail('no case');
  const decision = decideCase({ ...worked, city });

  it('fails where an empty list is expected and the decision has entries', () => {
    const differences = compareCase(decision, { ...worked.expect, missing_documents: [] }, city);
    expect(differences).toEqual([expect.stringMatching(/^missing_documents: got \[".*want \[\]$/)]);
  });

  it('fails where null is expected and the decision has a value', () => {
    const differences = compareCase(
      { ...decision, category: 'kyotaku' },
      { ...worked.expect, category: null },
      city,
    );
    expect(differences).toContain('category: got "kyotaku", want null');
  });

  it('does not compare what is absent', () => {
    const { decision: outcome, findings } = worked.expect;
    expect(compareCase({ ...decision, yen: 1 }, { decision: outcome, findings }, city)).toEqual([]);
  });
});

describe('an expectation', () => {
  const least: Expectation = { decision: 'accept', findings: [] };

  it('needs the decision and the findings', () => {
    expect(expectationSchema.safeParse(least).success).toBe(true);
    expect(expectationSchema.safeParse({ decision: 'accept' }).success).toBe(false);
    expect(expectationSchema.safeParse({ findings: [] }).success).toBe(false);
  });

  it.each([
    { ...least, payer_bases: 'city' },
    { ...least, findings: [{ code: 'F_ROUTE', severity: 'error', message: 'x' }] },
    { ...least, deadlines: [{ what: 'x', due: '2024-06-01', basis: 'x' }] },
  ])('refuses a key that is not compared: %o', (expectation) => {
    expect(expectationSchema.safeParse(expectation).success).toBe(false);
  });
});
