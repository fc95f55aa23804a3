import * as z from 'zod';
import { dueDate } from '../../calendar/days.ts';
import { factValue } from '../../facts/fact.ts';
import { documentKey, entryOf, periodSchema } from '../entry-base.ts';
import { satisfied } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('involvement', {
  reason: z.string().describe('包括が見る理由'),
  start: z.string().optional().describe('期限の起算日となる事実'),
  period: periodSchema.optional(),
  unit: z.string().default('日'),
  after_advice: z
    .strictObject({ document: documentKey, what: z.string().min(1) })
    .optional()
    .describe('助言した後に届くはずの書類。書けば、届いて確認するまで審査は終わらない'),
});

/** 関与: the 包括 looks at this packet even when it is accepted, by `due` where the source sets a time. */
export const involvement: RuleTemplate<typeof entry> = {
  name: 'involvement',
  entry,
  reads: (rule) => (rule.start ? [rule.start] : []),
  fills: () => [],
  raises: () => [],
  judge(rule, { facts }, used) {
    const start = rule.start && factValue<string>(facts, rule.start);
    const due = start && rule.period ? dueDate(start, rule.period) : null;
    const { id, reason, after_advice } = rule;
    return satisfied(used, { involvement: { rule: id, due, reason, ...(after_advice && { after_advice }) } });
  },
};
