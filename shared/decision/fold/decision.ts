import type { Finding } from '../../findings/finding.ts';
import { hasEffect, isClaimRule, type Judged, judgedAs } from '../../rules/judge-rules.ts';
import type { Edition } from '../../rules/profile.ts';
import type { RuleContext } from '../../rules/rule-context.ts';
import type { Contribution } from '../../rules/rule-result.ts';
import { BODIES } from '../../vocabulary/category.ts';
import { explain } from '../explain.ts';
import { outcomeOf } from '../outcome.ts';
import type { Decision } from '../verdict.ts';
import { type Billing, foldClaim } from './claim.ts';
import { foldContracts } from './contracts.ts';
import { foldDocuments } from './documents.ts';
import { groupBySet } from './group-by-set.ts';
import { joinInvolvements } from './involvement.ts';
import { foldNotification } from './notification.ts';

interface Parts {
  context: RuleContext;
  edition: Edition;
  categoryUsed: string[];
}

/** The decision that the results of all rules make. */
export function foldDecision(results: Judged[], { context, edition, categoryUsed }: Parts): Decision {
  const all = withNotices(results);
  const judged = all.filter(hasEffect);
  const claim = withheld(judged, foldClaim(judged, context));
  const notification = foldNotification(judged);
  const contracts = foldContracts(judged);
  const documents = foldDocuments(judged);
  const { category } = context;
  const bodies = category ? BODIES[category] : { responsible: null, entrusted: null };
  const findings: Finding[] = [
    ...groupBySet(judged.filter(isSingle)),
    ...claim.findings,
    ...notification.findings,
    ...contracts.findings,
  ];
  return {
    decision: outcomeOf(findings),
    category,
    responsible_body: bodies.responsible,
    entrusted_body: bodies.entrusted,
    claimant: claim.claimant,
    payer: claim.payer,
    base_units: claim.base_units,
    total_units: claim.total_units,
    yen: claim.yen,
    claim: claim.claim,
    commission: claim.commission,
    addons_allowed: claim.addons_allowed,
    addons_denied: claim.addons_denied,
    required_documents: [...new Set([...documents.required, ...notification.missing])],
    optional_documents: documents.optional,
    missing_documents: [...new Set([...documents.missing, ...notification.missing])],
    notification_required: notification.required,
    notification_form: notification.form,
    notification_kind: notification.kind,
    notification_to: notification.to,
    notification_attachments: notification.attachments,
    contract_parties: contracts.parties,
    new_contract_required: contracts.isNewRequired,
    deadlines: contributed(judged, 'deadlines').flat(),
    findings,
    aggregates: contributed(judged, 'aggregates')[0] ?? null,
    watches_opened: contributed(judged, 'watch').flatMap((one) => ('opens' in one ? [one.opens] : [])),
    watches_closed: contributed(judged, 'watch').flatMap((one) => ('closes' in one ? [one.closes] : [])),
    checklist: contributed(judged, 'checklist').flat(),
    involvement: joinInvolvements(contributed(judged, 'involvement')),
    edition: edition.id,
    provisional: edition.provisional,
    explanation: explain(all, { context, caveats: claim.caveats, categoryUsed }),
  };
}

/** In a what-if, a rule may have a notice that belongs only to what is not sent back. */
function withNotices(judged: Judged[]): Judged[] {
  if (outcomeOf(judged.flatMap(({ result }) => result.findings)) === 'return') return judged;
  return judged.map((one) =>
    one.isEvaluated && one.result.whenNotReturned ? judgedAs(one.rule, one.result.whenNotReturned) : one,
  );
}

/** A month is not claimed while a rule that holds withholds it. */
const withheld = (judged: Judged[], billing: Billing): Billing =>
  contributed(judged, 'withholds').some(Boolean) ? { ...billing, ...NOT_CLAIMED } : billing;

const NOT_CLAIMED = {
  payer: null,
  claimant: null,
  base_units: null,
  total_units: null,
  yen: null,
  claim: null,
  commission: null,
};

/** Rules whose findings no other fold merges. */
const isSingle = ({ rule, result: { contributes } }: Judged): boolean =>
  !isClaimRule(rule) && !contributes.notification && !contributes.contract;

const contributed = <K extends keyof Contribution>(
  judged: Judged[],
  key: K,
): NonNullable<Contribution[K]>[] =>
  judged.flatMap(({ result, isEvaluated }) => {
    const value = result.contributes[key];
    return isEvaluated && value !== undefined && value !== null ? [value] : [];
  });
