import type { Decision } from '../../shared/decision/verdict.ts';
import { loadProfile } from '../../shared/rules/profile.ts';
import type { Expectation } from './worked-case.ts';

/**
 * Differences between a decision and the expectation of a worked case; an empty list means that they agree.
 * Every key of the expectation is compared. Lists are sets: their order does not count.
 */
export function compareCase(actual: Decision, expected: Expectation, city: string): string[] {
  const { payer_basis, ...fields } = expected;
  const keys = Object.keys(fields) as (keyof typeof fields)[];
  const differences = keys.flatMap((key) =>
    difference(key, comparable(key, actual[key]), comparable(key, fields[key])),
  );
  if (!payer_basis) return differences;
  const profile = payer_basis === 'city' ? city : payer_basis;
  return [...differences, ...difference('payer_basis', printsPayer(profile, actual), true)];
}

function difference(key: string, actual: unknown, expected: unknown): string[] {
  const [got, want] = [JSON.stringify(actual), JSON.stringify(expected)];
  return got === want ? [] : [`${key}: got ${got}, want ${want}`];
}

/** The part of a value that a case states, sorted. */
function comparable(key: keyof Expectation, value: unknown): unknown {
  if (key === 'findings')
    return (value as Expectation['findings']).map((f) => `${f.code}/${f.severity}`).sort();
  if (key === 'watches_opened')
    return (value as NonNullable<Expectation['watches_opened']>).map((w) => `${w.what} ${w.due}`).sort();
  if (key === 'deadlines')
    return (value as NonNullable<Expectation['deadlines']>).map((d) => `${d.what} ${d.due}`).sort();
  return Array.isArray(value) ? [...value].sort() : sortKeys(value);
}

/** True when a payer rule of this profile names the payer of the decision for its category. */
const printsPayer = (profile: string, { category, payer }: Decision): boolean =>
  loadProfile(profile).rules.some(
    (rule) => rule.template === 'payer' && rule.payer === payer && rule.category.some((c) => c === category),
  );

function sortKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
