import { type Fact, type FactSheet, factValue } from '../facts/fact.ts';
import type { Finding } from '../findings/finding.ts';
import { impliedDocuments } from '../rules/implied-documents.ts';
import { type Edition, editionOn, type Rule } from '../rules/profile.ts';
import {
  applies,
  cannotTell,
  cityConfig,
  fill,
  memoizeOn,
  notApplicable,
  type RuleContext,
  type RuleResult,
  satisfied,
} from '../rules/rule-context.ts';
import { aggregate } from '../rules/templates/aggregate.ts';
import { category, decideCategory } from '../rules/templates/category.ts';
import { checklistScore } from '../rules/templates/checklist-score.ts';
import { contracts } from '../rules/templates/contract.ts';
import { deadline } from '../rules/templates/deadline.ts';
import { documents, groupBySet, isExempt, requiredDocuments } from '../rules/templates/documents.ts';
import { involvement } from '../rules/templates/involvement.ts';
import { monitoring } from '../rules/templates/monitoring.ts';
import { todoke } from '../rules/templates/notification.ts';
import { alert, requirement } from '../rules/templates/simple.ts';
import { bill } from '../rules/templates/units.ts';
import type { Category, DecisionOutcome } from '../vocabulary/category.ts';
import { BODIES, kindOf } from '../vocabulary/category.ts';
import { factLabel } from '../vocabulary/fact-labels.ts';
import { explain } from './explain.ts';
import type { Decision } from './verdict.ts';

export interface DecideOptions {
  /** evaluate only these rules (a what-if, a worked case); without it, every rule of the city and the nation */
  rules?: string[];
  /** folder of profiles, for a what-if under edited rules */
  profiles?: string;
}

/**
 * Decides one packet's facts under the rules of a city in force in its service month.
 * Pure: the same facts and profiles always give the same decision. A rule whose facts are not there is
 * "cannot tell" in the explanation; it is never a finding and never silently taken as met.
 */
export function decide(given: FactSheet, city: string, options: DecideOptions = {}): Decision {
  const month = factValue<string>(given, 'service_month');
  const edition = editionOn(city, month, options.profiles);
  const facts: FactSheet = new Map(given);
  const chosen = options.rules && new Set(options.rules);
  const isEvaluated = (rule: Rule): boolean =>
    !chosen || [rule.id, ...rule.also].some((id) => chosen.has(id));
  const context: RuleContext = {
    facts,
    documents: impliedDocuments(facts, options.profiles),
    edition,
    month,
    isEvaluated,
    holds: (rule) => applies(rule, facts),
  };
  facts.set('documents', withDocuments(facts.get('documents'), context.documents));
  putConfiguration(context);

  deriveRoute(facts);
  const categoryUsed = deriveCategory(context);
  deriveMove(facts);
  deriveSwitch(context);
  const expected = bill(context, factValue<Category>(facts, 'category') ?? null);
  if (expected.claim_units !== null) derive(facts, 'expected_units', expected.claim_units, 'category');
  // Nothing is derived any more.
  context.holds = memoizeOn(facts);

  const results = new Map<Rule, RuleResult>();
  const exemptions = new Set<string>();
  for (const rule of edition.rules) {
    if (!isEvaluated(rule)) continue;
    const result = runRule(rule, context);
    if (result.status === 'not_applicable' && result.needs[0] === 'exempt') exemptions.add(rule.exempt!.rule);
    results.set(rule, result);
  }
  const passes = outcomeOf([...results.values()].flatMap((r) => r.findings)) !== 'return';
  for (const rule of edition.rules) {
    if (rule.template !== 'exemption' || context.holds(rule).truth !== true) continue;
    // It speaks where it switched a rule off, and in a what-if that names it and passes under it.
    if (!isEvaluated(rule) || !(exemptions.has(rule.id) || (chosen && passes))) continue;
    results.set(rule, alert({ ...rule, template: 'alert', forbids: false } as never, context, ['cm_type']));
  }

  const forbidden = [...results].some(
    ([rule, r]) => r.status === 'violated' && 'forbids' in rule && rule.forbids,
  );
  const decided = forbidden ? 'not_permitted' : (factValue<Category>(facts, 'category') ?? null);
  const bodies = decided ? BODIES[decided] : { responsible: null, entrusted: null };
  const billed = forbidden ? bill(context, decided) : expected;
  const filed = todoke(context);
  const signed = contracts(context);
  const asked = requiredDocuments(context);
  const involved = involvement(context);

  const findings: Finding[] = [
    ...groupBySet([...results].map(([rule, r]) => ({ rule, findings: r.findings }))),
    ...billed.findings,
    ...filed.findings,
    ...signed.findings,
  ];
  const missing = new Set([...asked.missing, ...filed.missing]);
  const words = configuredWords(edition);

  return {
    decision: outcomeOf(findings),
    category: decided,
    responsible_body: bodies.responsible,
    entrusted_body: bodies.entrusted,
    claimant: billed.claimant,
    payer: billed.payer,
    base_units: billed.base_units,
    total_units: billed.total_units,
    yen: billed.yen,
    addons_allowed: billed.addons_allowed,
    addons_denied: billed.addons_denied,
    required_documents: [...new Set([...asked.required, ...filed.missing])],
    optional_documents: asked.optional,
    missing_documents: [...missing],
    notification_required: filed.required,
    notification_form: filed.form,
    notification_kind: filed.kind,
    notification_to: filed.to,
    notification_attachments: filed.attachments,
    contract_parties: signed.parties,
    new_contract_required: signed.new_contract_required,
    deadlines: [...results.values()].flatMap((r) => r.deadlines ?? []),
    findings,
    aggregates: edition.rules.some((r) => r.template === 'aggregate' && isEvaluated(r))
      ? aggregate(facts)
      : null,
    checklist: edition.rules
      .filter(
        (r) => r.checklist && isEvaluated(r) && context.holds(r).truth !== false && !isExempt(r, context),
      )
      .map((r) => ({
        rule: r.id,
        question: fill(r.checklist!, words),
        citation: r.citation,
      })),
    involvement: involved,
    edition: edition.id,
    provisional: edition.provisional,
    explanation: explain({ context, results, billed, filed, signed, categoryUsed }),
  };
}

