import { dueDate } from '../../calendar/days.ts';
import { factValue } from '../../facts/fact.ts';
import type { RuleContext, RuleOf } from '../rule-context.ts';

/** 関与: the 包括 looks at this packet even when it is accepted, by `due` where the source sets a time. */
export function involvement(
  context: RuleContext,
): { rule: string; due: string | null; reason: string } | null {
  const rule = context.edition.rules.find(
    (r): r is RuleOf<'involvement'> =>
      r.template === 'involvement' && context.isEvaluated(r) && context.holds(r).truth === true,
  );
  if (!rule) return null;
  const start = rule.start && factValue<string>(context.facts, rule.start);
  return {
    rule: rule.id,
    due: start && rule.period ? dueDate(start, rule.period) : null,
    reason: rule.reason,
  };
}
