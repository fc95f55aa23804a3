import type { RuleBook, RuleOf } from './rule.ts';
import { evaluatorOfRule, fill, type RuleContext } from './rule-context.ts';
import {
  type ChecklistLine,
  type Contribution,
  cannotTell,
  NOTHING,
  notApplicable,
  type RuleResult,
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
export function judgeRules(rules: RuleOf[], context: RuleContext): Judged[] {
  const judged = preparedFor(rules, context.edition).map((prepared) => judgeRule(prepared, context));
  for (let i = 0; i < judged.length; i++)
    if (!context.isEvaluated(judged[i]!.rule)) judged[i] = notEvaluated(judged[i]!);
  return judged;
}

const notEvaluated = (judged: Judged): Judged => ({
  ...judged,
  result: { ...judged.result, findings: [] },
  isEvaluated: false,
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
  /** the conditions under which another rule switches it off */
  exemption: Evaluator | undefined;
  checklist: ChecklistLine[] | undefined;
  listsDocuments: boolean;
  /** it is settled as soon as its conditions are answered */
  isConstant: boolean;
  /** results that follow from the answer of the conditions alone, without and with a rule that switches it off */
  settled: SettledResults;
  settledOff: SettledResults;
  /** those where the template finds that the rule does not concern the packet */
  unconcerned: SettledResults;
}

/** The results of a rule by the answer of its conditions: most have two or three, faster to compare than to hash. */
class SettledResults {
  readonly #answers: Truth[] = [];
  readonly #judged: Judged[] = [];

  of(held: Truth): Judged | undefined {
    const answers = this.#answers;
    for (let i = 0; i < answers.length; i++) if (answers[i] === held) return this.#judged[i];
    return undefined;
  }

  /** One object for every packet on which the conditions give the same answer. */
  keep(held: Truth, rule: RuleOf, result: RuleResult): Judged {
    const judged = judgedAs(rule, freeze(result));
    if (this.#answers.length < MOST_SETTLED) {
      this.#answers.push(held);
      this.#judged.push(judged);
    }
    return judged;
  }
}

/** A rule has a few answers; a hostile packet must not fill the memory. */
const MOST_SETTLED = 100;

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
    exemption: rule.exempt_by && evaluatorOfRule(rule.exempt_by),
    checklist: checklistOf(rule, edition),
    listsDocuments: rule.lists_documents.length > 0,
    isConstant: template.isConstant === true && rule.lists_documents.length === 0,
    settled: new SettledResults(),
    settledOff: new SettledResults(),
    unconcerned: new SettledResults(),
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
  const { rule, conditions, exemption, settled, settledOff, unconcerned } = prepared;
  const held = context.answers.of(conditions);
  if (exemption && isSwitchedOff(held, exemption, context))
    return settledOff.of(held) ?? settledOff.keep(held, rule, exemptResult(prepared, held));
  if (held.truth !== true) return settled.of(held) ?? settled.keep(held, rule, openResult(prepared, held));
  const known = prepared.isConstant ? settled.of(held) : undefined;
  if (known) return known;
  const result = resultOf(prepared, held, context);
  if (!result)
    return unconcerned.of(held) ?? unconcerned.keep(held, rule, completed(prepared, held, context));
  return prepared.isConstant ? settled.keep(held, rule, result) : judgedAs(rule, result);
}

const isSwitchedOff = (held: Truth, exemption: Evaluator, { answers }: RuleContext): boolean =>
  held.truth !== false && answers.of(exemption).truth === true;

const exemptResult = (prepared: PreparedRule, held: Truth): RuleResult =>
  held.truth === null ? undecided(prepared, held) : { ...notApplicable(held.used), status: 'exempt' };

/** Its conditions do not hold, or are undecided. */
const openResult = (prepared: PreparedRule, held: Truth): RuleResult =>
  held.truth === null ? withChecklist(prepared, undecided(prepared, held)) : notApplicable(held.used);

const undecided = ({ template }: PreparedRule, { needs, used }: Truth): RuleResult => ({
  ...cannotTell(needs, used),
  status: template.whenUnknown ?? 'cannot_tell',
});

/** What its template makes of it; undefined where it does not concern the packet and lists no documents. */
function resultOf(prepared: PreparedRule, held: Truth, context: RuleContext): RuleResult | undefined {
  const { rule, template, listsDocuments } = prepared;
  const result = template.judge(rule, context, held.used);
  return result || listsDocuments ? completed(prepared, held, context, result) : undefined;
}

/** With the documents and the questions of the entry. */
const completed = (
  prepared: PreparedRule,
  { used }: Truth,
  context: RuleContext,
  result = notApplicable(used),
): RuleResult => withChecklist(prepared, withLists(prepared, context, result));

function freeze(result: RuleResult): RuleResult {
  Object.freeze(result.contributes);
  return Object.freeze(result);
}

/** Documents the entry lists: required, and never a finding. */
function withLists(
  { rule, listsDocuments }: PreparedRule,
  { documents }: RuleContext,
  result: RuleResult,
): RuleResult {
  if (!listsDocuments) return result;
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
const distinct = (paths: readonly string[]): readonly string[] =>
  paths.some((path, index) => paths.indexOf(path) !== index) ? [...new Set(paths)] : paths;
