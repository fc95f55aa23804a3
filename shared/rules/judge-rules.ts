import type { RuleBook, RuleOf } from './rule.ts';
import { evaluatorOfRule, fill, isExempt, type RuleContext } from './rule-context.ts';
import {
  type ChecklistLine,
  type Contribution,
  cannotTell,
  NOTHING,
  notApplicable,
  type RuleResult,
  type RuleStatus,
  type RuleTrace,
} from './rule-result.ts';
import type { AnyTemplate } from './rule-template.ts';
import { templateOf } from './templates/registry.ts';
import type { Evaluator, Truth } from './truth.ts';

/** A rule of the edition and what it came to. */
export interface Judged {
  rule: RuleOf;
  result: RuleResult;
  /** the line of the explanation */
  trace: RuleTrace;
  hasEffect: boolean;
  /** its findings count; a what-if evaluates only the rules it names, the others still contribute */
  isEvaluated: boolean;
}

/** Judges rules one by one, in the order given. */
export const judgeRules = (rules: RuleOf[], context: RuleContext): Judged[] =>
  preparedFor(rules, context.edition).map((prepared) => {
    const judged = judgeRule(prepared, context);
    if (context.isEvaluated(judged.rule)) return judged;
    return { ...judged, result: { ...judged.result, findings: [] }, isEvaluated: false };
  });

/** It says more than its line of the explanation. The folds of a decision pass over the others. */
export const hasEffect = (judged: Judged): boolean => judged.hasEffect;

export const isClaimRule = (rule: RuleOf): boolean => templateOf(rule).isClaim === true;

/** The same rule with another result. */
export const judgedAs = (rule: RuleOf, result: RuleResult): Judged => {
  const { findings, contributes, status, whenNotReturned } = result;
  // A set of documents is open while one of its rules could hold (decision/fold/documents.ts).
  const isOpenSet = rule.document_set !== undefined && status !== 'not_applicable';
  const hasEffect =
    findings.length > 0 || contributes !== NOTHING || whenNotReturned !== undefined || isOpenSet;
  return { rule, result, trace: traceOf(rule, result), hasEffect, isEvaluated: true };
};

/** What does not depend on the packet, looked up once per edition. */
interface PreparedRule {
  rule: RuleOf;
  template: AnyTemplate;
  conditions: Evaluator;
  checklist: ChecklistLine[] | undefined;
  /** it is settled as soon as its conditions are answered */
  isConstant: boolean;
  /** results that follow from the answer of the conditions alone, without and with a rule that switches it off */
  settled: Map<Truth, Judged>;
  settledOff: Map<Truth, Judged>;
}

const prepared = new WeakMap<RuleOf[], PreparedRule[]>();

function preparedFor(rules: RuleOf[], edition: RuleBook): PreparedRule[] {
  const existing = prepared.get(rules) ?? rules.map((rule) => prepare(rule, edition));
  prepared.set(rules, existing);
  return existing;
}

function prepare(rule: RuleOf, edition: RuleBook): PreparedRule {
  const template = templateOf(rule);
  return {
    rule,
    template,
    conditions: evaluatorOfRule(rule),
    checklist: checklistOf(rule, edition),
    isConstant: template.isConstant === true && rule.lists_documents.length === 0,
    settled: new Map(),
    settledOff: new Map(),
  };
}

/** The questions the entry asks a person, with what the city has settled filled in. */
function checklistOf({ id, checklist, citation }: RuleOf, edition: RuleBook): ChecklistLine[] | undefined {
  if (!checklist) return undefined;
  const words = Object.fromEntries(
    Object.entries(edition.configuration).map(([key, { value }]) => [key, [value ?? ''].flat().join('、')]),
  );
  return [checklist]
    .flat()
    .map((question) => Object.freeze({ rule: id, question: fill(question, words), citation }));
}

function judgeRule(prepared: PreparedRule, context: RuleContext): Judged {
  const { rule, template, conditions, isConstant } = prepared;
  const held = context.answers.of(conditions);
  const isOff = held.truth !== false && isExempt(rule, context);
  if (held.truth !== true || isOff || isConstant) return settle(prepared, held, isOff, context);
  const result = template.judge(rule, context, held.used);
  return judgedAs(rule, withChecklist(prepared, withLists(rule, context, result)));
}

/** One object for every packet on which the conditions give the same answer. */
function settle(prepared: PreparedRule, held: Truth, isOff: boolean, context: RuleContext): Judged {
  const results = isOff ? prepared.settledOff : prepared.settled;
  const existing = results.get(held);
  if (existing) return existing;
  const judged = judgedAs(prepared.rule, freeze(settledResult(prepared, held, isOff, context)));
  if (results.size < MOST_SETTLED) results.set(held, judged);
  return judged;
}

/** A rule has a few answers; a hostile packet must not fill the memory. */
const MOST_SETTLED = 1000;

function settledResult(
  prepared: PreparedRule,
  held: Truth,
  isOff: boolean,
  context: RuleContext,
): RuleResult {
  const { rule, template } = prepared;
  if (held.truth === false) return notApplicable(held.used);
  if (held.truth === null) {
    const status: RuleStatus = template.whenUnknown ?? 'cannot_tell';
    const result = { ...cannotTell(held.needs, held.used), status };
    return isOff ? result : withChecklist(prepared, result);
  }
  if (isOff) return { ...notApplicable(held.used), status: 'exempt' };
  return withChecklist(prepared, withLists(rule, context, template.judge(rule, context, held.used)));
}

function freeze(result: RuleResult): RuleResult {
  Object.freeze(result.findings);
  Object.freeze(result.contributes);
  return Object.freeze(result);
}

/** Documents the entry lists: required, and never a finding. */
function withLists(rule: RuleOf, { documents }: RuleContext, result: RuleResult): RuleResult {
  if (rule.lists_documents.length === 0) return result;
  const { required = [], optional = [], missing = [] } = result.contributes.documents ?? {};
  const listed: Contribution['documents'] = {
    required: [...rule.lists_documents, ...required],
    optional,
    missing: [...rule.lists_documents.filter((key) => !documents.has(key)), ...missing],
  };
  return { ...result, contributes: { ...result.contributes, documents: listed } };
}

const withChecklist = ({ checklist }: PreparedRule, result: RuleResult): RuleResult =>
  checklist ? { ...result, contributes: { ...result.contributes, checklist } } : result;

/** A rule another one switches off does not apply. */
const traceOf = ({ id, edition, citation, summary }: RuleOf, result: RuleResult): RuleTrace => ({
  rule: id,
  edition,
  status: result.status === 'exempt' ? 'not_applicable' : result.status,
  citation,
  summary,
  used: distinct(result.used),
  needs: distinct(result.needs),
});

/** The lists are short and seldom repeat a fact: comparing costs less than a set. */
const distinct = (paths: string[]): string[] =>
  paths.some((path, index) => paths.indexOf(path) !== index) ? [...new Set(paths)] : paths;
