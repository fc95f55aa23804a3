import * as z from 'zod';
import { readByConditions } from '../condition-facts.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import { findingOf, nameOfFact, valuesOf } from '../rule-context.ts';
import { violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('alert', {
  violation: violationSchema,
  mentions: z.array(z.string()).default([]).describe('条件のほかに、文に書く事実（分からなければ「不明」）'),
  forbids: z.boolean().default(false).describe('この指摘があれば、その月の実施は認められない'),
  withholds: z.boolean().default(false).describe('この指摘が片づくまで、その月の請求を示さない'),
});

/** Where its conditions hold, the office gets a finding: a route that is not allowed, a hand-over that is due. */
export const alert: RuleTemplate<typeof entry> = {
  name: 'alert',
  entry,
  reads: (rule) => rule.mentions,
  fills: (rule) => [...readByConditions(rule), ...rule.mentions].map(nameOfFact),
  raises: (rule) => [rule.violation],
  judge(rule, context, used) {
    const about = [...used, ...rule.mentions.filter((path) => context.facts.has(path))];
    const open = rule.mentions.filter((path) => !context.facts.has(path));
    const values = {
      ...Object.fromEntries(open.map((path) => [nameOfFact(path), '不明'])),
      ...valuesOf(about, context),
    };
    return violated(about, [findingOf(rule, rule.violation, context, about, values)], {
      forbids: rule.forbids,
      withholds: rule.withholds,
    });
  },
};
