import * as z from 'zod';
import { factValue } from '../../facts/fact.ts';
import { ownValue } from '../../text/own-value.ts';
import { readByConditions } from '../condition-facts.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import type { RuleOf } from '../rule.ts';
import { findingOf, holds, nameOfFact, oncePerContext, type RuleContext, valuesOf } from '../rule-context.ts';
import { type Contribution, type RuleResult, satisfied, violated } from '../rule-result.ts';
import { type RuleTemplate, rulesOf } from '../rule-template.ts';
import { feesOf, unconfirmed } from './fee.ts';

const entry = entryOf('addon', {
  addons: z.array(z.string()).default([]).describe('加算・減算。unfounded は書かず、請求されたすべてを見る'),
  verdict: z
    .enum(['allow', 'deny', 'value', 'unfounded', 'unvalued'])
    .describe(
      'allow 算定できる / deny 算定できない / value 単位数 / unfounded 根拠の規則がない請求への指摘 / unvalued 単位数の規則がない加算・減算への指摘',
    ),
  always_shown: z.boolean().default(false).describe('請求がなくても、算定できないことを示す'),
  units: z.number().optional(),
  rate: z.number().optional(),
  rate_of: z
    .enum(['base', 'total'])
    .default('base')
    .describe('rate を掛けるもの。base 基本の単位数 / total ほかの加算・減算の後の単位数'),
  unit: z.string().default('単位'),
  violation: violationSchema.optional(),
});
type Addon = RuleOf<z.output<typeof entry>>;

/** An add-on claimed is denied by any rule that denies it, else allowed by one that allows it. */
export const addon: RuleTemplate<typeof entry> = {
  name: 'addon',
  entry,
  reads: () => ['addons_claimed', 'reductions'],
  fills: (rule) => ['addon', ...readByConditions(rule).map(nameOfFact)],
  raises: (rule) => (rule.violation ? [rule.violation] : []),
  isClaim: true,
  judge(rule, context, used) {
    const isBilled = context.category !== 'not_permitted' && context.category !== 'kyotaku';
    return isBilled ? VERDICTS[rule.verdict](rule, context, used) : undefined;
  },
};

type Judge = (rule: Addon, context: RuleContext, used: readonly string[]) => RuleResult | undefined;

const allow: Judge = (rule, context, used) => {
  const allowed = claimedOf(context).filter((a) => rule.addons.includes(a));
  if (allowed.length === 0 || !context.isEvaluated(rule)) return undefined;
  return satisfied([...used, 'addons_claimed'], { addons: { allowed } });
};

/** What is claimed is answered. Where none is claimed, an entry may show the office what would be refused. */
const deny: Judge = (rule, context, used) => {
  if (!context.isEvaluated(rule)) return undefined;
  const hit = rule.addons.filter((a) => claimedOf(context).includes(a));
  const denied = rule.always_shown && hit.length === 0 ? rule.addons : hit;
  return answer(rule, context, used, hit, { addons: { denied } });
};

/** Claimed, and no rule allows or denies it: also an add-on that no profile names. */
const unfounded: Judge = (rule, context, used) => {
  if (!context.isEvaluated(rule)) return undefined;
  const hit = claimedOf(context).filter((a) => !answeredAddons(context).has(a));
  return answer(rule, context, used, hit, { addons: { unfounded: hit } });
};

const value: Judge = (rule, context, used) => {
  if (!valuesCounted(context).has(rule)) return undefined;
  const { addons, units, rate, rate_of: rateOf } = rule;
  return satisfied([...used, 'addons_claimed', 'reductions'], {
    addons: { value: { addons, units, rate, rateOf, caveat: unconfirmed(rule) } },
  });
};

/** Counts in the month, and no rule of the month gives its units. */
const unvalued: Judge = (rule, context, used) => {
  if (!context.isEvaluated(rule) || feesOf(context).units === undefined) return undefined;
  const valued = new Set(addonsOf(context, 'value').flatMap(({ addons }) => addons));
  const hit = countedOf(context).filter((a) => !valued.has(a));
  return answer(rule, context, [...used, 'reductions'], hit, { addons: { unfounded: hit } });
};

const VERDICTS: Record<Addon['verdict'], Judge> = { allow, deny, unfounded, unvalued, value };

function answer(
  rule: Addon,
  context: RuleContext,
  conditionsUsed: readonly string[],
  hit: string[],
  contributes: Contribution,
): RuleResult {
  const used = [...conditionsUsed, 'addons_claimed'];
  if (hit.length === 0 || !rule.violation) return satisfied(used, contributes);
  const names = hit.map((a) => ownValue(context.edition.names, a) ?? a).join('・');
  const values = { ...valuesOf(readByConditions(rule), context), addon: names };
  return violated(used, [findingOf(rule, rule.violation, context, ['addons_claimed'], values)], contributes);
}

const claimedOf = ({ facts }: RuleContext): string[] => factValue<string[]>(facts, 'addons_claimed') ?? [];

const addonsOf = (context: RuleContext, verdict: Addon['verdict']): Addon[] =>
  rulesOf(context.edition, addon).filter(
    (rule) => rule.verdict === verdict && holds(rule, context).truth === true,
  );

const addonsNamed = (context: RuleContext, verdict: 'allow' | 'deny'): Set<string> =>
  new Set(
    addonsOf(context, verdict)
      .filter((rule) => context.isEvaluated(rule))
      .flatMap((rule) => rule.addons),
  );

const answeredAddons = oncePerContext((context) =>
  addonsNamed(context, 'allow').union(addonsNamed(context, 'deny')),
);

/** The entries whose value counts: of each add-on and reduction the first. */
const valuesCounted = oncePerContext((context) => {
  const counted = feesOf(context).units === undefined ? [] : countedOf(context);
  if (counted.length === 0) return new Set<Addon>();
  const values = addonsOf(context, 'value');
  return new Set(counted.flatMap((a) => values.find((v) => v.addons.includes(a)) ?? []));
});

/** The add-ons and reductions that count: claimed, allowed and not denied; and every reduction. */
function countedOf(context: RuleContext): string[] {
  const claimed = claimedOf(context);
  const reductions = factValue<string[]>(context.facts, 'reductions') ?? [];
  if (claimed.length === 0) return reductions;
  const allowed = addonsNamed(context, 'allow').difference(addonsNamed(context, 'deny'));
  return [...claimed.filter((a) => allowed.has(a)), ...reductions];
}