/** An error sends the packet back; a warning or an open question goes to a person; else it is accepted. */
export function outcomeOf(findings: Finding[]): DecisionOutcome {
  if (findings.some((f) => f.severity === 'error')) return 'return';
  return findings.some((f) => f.severity === 'warn' || f.severity === 'review') ? 'review' : 'accept';
}

function runRule(rule: Rule, context: RuleContext): RuleResult {
  const held = context.holds(rule);
  if (held.truth === null) return cannotTell(held.needs, held.used);
  if (held.truth === false) return notApplicable(held);
  if (isExempt(rule, context))
    return { status: 'not_applicable', findings: [], used: held.used, needs: ['exempt'] };
  const used = held.used;
  switch (rule.template) {
    case 'alert':
      return alert(rule, context, used);
    case 'requirement':
      return requirement(rule, context, used);
    case 'documents':
      return documents(rule, context, used);
    case 'deadline':
      return deadline(rule, context, used);
    case 'monitoring':
      return monitoring(rule, context, used);
    case 'checklist_score':
      return checklistScore(rule, context, used);
    case 'category':
      return category(rule, context, used);
    default:
      return satisfied(used);
  }
}

/** What the city has settled where its source is silent: conditions read it as `config.<key>`. */
function putConfiguration({ facts, edition }: RuleContext): void {
  for (const [key, { summary, place }] of Object.entries(edition.configuration)) {
    const value = cityConfig(edition, key);
    if (value === undefined) continue;
    const path = `config.${key}`;
    const reason = `${edition.name}の設定（${place}）: ${summary}`;
    facts.set(path, { path, state: 'known', value, evidence: [], reason });
  }
}

const configuredWords = (edition: Edition): Record<string, string> =>
  Object.fromEntries(
    Object.entries(edition.configuration).map(([key, { value }]) => [key, [value ?? ''].flat().join('、')]),
  );

/** Facts that follow from others: the classes of services used, and the category they make. */
function deriveCategory(context: RuleContext): string[] {
  const { facts } = context;
  const actual = factValue<{ class: string }[]>(facts, 'services_actual');
  const planned = factValue<{ class: string }[]>(facts, 'services_planned');
  // No source says what a month without any service is: the plan does not decide it, a person does.
  const nothingUsed = !actual && factValue<boolean>(facts, 'flags.no_service_used') === true;
  // In a month that is called a switch, a plan that still makes the category before it was not what was used.
  const stale = !actual && factValue(facts, 'event') === 'category_switch' && isPlanOfBefore(context);
  const services = actual ?? (nothingUsed ? [] : stale ? undefined : planned);
  if (services) {
    derive(
      facts,
      'services',
      [...new Set(services.map((s) => s.class))],
      actual ? 'services_actual' : nothingUsed ? 'flags.no_service_used' : 'services_planned',
      !actual && !nothingUsed,
    );
  }
  const kind = factValue<string>(facts, 'plan_kind');
  if (kind) derive(facts, 'declared_kind', kind === '1' ? 'yobo_shien' : 'yobo_cm', 'plan_kind');
  const result = decideCategory(context.edition, facts);
  if (nothingUsed && result.kind !== 'kyotaku') return [...result.used, 'flags.no_service_used'];
  if (result.kind) derive(facts, 'category_kind', result.kind, result.used[0]);
  if (result.category) derive(facts, 'category', result.category, result.used[0]);
  if (result.rule) derive(facts, 'category_rule', result.rule);
  // What the classes were read from belongs to the explanation as well.
  return [...result.used, ...(services ? [actual ? 'services_actual' : 'services_planned'] : [])];
}

