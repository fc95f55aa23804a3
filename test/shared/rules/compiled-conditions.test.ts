import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, FactSheet } from '../../../shared/facts/fact.ts';
import { factsFromGiven } from '../../../shared/facts/given.ts';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { evaluate } from '../../../shared/rules/conditions.ts';
import { conditionsOf } from '../../../shared/rules/facts-read.ts';
import { loadProfile } from '../../../shared/rules/profile.ts';
import { applies } from '../../../shared/rules/rule-context.ts';
import { readWorkedCases } from '../../cases/worked-case.ts';
import { plainTruth } from './plain-conditions.ts';

const conditions = [...cityKeys(), 'national'].flatMap((key) => loadProfile(key).rules).flatMap(conditionsOf);
const sheets = readWorkedCases().flatMap(({ cases }) => cases.map(({ given }) => factsFromGiven(given)));

/** Every value the worked cases have for a fact, with facts that are missing or in conflict. */
const valuesOf = Map.groupBy(
  sheets.flatMap((sheet) => [...sheet.values()]),
  ({ path }) => path,
);
const someFact = fc.constantFrom(...valuesOf.keys()).chain((path) =>
  fc.record<Fact>({
    path: fc.constant(path),
    state: fc.constantFrom('known', 'assumed', 'missing', 'conflicting'),
    value: fc.constantFrom(...valuesOf.get(path)!.map(({ value }) => value)),
    evidence: fc.constant([]),
  }),
);

/** The facts of a worked case with some of them replaced. */
const someSheet: fc.Arbitrary<FactSheet> = fc
  .tuple(fc.constantFrom(...sheets), fc.array(someFact, { maxLength: 12 }))
  .map(([sheet, replaced]) => new Map([...sheet, ...replaced.map((fact) => [fact.path, fact] as const)]));

describe('compiled conditions', () => {
  it('give what the parts give one by one, for every condition of every profile', () => {
    expect(conditions.length).toBeGreaterThan(400);
    fc.assert(
      fc.property(someSheet, (facts) => {
        for (const condition of conditions)
          expect(evaluate(condition, facts)).toEqual(plainTruth(condition, facts));
      }),
      { numRuns: 40 },
    );
  });

  it('give one object for one answer, and no one can change it', () => {
    const condition = { certification: '要支援1', transmission: 'email' };
    const facts = factsFromGiven({ certification: '要支援1' });
    const truth = evaluate(condition, facts);
    expect(evaluate(condition, factsFromGiven({ certification: '要支援1' }))).toBe(truth);
    expect(Object.isFrozen(truth)).toBe(true);
    // @ts-expect-error: its lists are read-only
    truth.used.push;
  });

  it('name of a rule that does not apply the facts of the first part that fails, of one that applies all', () => {
    const rule = { when: { transmission: 'email', certification: '要支援1', event: 'new' } };
    const facts = factsFromGiven({ transmission: 'email', certification: '要支援2', event: 'continuing' });
    expect(applies(rule, facts)).toEqual({ truth: false, used: ['certification'], needs: [] });
    const held = factsFromGiven({ transmission: 'email', certification: '要支援1', event: 'new' });
    expect(applies(rule, held).used).toEqual(['transmission', 'certification', 'event']);
  });
});
