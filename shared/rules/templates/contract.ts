import * as z from 'zod';
import { factValue } from '../../facts/fact.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import { findingOf, type RuleContext } from '../rule-context.ts';
import { cannotTell, satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('contract', {
  parties: z.array(z.string()).default([]).describe('契約の当事者'),
  check: z.array(z.string()).optional().describe('一つの契約が結ぶべき当事者。なければ契約を確かめない'),
  new_contract: z.boolean().optional().describe('新たな契約が要るか'),
  violation: violationSchema.optional(),
});

/** The parties that must have a contract. A contract that was not shown is unknown, not missing. */
export const contract: RuleTemplate<typeof entry> = {
  name: 'contract',
  entry,
  reads: () => ['contracts', 'office_commissioned'],
  fills: () => [],
  raises: (rule) => (rule.violation ? [rule.violation] : []),
  judge(rule, context, used) {
    const isShown = rule.check && hasContract(rule.check, context);
    const contributes = {
      contract: { parties: rule.parties, isShown, isNewRequired: rule.new_contract },
    };
    if (rule.check && isShown === undefined) return cannotTell(['contracts'], used, contributes);
    if (isShown !== false) return satisfied(used, contributes);
    const findings = rule.violation ? [findingOf(rule, rule.violation, context, ['contracts'])] : [];
    return violated(used, findings, contributes);
  },
};

/** Undefined where no contract was shown and the registry does not tell. */
function hasContract(parties: string[], { facts }: RuleContext): boolean | undefined {
  const commissioned = isCommission(parties) ? factValue<boolean>(facts, 'office_commissioned') : undefined;
  const shown = factValue<string[][]>(facts, 'contracts');
  return commissioned || (shown?.some((c) => parties.every((party) => c.includes(party))) ?? commissioned);
}

/** The city's registry lists the commissions between office and center. */
const isCommission = (parties: string[]): boolean =>
  parties.length === 2 && parties.includes('hokatsu_center') && parties.includes('kyotaku_office');
