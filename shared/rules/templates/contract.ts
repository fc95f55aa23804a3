import { factValue } from '../../facts/fact.ts';
import type { Finding } from '../../findings/finding.ts';
import { findingOf, type RuleContext, type RuleOf } from '../rule-context.ts';
import type { RuleTrace } from '../rule-trace.ts';

export interface Contracts {
  parties: string[];
  new_contract_required: boolean | null;
  findings: Finding[];
  status: Map<string, RuleTrace['status']>;
}

/** Who must have a contract with whom. A contract nobody showed is unknown, not missing. */
export function contracts(context: RuleContext): Contracts {
  const result: Contracts = { parties: [], new_contract_required: null, findings: [], status: new Map() };
  const shown = factValue<string[][]>(context.facts, 'contracts');
  const commissioned = factValue<boolean>(context.facts, 'office_commissioned');
  const rules = context.edition.rules.filter(
    (r): r is RuleOf<'contract'> => r.template === 'contract' && context.holds(r).truth === true,
  );
  for (const rule of rules) {
    result.parties = [...new Set([...result.parties, ...rule.parties])];
    const check = rule.check;
    const byRegistry = check && isCommission(check) ? commissioned : undefined;
    const held =
      check === undefined
        ? undefined
        : byRegistry || (shown?.some((c) => check.every((p) => c.includes(p))) ?? byRegistry);
    if (held === undefined) {
      if (rule.new_contract !== undefined) result.new_contract_required = rule.new_contract;
      result.status.set(key(rule), check ? 'cannot_tell' : 'satisfied');
      continue;
    }
    result.status.set(key(rule), held ? 'satisfied' : 'violated');
    if (!held) result.new_contract_required = true;
    else if (rule.new_contract !== undefined) result.new_contract_required ??= rule.new_contract;
    if (!held && rule.violation && context.isEvaluated(rule)) {
      result.findings.push(findingOf(rule, rule.violation, context, ['contracts']));
    }
  }
  return result;
}

const key = (rule: RuleOf<'contract'>): string => `${rule.id}/${rule.part ?? ''}`;
/** A commission between office and center also stands in the city's registry. */
const isCommission = (parties: string[]): boolean =>
  parties.length === 2 && parties.includes('hokatsu_center') && parties.includes('kyotaku_office');
