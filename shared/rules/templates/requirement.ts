import * as z from 'zod';
import { pathsOf, readByConditions } from '../condition-facts.ts';
import { conditionSchema, evaluate } from '../conditions.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import { findingOf, nameOfFact, valuesOf } from '../rule-context.ts';
import { cannotTell, satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('requirement', {
  require: conditionSchema.describe('当てはまるときに満たすべき条件'),
  violation: violationSchema,
  forbids: z.boolean().default(false).describe('満たされなければ、その月の実施は認められない'),
  withholds: z.boolean().default(false).describe('この指摘が片づくまで、その月の請求を示さない'),
});

/** Where its conditions hold, something else must hold as well. */
export const requirement: RuleTemplate<typeof entry> = {
  name: 'requirement',
  entry,
  reads: (rule) => [...pathsOf(rule.require).read, ...pathsOf(rule.require).compared],
  fills: (rule) => [...readByConditions(rule), ...pathsOf(rule.require).read].map(nameOfFact),
  raises: (rule) => [rule.violation],
  judge(rule, context, conditionsUsed) {
    const required = evaluate(rule.require, context.facts);
    const used = [...conditionsUsed, ...required.used];
    if (required.truth === null) return cannotTell(required.needs, used);
    if (required.truth) return satisfied(used);
    const finding = findingOf(rule, rule.violation, context, required.used, valuesOf(used, context));
    return violated(used, [finding], { forbids: rule.forbids, withholds: rule.withholds });
  },
};
