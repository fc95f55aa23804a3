import { factValue } from '../../facts/fact.ts';
import {
  cannotTell,
  findingOf,
  type RuleContext,
  type RuleOf,
  type RuleResult,
  satisfied,
} from '../rule-context.ts';

/**
 * 基本チェックリスト scored by 様式第２: any one criterion makes the person a 事業対象者 (告示第197号).
 * Reads `checklist_answers`: question number → 1 when the answer counts, 0 when it does not.
 */
export function checklistScore(
  rule: RuleOf<'checklist_score'>,
  context: RuleContext,
  used: string[],
): RuleResult {
  const answers = factValue<Record<string, number>>(context.facts, 'checklist_answers');
  const all = [...used, 'checklist_answers'];
  if (!answers) return cannotTell(['checklist_answers'], used);
  const asked = new Set(rule.criteria.flatMap((c) => c.questions));
  const met = rule.criteria.filter((c) => c.questions.filter((q) => answers[q] === 1).length >= c.at_least);
  if (met.length > 0) return satisfied(all);
  // An unanswered question could still meet a criterion: without all answers nobody can say "not eligible".
  const open = [...asked].filter((q) => answers[q] === undefined);
  if (open.length > 0)
    return cannotTell(
      open.map((q) => `checklist_answers.${q}`),
      all,
    );
  return {
    status: 'violated',
    findings: [findingOf(rule, rule.violation, context, ['checklist_answers'])],
    used: all,
    needs: [],
  };
}
