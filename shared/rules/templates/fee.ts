import * as z from 'zod';
import { CATEGORIES } from '../../vocabulary/category.ts';
import { configured, configuredPath, entryOf } from '../entry-base.ts';
import { cityConfig, type RuleOf } from '../rule.ts';
import { holds, oncePerContext } from '../rule-context.ts';
import { satisfied } from '../rule-result.ts';
import { type RuleTemplate, rulesOf } from '../rule-template.ts';

const entry = entryOf('fee', {
  category: z.array(z.enum(CATEGORIES)),
  units: z.number().optional(),
  yen: z
    .union([z.number(), configured])
    .optional()
    .describe('単位数でなく円で払う額。市が定める額は config.名前'),
  share: z.number().optional().describe('委託を受けた事業所が得る割合。請求単位数ではない'),
  unit: z.literal('単位').default('単位'),
});
export type Fee = RuleOf<z.output<typeof entry>>;

/** The units or the amount of the month's category, and the share a commissioned office gets of it. */
export const fee: RuleTemplate<typeof entry> = {
  name: 'fee',
  entry,
  reads: (rule) => ['category', 'service_month', 'unit_price', ...configuredPath(rule.yen)],
  fills: () => [],
  raises: () => [],
  isClaim: true,
  judge(rule, context, conditionsUsed) {
    const { amount, units, share } = feesOf(context);
    const used = [...conditionsUsed, 'category', 'service_month'];
    if (rule === amount) {
      const yen = typeof rule.yen === 'string' ? cityConfig<number>(context.edition, rule.yen) : rule.yen;
      return satisfied(used, { fee: { yen: yen ?? null } });
    }
    if (rule === share) return satisfied([...conditionsUsed, 'category'], { fee: { share: rule.share! } });
    if (units !== undefined && rule.units === units)
      return satisfied(used, { fee: { units, caveat: unconfirmed(rule) } });
    return undefined;
  },
};

/**
 * The fees that count in the month: one amount in yen, or the units and the share of them.
 * A what-if that names fee rules takes its share from those; one that names none, from all.
 */
export const feesOf = oncePerContext((context): { amount?: Fee; units?: number; share?: Fee } => {
  const { category, month } = context;
  // An edition is chosen by the service month: without one there is no fee.
  if (!category || !month) return {};
  const fees = rulesOf(context.edition, fee).filter(
    (rule) => rule.category.includes(category) && holds(rule, context).truth === true,
  );
  const amount = fees.find((rule) => rule.yen !== undefined);
  if (amount) return { amount };
  const units = fees.find((rule) => rule.units !== undefined)?.units;
  if (units === undefined) return {};
  const named = fees.filter((rule) => context.isEvaluated(rule));
  const share = (named.length > 0 ? named : fees).find((rule) => rule.share !== undefined);
  return { units, ...(share && { share }) };
});

/** What the reader must know of a value no official source confirms. */
export const unconfirmed = (rule: RuleOf): string | undefined =>
  rule.grade === 'C' || rule.grade === 'unconfirmed'
    ? `${rule.summary}（${rule.citation.title} ${rule.citation.place}）は公式の資料で確認できていない値です。`
    : undefined;
