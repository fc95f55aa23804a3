import type { Finding } from '../../findings/finding.ts';
import type { Judged } from '../../rules/judge-rules.ts';

export interface Contracts {
  parties: string[];
  isNewRequired: boolean | null;
  findings: Finding[];
}

/** The parties that must have a contract, and whether the month needs a new one. */
export function foldContracts(judged: Judged[]): Contracts {
  const rules = judged.filter(({ result }) => result.contributes.contract);
  const contracts = rules.map(({ result }) => result.contributes.contract!);
  let isNewRequired: boolean | null = null;
  for (const { isShown, isNewRequired: required } of contracts) {
    if (isShown === false) isNewRequired = true;
    else if (isShown === true) isNewRequired ??= required ?? null;
    else isNewRequired = required ?? isNewRequired;
  }
  return {
    parties: [...new Set(contracts.flatMap(({ parties }) => parties))],
    isNewRequired,
    findings: rules.flatMap(({ result }) => result.findings),
  };
}
