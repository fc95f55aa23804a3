import type { Finding } from '../../findings/finding.ts';
import { hasEffect, isClaimRule, type Judged, judgedAs } from '../../rules/judge-rules.ts';
import type { Edition } from '../../rules/profile.ts';
import type { RuleContext } from '../../rules/rule-context.ts';
import {
  type ChecklistLine,
  type Deadline,
  type Involvement,
  NOTHING,
  type Watch,
} from '../../rules/rule-result.ts';
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
  const given = contributed(judged);
  const claim = given.withholds ? { ...billing, ...NOT_CLAIMED } : billing;
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
    deadlines: given.deadlines,
    findings,
    aggregates: given.aggregates,
    watches_opened: given.opened,
    watches_closed: given.closed,
    checklist: given.checklist,
    involvement: joinInvolvements(given.involvements),
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

/** What the evaluated rules contribute beside what other folds take, by kind. */
interface Contributed {
  deadlines: Deadline[];
  checklist: ChecklistLine[];
  opened: Watch[];
  /** names of watches */
  closed: string[];
  involvements: Involvement[];
  aggregates: Decision['aggregates'];
  withholds: boolean;
}

/** One pass for all kinds: each decision makes it, and most rules contribute one kind. */
function contributed(judged: Judged[]): Contributed {
  const all: Contributed = {
    deadlines: [],
    checklist: [],
    opened: [],
    closed: [],
    involvements: [],
    aggregates: null,
    withholds: false,
  };
  for (const { isEvaluated, result } of judged) {
    if (!isEvaluated || result.contributes === NOTHING) continue;
    const { deadlines, checklist, watch, involvement, aggregates, withholds } = result.contributes;
    if (deadlines) all.deadlines.push(...deadlines);
    if (checklist) all.checklist.push(...checklist);
    if (watch && 'opens' in watch) all.opened.push(watch.opens);
    if (watch && 'closes' in watch) all.closed.push(watch.closes);
    if (involvement) all.involvements.push(involvement);
    if (withholds) all.withholds = true;
    all.aggregates ??= aggregates ?? null;
  }
  return all;
}

/** A month is not claimed while a rule that holds withholds it. */
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
