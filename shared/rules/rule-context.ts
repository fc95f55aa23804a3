import { type Evidence, type FactSheet, factValue } from '../facts/fact.ts';
import { historyText } from '../facts/history-text.ts';
import type { Finding, Where } from '../findings/finding.ts';
import { ownValue } from '../text/own-value.ts';
import type { Category } from '../vocabulary/category.ts';
import type { HistoryMonth } from '../vocabulary/history.ts';
import { type Condition, evaluatorOf } from './conditions.ts';
import type { Violation } from './entry-base.ts';
import type { RuleBook, RuleOf } from './rule.ts';
import {
  type Evaluate,
  type Evaluator,
  evaluatorFor,
  FreshAnswers,
  KeptAnswers,
  type Truth,
  TruthTree,
  truthOf,
} from './truth.ts';

/** What a template may read: the facts, the documents, the edition, and which rules are evaluated. */
export interface RuleContext {
  facts: FactSheet;
  /** document keys present, with what they imply */
  documents: Set<string>;
  edition: RuleBook;
  month: string | undefined;
  /** the category that is billed; null where it is not known */
  category: Category | null;
  /** a what-if evaluates only the rules it names */
  isWhatIf: boolean;
  /** whether a rule's own conditions hold of the facts; each rule is evaluated once */
  holds(rule: Conditional): Truth;
  /** whether this rule's findings count */
  isEvaluated(rule: RuleOf): boolean;
}

interface Conditional {
  when?: Condition | undefined;
  unless?: Condition | undefined;
}

/** As `applies`, and keeps the answer of each condition: for facts that do not change any more. */
export function memoizeOn(facts: FactSheet): (rule: Conditional) => Truth {
  const answers = new KeptAnswers(facts);
  return (rule) => answers.of(evaluatorOfRule(rule));
}

/** Whether a rule's own conditions hold: `when` must be true, and `unless` must not be. */
export const applies = (rule: Conditional, facts: FactSheet): Truth =>
  new FreshAnswers(facts).of(evaluatorOfRule(rule));

function evaluatorOfRule(rule: Conditional): Evaluator {
  const existing = evaluators.get(rule);
  if (existing) return existing;
  const evaluator = rule.unless
    ? evaluatorFor([rule.when, rule.unless], () => compileRule(rule))
    : evaluatorOf(rule.when);
  evaluators.set(rule, evaluator);
  return evaluator;
}
const evaluators = new WeakMap<Conditional, Evaluator>();

function compileRule({ when, unless }: Conditional): Evaluate {
  const [holds, isExcepted] = [evaluatorOf(when), evaluatorOf(unless)];
  const tree = new TruthTree(([held, excepted]) =>
    truthOf(excepted!.truth !== true, [...held!.used, ...excepted!.used], []),
  );
  return (answers) => {
    const held = answers.of(holds);
    if (held.truth !== true) return held;
    return tree.truthAt(tree.next(tree.next(tree.root, held), answers.of(isExcepted)));
  };
}

/** Whether another rule of the source switches this one off. */
export const isExempt = (rule: RuleOf, context: RuleContext): boolean =>
  rule.exempt_by !== undefined && context.holds(rule.exempt_by).truth === true;

/** Fills `{name}` in a sentence of the profile; a name without a value leaves nothing rather than braces. */
export const fill = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => ownValue(values, name) ?? '');

/** Values of facts for the sentences: `{cert_valid_to}`, `{plan_fixed}`. */
export const valuesOf = (paths: string[], { facts }: RuleContext): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [nameOfFact(path), textOf(path, factValue(facts, path))]));

const textOf = (path: string, value: unknown): string =>
  path === 'history' && value !== undefined ? historyText(value as HistoryMonth[]) : String(value ?? '');

/** The name of a fact in a sentence: `dates.plan_fixed` → `plan_fixed`. */
export const nameOfFact = (path: string): string => path.split('.').at(-1) ?? path;

/** The finding of a violated rule, at the place its facts were read from. */
export function findingOf(
  rule: RuleOf,
  violation: Violation,
  context: RuleContext,
  about: string[],
  values: Record<string, string> = {},
): Finding {
  return {
    code: violation.code,
    severity: violation.severity,
    rule: rule.id,
    rules: [rule.id, ...rule.also_judges],
    edition: rule.edition,
    citation: rule.citation,
    where: whereRead(about, context.facts),
    message: fill(violation.message, values),
    remedy: fill(violation.remedy, values),
  };
}

/** The first place in a document that one of these facts was read from. */
function whereRead(paths: string[], facts: FactSheet): Where {
  const evidence: Evidence[] = paths.flatMap((path) => facts.get(path)?.evidence ?? []);
  return evidence.find((e) => e.where.file)?.where ?? {};
}
