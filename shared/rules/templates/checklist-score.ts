import * as z from 'zod';
import { factValue } from '../../facts/fact.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import { findingOf } from '../rule-context.ts';
import { cannotTell, satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('checklist_score', {
  criteria: z
    .array(
      z.strictObject({
        name: z.string(),
        questions: z.array(z.number().int()),
        at_least: z.number().int(),
        confirmed: z.boolean(),
      }),
    )
    .describe('どれか一つに当たればよい基準'),
  violation: violationSchema,
});

/**
 * 基本チェックリスト: one criterion that is met is enough (告示第197号 様式第２).
 * Reads `checklist_answers`: question number → 1 where the answer counts, 0 where it does not.
 */
export const checklistScore: RuleTemplate<typeof entry> = {
  name: 'checklist_score',
  entry,
  reads: () => ['checklist_answers'],
  fills: () => [],
  raises: (rule) => [rule.violation],
  judge(rule, context, conditionsUsed) {
    const answers = factValue<Record<string, number>>(context.facts, 'checklist_answers');
    if (!answers) return cannotTell(['checklist_answers'], conditionsUsed);
    const used = [...conditionsUsed, 'checklist_answers'];
    const counting = (questions: number[]): number => questions.filter((q) => answers[q] === 1).length;
    if (rule.criteria.some((c) => counting(c.questions) >= c.at_least)) return satisfied(used);
    // An unanswered question could still meet a criterion.
    const questions = [...new Set(rule.criteria.flatMap((c) => c.questions))];
    const open = questions.filter((q) => answers[q] === undefined).map((q) => `checklist_answers.${q}`);
    if (open.length > 0) return cannotTell(open, used);
    return violated(used, [findingOf(rule, rule.violation, context, ['checklist_answers'])]);
  },
};
