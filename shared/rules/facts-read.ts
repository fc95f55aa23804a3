import { applyingConditions, pathsOf } from './condition-facts.ts';
import type { Condition } from './conditions.ts';
import type { RuleEntry } from './entry.ts';
import type { RuleOf } from './rule.ts';
import { templateOf } from './templates/registry.ts';

/** Every fact a rule may read: those of its conditions and those its template reads. */
export function factsReadBy(rule: RuleEntry | RuleOf): string[] {
  const paths = applyingConditions(rule).flatMap((c) => {
    const { read, compared } = pathsOf(c);
    return [...read, ...compared];
  });
  return [...new Set([...paths, ...templateOf(rule).reads(rule)])];
}

/** Every condition of an entry: when it applies, and what it requires. */
export const conditionsOf = (rule: RuleEntry): Condition[] => [
  ...applyingConditions(rule),
  ...('require' in rule ? [rule.require] : []),
  ...('opens' in rule ? [rule.opens, rule.closes] : []),
];
