import type { Period } from '../calendar/days.ts';
import type { Citation, Finding, Severity } from '../findings/finding.ts';
import type { FindingCode } from '../findings/finding-codes.ts';
import type { DocumentKind } from '../vocabulary/document-kinds.ts';

/** `exempt`: another rule of the source switches it off. `checklist`: a person decides it. */
type RuleStatus = 'satisfied' | 'violated' | 'not_applicable' | 'exempt' | 'cannot_tell' | 'checklist';

/** What one rule comes to for one packet. */
export interface RuleResult {
  status: RuleStatus;
  findings: readonly Finding[];
  /** facts that decided it */
  used: readonly string[];
  /** missing facts that would decide it */
  needs: readonly string[];
  contributes: Contribution;
  /** the result to take instead in a what-if that nothing sends back */
  whenNotReturned?: RuleResult;
}

/** What a rule adds to the decision beside its findings; `decide` folds the contributions of all rules. */
export interface Contribution {
  /** the month's provision is not permitted */
  forbids?: boolean;
  /** no claim is shown before it is settled whether the month may be claimed */
  withholds?: boolean;
  deadlines?: Deadline[];
  checklist?: ChecklistLine[];
  documents?: { required: string[]; optional: string[]; missing: string[] };
  notification?: { form?: string; kind?: string; to?: string; attachments: string[] };
  /** `isShown`: a contract between the parties checked was shown; undefined where that is not known or not checked */
  contract?: { parties: string[]; isShown?: boolean | undefined; isNewRequired?: boolean | undefined };
  involvement?: Involvement;
  payer?: PayerContribution;
  fee?: FeeContribution;
  addons?: AddonContribution;
  aggregates?: Record<string, Record<string, number>> | null;
  watch?: { opens: Watch } | { closes: string };
}

/** A paper that must come after this packet. */
export interface Watch {
  rule: string;
  /** rule and part: what a later packet closes */
  name: string;
  what: string;
  /** ISO date the period is counted from, and its last day; null until the registry names the designation */
  start: string | null;
  due: string | null;
  /** the period counts from the designation of the office, which the registry may name later */
  awaits: (Period & { countsFirstDay: boolean }) | null;
  /** a later start of the same watch replaces it */
  latest_only: boolean;
  code: FindingCode;
  severity: Severity;
  /** sentences with {what}, {start} and {due} */
  message: string;
  remedy: string;
  citation: Citation;
  edition: string;
}

export interface Deadline {
  what: string;
  /** ISO date, or a sentence where the source gives no date */
  due: string;
  basis: string;
  rule: string;
}

/** A question only a person can answer. */
export interface ChecklistLine {
  rule: string;
  question: string;
  citation: Citation;
}

/** The 包括 looks at the packet even when it is accepted (関与). */
export interface Involvement {
  rule: string;
  due: string | null;
  reason: string;
  /** what has to follow where the 包括 gives advice; absent: nothing */
  after_advice?: { document: DocumentKind; what: string };
}

/** Who pays and who claims. */
export interface PayerContribution {
  payer: string;
  claimant: string | null;
  /** `payer` pays a commissioned office for its work, and this one the fee it claims; null where no fee is claimed */
  commission?: { claimPayer: string | null };
}

/** One of: units of the claim, an amount in yen, the office's share of the units of commissioned work. */
type FeeContribution = { caveat?: string | undefined } & (
  | { units: number }
  | { yen: number | null }
  | { share: number }
);

/** One of: add-ons allowed, denied, claimed without a rule that allows or denies them, or their value. */
type AddonContribution =
  | { allowed: string[] }
  | { denied: string[] }
  | { unfounded: string[] }
  | { value: AddonValue };

/** `rateOf`: a rate multiplies the base units, or the total after every other add-on and reduction. */
export interface AddonValue {
  addons: string[];
  units?: number | undefined;
  rate?: number | undefined;
  rateOf: 'base' | 'total';
  caveat?: string | undefined;
}

/** What a rule did in one decision; the explanation lists every rule that was evaluated. */
export interface RuleTrace {
  rule: string;
  edition: string;
  status: Exclude<RuleStatus, 'exempt'>;
  citation: Citation;
  /** the rule in one sentence, in Japanese */
  summary: string;
  /** facts that decided it */
  used: readonly string[];
  /** missing facts that would decide it */
  needs: readonly string[];
}

/** The contribution of a rule that adds nothing. */
export const NOTHING: Contribution = Object.freeze({});
const NONE = [] as unknown as never[];

export const satisfied = (used: readonly string[], contributes = NOTHING): RuleResult => ({
  status: 'satisfied',
  findings: NONE,
  used,
  needs: NONE,
  contributes,
});
export const violated = (
  used: readonly string[],
  findings: Finding[],
  contributes = NOTHING,
): RuleResult => ({
  status: 'violated',
  findings,
  used,
  needs: NONE,
  contributes,
});
export const notApplicable = (used: readonly string[]): RuleResult => ({
  status: 'not_applicable',
  findings: NONE,
  used,
  needs: NONE,
  contributes: NOTHING,
});
export const cannotTell = (
  needs: readonly string[],
  used: readonly string[] = NONE,
  contributes = NOTHING,
): RuleResult => ({
  status: 'cannot_tell',
  findings: NONE,
  used,
  needs,
  contributes,
});
