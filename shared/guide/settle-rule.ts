import type { FactSheet } from '../facts/fact.ts';
import { type Condition, evaluate, type Test, testsOf } from '../rules/conditions.ts';
import type { Edition, Rule } from '../rules/profile.ts';
import { cityConfig } from '../rules/rule.ts';

/**
 * A rule as it reads now that the city has settled, or left open, what its source does not say: its conditions without
 * the city's configuration. Null when the configuration keeps it from applying.
 */
export function settleRule(rule: Rule, edition: Edition): Rule | null {
  const facts = configurationOf(edition);
  const when = settle(rule.when, facts);
  if (when === null) return null;
  const unless = settle(rule.unless, facts);
  // An exception that names nothing but what the city has settled always holds.
  if (rule.unless && unless && testsOf(unless).length === 0) return null;
  return { ...rule, when, unless: unless ?? undefined };
}

/** Null: a part of it does not hold, or is still open. */
function settle(condition: Condition | undefined, facts: FactSheet): Condition | null | undefined {
  if (!condition) return undefined;
  const rest: Condition = { ...(condition.words && { words: condition.words }) };
  for (const [path, test] of testsOf(condition)) {
    if (path === 'any') {
      const open = (test as Condition[]).map((c) => settle(c, facts)).filter((c) => c !== null);
      if (open.length === 0) return null;
      if (open.every((c) => c && testsOf(c).length > 0)) rest.any = open as Condition[];
    } else if (path.startsWith('config.')) {
      if (evaluate({ [path]: test as Test }, facts).truth !== true) return null;
    } else rest[path] = test;
  }
  return rest;
}

const configurationOf = (edition: Edition): FactSheet =>
  new Map(
    Object.keys(edition.configuration)
      .map((key) => [`config.${key}`, cityConfig(edition, key)] as const)
      .filter(([, value]) => value !== undefined)
      .map(([path, value]) => [path, { path, state: 'known', value, evidence: [] }]),
  );
