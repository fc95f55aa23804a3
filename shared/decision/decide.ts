import { putDerived } from '../facts/derive/put-derived.ts';
import { type FactSheet, factValue } from '../facts/fact.ts';
import { deriveFacts } from '../rules/derive/derive-facts.ts';
import { isClaimRule, type Judged, judgeRules } from '../rules/judge-rules.ts';
import { editionOn } from '../rules/profile.ts';
import type { RuleOf } from '../rules/rule.ts';
import type { RuleContext } from '../rules/rule-context.ts';
import { KeptAnswers } from '../rules/truth.ts';
import type { Category } from '../vocabulary/category.ts';
import type { Billing } from './fold/claim.ts';
import { foldDecision } from './fold/decision.ts';
import { judgeClaim } from './kept-claims.ts';
import type { Decision } from './verdict.ts';

export interface DecideOptions {
  /** evaluate only these rules (a what-if, a worked case); without it, every rule of the city and the nation */
  rules?: string[];
  /** folder of profiles, for a what-if under edited rules */
  profiles?: string;
}

/**
 * Decides one packet's facts under the rules of a city in force in its service month: derive what follows from the
 * facts, judge every rule, fold what the rules contribute.
 * Pure: the same facts and profiles always give the same decision. A rule whose facts are missing is "cannot tell" in
 * the explanation; it is never a finding and never taken as met.
 */
export function decide(given: FactSheet, city: string, options: DecideOptions = {}): Decision {
  const month = factValue<string>(given, 'service_month');
  const edition = editionOn(city, month, options.profiles);
  const { facts, documents, categoryUsed } = deriveFacts(given, edition, options.profiles);
  const context: RuleContext = {
    facts,
    documents,
    edition,
    month,
    category: factValue<Category>(facts, 'category') ?? null,
    isWhatIf: options.rules !== undefined,
    isEvaluated: evaluates(options.rules),
    answers: new KeptAnswers(facts),
    computed: new Map(),
  };
  const { judged, billing, context: judgedOn } = judgeAll(context);
  return foldDecision(judged, { context: judgedOn, edition, categoryUsed, billing });
}

interface JudgedRules {
  judged: Judged[];
  billing: Billing;
  context: RuleContext;
}

/** What may be claimed is a fact for the other rules. A month that one of them forbids is not claimed at all. */
function judgeAll(context: RuleContext): JudgedRules {
  const { facts, edition } = context;
  const split = splitRules(edition.rules);
  const { claimRules, otherRules } = split;
  const { judged: claim, billing } = judgeClaim(claimRules, context);
  if (billing.claim_units !== null) {
    putDerived(facts, 'expected_units', billing.claim_units, { from: 'category' });
    context.answers.forget('expected_units');
  }
  const others = judgeRules(otherRules, context);
  if (!others.some(forbidsMonth)) return { judged: inOrder(split, claim, others), billing, context };
  const unclaimed: RuleContext = { ...context, category: 'not_permitted', computed: new Map() };
  const denied = judgeClaim(claimRules, unclaimed);
  return {
    judged: inOrder(split, denied.judged, others),
    billing: denied.billing,
    context: unclaimed,
  };
}

const forbidsMonth = ({ hasEffect, isEvaluated, result }: Judged): boolean =>
  hasEffect && isEvaluated && result.contributes.forbids === true;

/** Both lists are in the order of the edition; merged, they follow it again. */
function inOrder({ isClaim }: SplitRules, claim: Judged[], others: Judged[]): Judged[] {
  let [nextClaim, nextOther] = [0, 0];
  return isClaim.map((isOfClaim) => (isOfClaim ? claim[nextClaim++]! : others[nextOther++]!));
}

interface SplitRules {
  isClaim: boolean[];
  claimRules: RuleOf[];
  otherRules: RuleOf[];
}
const splits = new WeakMap<RuleOf[], SplitRules>();

/** Once per edition. */
function splitRules(rules: RuleOf[]): SplitRules {
  const known = splits.get(rules) ?? {
    isClaim: rules.map(isClaimRule),
    claimRules: rules.filter(isClaimRule),
    otherRules: rules.filter((rule) => !isClaimRule(rule)),
  };
  splits.set(rules, known);
  return known;
}

function evaluates(named: string[] | undefined): RuleContext['isEvaluated'] {
  if (!named) return () => true;
  const ids = new Set(named);
  return (rule) => [rule.id, ...rule.also_judges].some((id) => ids.has(id));
}
