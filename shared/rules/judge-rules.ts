import type { RuleOf } from './rule.ts';
import { fill, isExempt, type RuleContext } from './rule-context.ts';
import { type Contribution, cannotTell, notApplicable, type RuleResult } from './rule-result.ts';
import { templateOf } from './templates/registry.ts';

/** A rule of the edition and what it came to. */
export interface Judged {
  rule: RuleOf;
  result: RuleResult;
  /** its findings count; a what-if evaluates only the rules it names, the others still contribute */
  isEvaluated: boolean;
}

/** Judges rules one by one, in the order given. */
export const judgeRules = (rules: RuleOf[], context: RuleContext): Judged[] =>
  rules.map((rule) => {
    const isEvaluated = context.isEvaluated(rule);
    const result = judgeRule(rule, context);
    return { rule, result: isEvaluated ? result : { ...result, findings: [] }, isEvaluated };
  });

export const isClaimRule = (rule: RuleOf): boolean => templateOf(rule).isClaim === true;

function judgeRule(rule: RuleOf, context: RuleContext): RuleResult {
  const held = context.holds(rule);
  if (held.truth === false) return notApplicable(held.used);
  const exempt = isExempt(rule, context);
  if (held.truth === null) {
    const status = templateOf(rule).whenUnknown ?? 'cannot_tell';
    return withChecklist(rule, context, { ...cannotTell(held.needs, held.used), status }, exempt);
  }
  if (exempt) return { ...notApplicable(held.used), status: 'exempt' };
  return withChecklist(
    rule,
    context,
    withLists(rule, context, templateOf(rule).judge(rule, context, held.used)),
  );
}

/** Documents the entry lists: required, and never a finding. */
function withLists(rule: RuleOf, { documents }: RuleContext, result: RuleResult): RuleResult {
  if (rule.lists_documents.length === 0) return result;
  const { required = [], optional = [], missing = [] } = result.contributes.documents ?? {};
  const listed: Contribution['documents'] = {
    required: [...rule.lists_documents, ...required],
    optional,
    missing: [...rule.lists_documents.filter((key) => !documents.has(key)), ...missing],
  };
  return { ...result, contributes: { ...result.contributes, documents: listed } };
}

/** The question the entry asks a person, with what the city has settled filled in. */
function withChecklist(
  rule: RuleOf,
  { edition }: RuleContext,
  result: RuleResult,
  isSilent = false,
): RuleResult {
  if (!rule.checklist || isSilent) return result;
  const words = Object.fromEntries(
    Object.entries(edition.configuration).map(([key, { value }]) => [key, [value ?? ''].flat().join('、')]),
  );
  const line = { rule: rule.id, question: fill(rule.checklist, words), citation: rule.citation };
  return { ...result, contributes: { ...result.contributes, checklist: line } };
}