/** Where nobody names the route: what the event or the bodies on the 届出 say of it. */
function deriveRoute(facts: FactSheet): void {
  if (facts.has('provider_route')) return;
  const is = (path: string, value: string): boolean => factValue(facts, path) === value;
  if (is('event', 'itaku_to_direct')) derive(facts, 'provider_route', 'direct', 'event', true);
  else if (is('notification.responsible', 'kyotaku_office'))
    derive(facts, 'provider_route', 'direct', 'notification.responsible', true);
  else if (is('notification.entrusted', 'kyotaku_office'))
    derive(facts, 'provider_route', 'itaku', 'notification.entrusted', true);
}

/** A month that is direct after a commissioned one is the move to direct, whatever the plan calls itself. */
function deriveMove(facts: FactSheet): void {
  const event = factValue<string>(facts, 'event') ?? 'continuing';
  const before = factValue<Category>(facts, 'previous_category');
  if (event !== 'continuing' || before !== 'yobo_shien_itaku') return;
  if (factValue<Category>(facts, 'category') === 'yobo_shien_direct')
    derive(facts, 'event', 'itaku_to_direct', 'previous_category', true);
}

/**
 * Whether the category of this month differs from the month before: from the month before where it is known,
 * else from the event, else from a plan that differs from what was used (水戸市 切り替え表).
 */
function deriveSwitch({ facts, edition }: RuleContext): void {
  const now = factValue<string>(facts, 'category_kind');
  const before = kindOf(factValue<string>(facts, 'previous_category'));
  const event = factValue<string>(facts, 'event');
  if (before) derive(facts, 'previous_kind', before, 'previous_category');
  if (event === 'category_switch') derive(facts, 'is_switch', true, 'event');
  // Leaving for 居宅介護支援 is a hand-over, not a turn between the two preventive categories.
  else if (now === 'kyotaku' || before === 'kyotaku') derive(facts, 'is_switch', false, 'certification');
  else if (before && now) derive(facts, 'is_switch', before !== now, 'previous_category');
  else
    derive(
      facts,
      'is_switch',
      event !== 'new' && differsFromPlan(facts, edition, now),
      'services_actual',
      true,
    );
}

/** Whether the plan's services make another category than the services used. */
function differsFromPlan(facts: FactSheet, edition: Edition, now: string | undefined): boolean {
  if (!now || !facts.has('services_actual')) return false;
  const planned = plannedKind(facts, edition);
  return planned !== undefined && planned !== now;
}

function isPlanOfBefore({ facts, edition }: RuleContext): boolean {
  const planned = plannedKind(facts, edition);
  return planned !== undefined && planned === kindOf(factValue<string>(facts, 'previous_category'));
}

/** The kind of category the plan's services make. */
function plannedKind(facts: FactSheet, edition: Edition): string | undefined {
  const planned = factValue<{ class: string }[]>(facts, 'services_planned');
  if (!planned) return undefined;
  const asPlanned: FactSheet = new Map(facts);
  derive(asPlanned, 'services', [...new Set(planned.map((s) => s.class))]);
  return decideCategory(edition, asPlanned).kind;
}

function derive(facts: FactSheet, path: string, value: unknown, from?: string, assumed = false): void {
  const fact: Fact = {
    path,
    state: assumed ? 'assumed' : 'known',
    value,
    evidence: from ? (facts.get(from)?.evidence ?? []) : [],
    ...(from && { reason: `${factLabel(from)}から導いた` }),
  };
  facts.set(path, fact);
}

const withDocuments = (fact: Fact | undefined, present: Set<string>): Fact => ({
  path: 'documents',
  state: fact?.state ?? 'known',
  value: [...present],
  evidence: fact?.evidence ?? [],
});
