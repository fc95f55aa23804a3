import { z } from 'zod';
import { readByConditions } from '../condition-facts.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import { findingOf, nameOfFact, valuesOf } from '../rule-context.ts';
import { violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('alert', {
  violation: violationSchema,
  forbids: z.boolean().default(false).describe('この指摘があれば、その月の実施は認められない'),
  withholds: z.boolean().default(false).describe('この指摘が片づくまで、その月の請求を示さない'),
});

/** Where its conditions hold, the office gets a finding: a route that is not allowed, a hand-over that is due. */
export const alert: RuleTemplate<typeof entry> = {
  name: 'alert',
  entry,
  reads: () => [],
  fills: (rule) => readByConditions(rule).map(nameOfFact),
  raises: (rule) => [rule.violation],
  judge: (rule, context, used) =>
    violated(used, [findingOf(rule, rule.violation, context, used, valuesOf(used, context))], {
      forbids: rule.forbids,
      withholds: rule.withholds,
    }),
};
