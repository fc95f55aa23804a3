import { describe, expect, it } from 'vitest';
import { judgeClaim } from '../../../shared/decision/kept-claims.ts';
import { type FactSheet, factValue } from '../../../shared/facts/fact.ts';
import { factsFromGiven } from '../../../shared/facts/given.ts';
import { deriveFacts } from '../../../shared/rules/derive/derive-facts.ts';
import { factsReadBy } from '../../../shared/rules/facts-read.ts';
import { isClaimRule, judgeRules } from '../../../shared/rules/judge-rules.ts';
import { editionOn } from '../../../shared/rules/profile.ts';
import type { RuleContext } from '../../../shared/rules/rule-context.ts';
import { KeptAnswers } from '../../../shared/rules/truth.ts';
import type { Category } from '../../../shared/vocabulary/category.ts';
import { readWorkedCases } from '../../cases/worked-case.ts';

type Given = Parameters<typeof factsFromGiven>[0];

/** Facts that remember which of them were asked for. */
class WatchedFacts extends Map<string, unknown> {
  readonly asked = new Set<string>();

  override get(path: string): unknown {
    this.asked.add(path);
    return super.get(path);
  }

  override has(path: string): boolean {
    this.asked.add(path);
    return super.has(path);
  }
}

function contextOf(given: Given, city: string, facts?: FactSheet): RuleContext {
  const sheet = factsFromGiven(given);
  const edition = editionOn(city, factValue(sheet, 'service_month'));
  const derived = deriveFacts(sheet, edition);
  const all = facts ?? derived.facts;
  if (facts) for (const [path, fact] of derived.facts) facts.set(path, fact);
  return {
    facts: all,
    documents: derived.documents,
    edition,
    month: factValue(derived.facts, 'service_month'),
    category: factValue<Category>(derived.facts, 'category') ?? null,
    isWhatIf: false,
    isEvaluated: () => true,
    answers: new KeptAnswers(all),
    computed: new Map(),
  };
}

describe('claims that are kept', () => {
  it.each(readWorkedCases())('read only the facts that tell them apart ($name)', ({ city, cases }) => {
    for (const { id, given } of cases) {
      const facts = new WatchedFacts();
      const context = contextOf(given, city, facts as unknown as FactSheet);
      const rules = context.edition.rules.filter(isClaimRule);
      const declared = new Set(['service_month', ...rules.flatMap(factsReadBy)]);
      facts.asked.clear();
      judgeRules(rules, context);
      const undeclared = [...facts.asked].filter((path) => !declared.has(path));
      expect(undeclared, id).toEqual([]);
    }
  });

  const direct = {
    service_month: '2024-10',
    certification: 'yoshien1',
    provider_route: 'direct',
    services_actual: [{ name: '介護予防訪問看護', class: 'yobo_kyufu' }],
  } as Given;
  const rulesOf = ({ edition }: RuleContext) => edition.rules.filter(isClaimRule);

  it('are the same object for packets that differ in nothing the claim reads', () => {
    const context = contextOf(direct, 'kumamoto');
    const rules = rulesOf(context);
    const other = contextOf({ ...direct, dates: { plan_fixed: '2024-10-03' } } as Given, 'kumamoto');
    const first = judgeClaim(rules, context);
    expect(first.billing.claim_units).toBe(472);
    expect(judgeClaim(rules, other)).toBe(first);
    expect(judgeClaim(rules, { ...context, category: 'not_permitted', computed: new Map() })).not.toBe(first);
  });

  it('cannot be changed by those who read them', () => {
    const context = contextOf(direct, 'kumamoto');
    const rules = rulesOf(context);
    judgeClaim(rules, context);
    const { judged, billing } = judgeClaim(rules, contextOf(direct, 'kumamoto'));
    expect(() => judged.pop()).toThrow();
    expect(() => billing.addons_allowed.push('x')).toThrow();
    expect(() => Object.assign(billing, { payer: 'x' })).toThrow();
    expect(() => Object.assign(billing.claim!, { units: 1 })).toThrow();
  });

  it('are not kept where a packet has far more to tell them apart by than a real one', () => {
    const history = Array.from({ length: 300 }, () => ({
      ...{ month: '2024-09', category: 'yobo_shien_direct', used: null, same_office: true },
    }));
    const many = { ...direct, history } as Given;
    const context = contextOf(many, 'kumamoto');
    const rules = rulesOf(context);
    const first = judgeClaim(rules, context);
    expect(first.judged.flatMap(({ result }) => result.findings)).toEqual([]);
    expect(judgeClaim(rules, contextOf(many, 'kumamoto'))).not.toBe(first);
  });

  it('are made anew where they have findings, which name places', () => {
    const wrong = { ...direct, flags: { claimed_payer: 'city' } } as Given;
    const context = contextOf(wrong, 'kumamoto');
    const rules = rulesOf(context);
    const first = judgeClaim(rules, context);
    expect(first.billing.findings.length).toBeGreaterThan(0);
    expect(judgeClaim(rules, contextOf(wrong, 'kumamoto'))).not.toBe(first);
  });

  it('are made anew in a what-if, which evaluates some rules', () => {
    const context = { ...contextOf(direct, 'kumamoto'), isWhatIf: true };
    const rules = rulesOf(context);
    expect(judgeClaim(rules, context)).not.toBe(judgeClaim(rules, context));
  });
});
