import type { Finding } from '../../findings/finding.ts';
import { hasEffect, isClaimRule, type Judged, judgedAs } from '../../rules/judge-rules.ts';
import type { Edition } from '../../rules/profile.ts';
import type { RuleContext } from '../../rules/rule-context.ts';
import type { Contribution } from '../../rules/rule-result.ts';
import { BODIES } from '../../vocabulary/category.ts';
import { explain } from '../explain.ts';
import { outcomeOf } from '../outcome.ts';
import type { Decision } from '../verdict.ts';
import type { Billing } from './claim.ts';
import { foldContracts } from './contracts.ts';
import { foldDocuments } from './documents.ts';
import { groupBySet } from './group-by-set.ts';
import { joinInvolvements } from './involvement.ts';
import { foldNotification } from './notification.ts';

interface Parts {
  context: RuleContext;
  edition: Edition;
  categoryUsed: readonly string[];
  billing: Billing;
}

/** The decision that the results of all rules make. */
export function foldDecision(
  results: Judged[],
  { context, edition, categoryUsed, billing }: Parts,
): Decision {
  const all = withNotices(results);
  const judged = all.filter(hasEffect);
  const given = judged.filter(({ isEvaluated }) => isEvaluated).map(({ result }) => result.contributes);
  const claim = withheld(given, billing);
  const notification = foldNotification(judged);
  const contracts = foldContracts(judged);
  const documents = foldDocuments(judged);
  const watches = given.flatMap(({ watch }) => watch ?? []);
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
    deadlines: given.flatMap(({ deadlines }) => deadlines ?? []),
    findings,
    aggregates: given.find(({ aggregates }) => aggregates)?.aggregates ?? null,
    watches_opened: watches.flatMap((one) => ('opens' in one ? [one.opens] : [])),
    watches_closed: watches.flatMap((one) => ('closes' in one ? [one.closes] : [])),
    checklist: given.flatMap(({ checklist }) => checklist ?? []),
    involvement: joinInvolvements(given.flatMap(({ involvement }) => involvement ?? [])),
    edition: edition.id,
    provisional: edition.provisional,
    explanation: explain(all, { context, caveats: claim.caveats, categoryUsed }),
  };
}

/** In a what-if, a rule may have a notice that belongs only to what is not sent back. */
function withNotices(judged: Judged[]): Judged[] {
  if (!judged.some(({ hasEffect, result }) => hasEffect && result.whenNotReturned)) return judged;
  if (outcomeOf(judged.flatMap(({ result }) => result.findings)) === 'return') return judged;
  return judged.map((one) =>
    one.isEvaluated && one.result.whenNotReturned ? judgedAs(one.rule, one.result.whenNotReturned) : one,
  );
}

/** A month is not claimed while a rule that holds withholds it. */
const withheld = (given: Contribution[], billing: Billing): Billing =>
  given.some(({ withholds }) => withholds) ? { ...billing, ...NOT_CLAIMED } : billing;

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
