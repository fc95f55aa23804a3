import { factValue } from '../../facts/fact.ts';
import { evaluate } from '../conditions.ts';
import {
  cannotTell,
  findingOf,
  type RuleContext,
  type RuleOf,
  type RuleResult,
  satisfied,
} from '../rule-context.ts';

/** alert: where its conditions hold, say so (a route that is not allowed, a hand-over that is due). */
export function alert(rule: RuleOf<'alert'>, context: RuleContext, used: string[]): RuleResult {
  return {
    status: 'violated',
    findings: [findingOf(rule, rule.violation, context, used, valuesOf(used, context))],
    used,
    needs: [],
  };
}

/** requirement: where its conditions hold, something else must hold as well. */
export function requirement(rule: RuleOf<'requirement'>, context: RuleContext, used: string[]): RuleResult {
  const required = evaluate(rule.require, context.facts);
  const all = [...used, ...required.used];
  if (required.truth === null) return cannotTell(required.needs, all);
  if (required.truth) return satisfied(all);
  return {
    status: 'violated',
    findings: [findingOf(rule, rule.violation, context, required.used, valuesOf(all, context))],
    used: all,
    needs: [],
  };
}

/** Values of facts for the sentences: `{cert_valid_to}`, `{plan_fixed}`. */
function valuesOf(paths: string[], context: RuleContext): Record<string, string> {
  return Object.fromEntries(
    paths.map((path) => [path.split('.').at(-1) ?? path, String(factValue(context.facts, path) ?? '')]),
  );
}
