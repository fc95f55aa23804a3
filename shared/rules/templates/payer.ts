import * as z from 'zod';
import { factValue } from '../../facts/fact.ts';
import { CATEGORIES } from '../../vocabulary/category.ts';
import { configuredPath, entryOf, violationSchema } from '../entry-base.ts';
import { cityConfig, type RuleOf } from '../rule.ts';
import { findingOf, holds, oncePerContext } from '../rule-context.ts';
import { satisfied, violated } from '../rule-result.ts';
import { type RuleTemplate, rulesOf } from '../rule-template.ts';

/** The payer where the source names none and the city has not settled it. */
export const UNDETERMINED = 'undetermined';

const entry = entryOf('payer', {
  category: z.array(z.enum(CATEGORIES)),
  payer: z
    .string()
    .describe(`請求先。市が定めるものは config.名前、資料から定まらないものは ${UNDETERMINED}`),
  claimant: z.string().nullable().describe('請求する者'),
  pays: z
    .enum(['claim', 'commission'])
    .default('claim')
    .describe('payer が支払うもの。claim 介護予防支援費、commission 委託を受けた事業所への委託料'),
  claim_payer: z
    .string()
    .optional()
    .describe('pays が commission のとき、claimant が介護予防支援費を請求する先'),
  overrides: z.boolean().default(false).describe('市の規則があっても、この請求先による'),
  violation: violationSchema.optional(),
});
type Payer = RuleOf<z.output<typeof entry>>;

/**
 * Who pays for the month and who claims: the last rule that holds, so that a city's comes before a national one, unless
 * one overrides them all.
 */
export const payer: RuleTemplate<typeof entry> = {
  name: 'payer',
  entry,
  reads: (rule) => ['category', 'flags.claimed_payer', 'flags.claimant', ...configuredPath(rule.payer)],
  fills: () => [],
  raises: (rule) => (rule.violation ? [rule.violation] : []),
  isClaim: true,
  judge(rule, context, conditionsUsed) {
    if (payerOf(context) !== rule) return undefined;
    const settled = rule.payer.startsWith('config.')
      ? (cityConfig<string>(context.edition, rule.payer) ?? UNDETERMINED)
      : rule.payer;
    const commission = rule.pays === 'commission' ? { claimPayer: rule.claim_payer ?? null } : undefined;
    const contributes = {
      payer: { payer: settled, claimant: rule.claimant, ...(commission && { commission }) },
    };
    if (!rule.violation) return satisfied([...conditionsUsed, 'category'], contributes);
    const used = [...conditionsUsed, 'category', 'flags.claimed_payer', 'flags.claimant'];
    const claimedTo = factValue<string>(context.facts, 'flags.claimed_payer');
    const claimedBy = factValue<string>(context.facts, 'flags.claimant');
    // Of a commission the fee is claimed elsewhere than the share is paid by.
    const isWrongPayer = claimedTo !== undefined && claimedTo !== (rule.claim_payer ?? settled);
    const isWrongClaimant = claimedBy !== undefined && !isClaimant(claimedBy, rule.claimant);
    if (!isWrongPayer && !isWrongClaimant) return satisfied(used, contributes);
    const about = [isWrongPayer ? 'flags.claimed_payer' : 'flags.claimant'];
    return violated(used, [findingOf(rule, rule.violation, context, about)], contributes);
  },
};

/** Any claimant is right where the source names none; a cover may call the office by its designation. */
const isClaimant = (claimedBy: string, claimant: string | null): boolean =>
  claimant === null || claimedBy.replace(/^designated_kyotaku$/, 'kyotaku_office') === claimant;

const payerOf = oncePerContext((context): Payer | undefined => {
  const { category, edition } = context;
  if (category === null) return undefined;
  const holding = rulesOf(edition, payer).filter(
    (rule) => rule.category.includes(category) && holds(rule, context).truth === true,
  );
  return holding.find(({ overrides }) => overrides) ?? holding.at(-1);
});
