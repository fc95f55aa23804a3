import { eraText } from '../calendar/wareki.ts';
import { type Evidence, type FactSheet, factValue } from '../facts/fact.ts';
import { historyText } from '../facts/history-text.ts';
import type { Finding, Where } from '../findings/finding.ts';
import { ownValue } from '../text/own-value.ts';
import { printable } from '../text/printable.ts';
import type { Category } from '../vocabulary/category.ts';
import type { HistoryMonth } from '../vocabulary/history.ts';
import { type Condition, evaluatorOf, partsOf } from './conditions.ts';
import type { Violation } from './entry-base.ts';
import type { RuleBook, RuleOf } from './rule.ts';
import {
  type Evaluate,
  type Evaluator,
  evaluatorFor,
  FreshAnswers,
  type KeptAnswers,
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
  /** whether conditions hold of the facts, each answered once */
  answers: KeptAnswers;
  /** what templates compute once for all their rules (`oncePerContext`) */
  computed: Map<unknown, unknown>;
  /** whether this rule's findings count */
  isEvaluated(rule: RuleOf): boolean;
}

interface Conditional {
  when?: Condition | undefined;
  unless?: Condition | undefined;
}

/** Whether a rule's own conditions hold: `when` must be true, and `unless` must not be. */
export const applies = (rule: Conditional, facts: FactSheet): Truth =>
  new FreshAnswers(facts).of(evaluatorOfRule(rule));

/** The same, each condition answered once in a decision. */
export const holds = (rule: Conditional, { answers }: RuleContext): Truth =>
  answers.of(evaluatorOfRule(rule));

/**
 * The compiled conditions of a rule. A rule that does not apply names the facts of the first part that fails: that part
 * alone decides it, and the others are not asked.
 */
export function evaluatorOfRule(rule: Conditional): Evaluator {
  const existing = evaluators.get(rule);
  if (existing) return existing;
  const { when, unless } = rule;
  const parts = partsOf(when);
  const isOnePart = parts.length === 1 && !unless;
  const evaluator = isOnePart
    ? parts[0]!
    : evaluatorFor(['rule', when, unless], () => compileRule(rule, parts));
  evaluators.set(rule, evaluator);
  return evaluator;
}
const evaluators = new WeakMap<Conditional, Evaluator>();

/** Where no part fails the whole condition is asked, which other rules may share. */
function compileRule({ when, unless }: Conditional, parts: Evaluator[]): Evaluate {
  const holds = evaluatorOf(when);
  const isExcepted = unless && compileException(evaluatorOf(unless));
  return (answers) => {
    for (let i = 0; i < parts.length; i++) {
      const truth = answers.of(parts[i]!);
      if (truth.truth === false) return truth;
    }
    const held = answers.of(holds);
    return held.truth === true && isExcepted ? isExcepted(held, answers) : held;
  };
}

/** What holds, unless the exception does. */
function compileException(exception: Evaluator): (held: Truth, answers: Parameters<Evaluate>[0]) => Truth {
  const tree = new TruthTree(([held, excepted]) =>
    truthOf(excepted!.truth !== true, [...held!.used, ...excepted!.used], []),
  );
  return (held, answers) => tree.truthAt(tree.next(tree.next(tree.root, held), answers.of(exception)));
}

/** Computes once in a decision what every rule of a template asks for. */
export function oncePerContext<T>(compute: (context: RuleContext) => T): (context: RuleContext) => T {
  return (context) => {
    if (!context.computed.has(compute)) context.computed.set(compute, compute(context));
    return context.computed.get(compute) as T;
  };
}

/** Whether another rule of the source switches this one off. */
export const isExempt = (rule: RuleOf, context: RuleContext): boolean =>
  rule.exempt_by !== undefined && holds(rule.exempt_by, context).truth === true;

/**
 * Fills `{name}` in a sentence of the profile, dates as people write them; a name without a value leaves nothing rather than
 * braces.
 */
export function fill(sentence: string, values: Record<string, string>): string {
  const pieces = piecesOf(sentence);
  let filled = pieces[0]!;
  for (let i = 1; i < pieces.length; i += 2)
    filled += eraText(ownValue(values, pieces[i]!) ?? '') + pieces[i + 1]!;
  return filled;
}

/** The sentence cut at its names, which are every second piece. A profile has a few hundred sentences. */
function piecesOf(sentence: string): string[] {
  const existing = sentences.get(sentence) ?? sentence.split(/\{(\w+)\}/);
  sentences.set(sentence, existing);
  return existing;
}
const sentences = new Map<string, string[]>();

/** Values of facts for the sentences, as an office reads them: `{cert_valid_to}`, `{ended_by}`. */
export const valuesOf = (paths: readonly string[], context: RuleContext): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [nameOfFact(path), textOf(path, context)]));

function textOf(path: string, { facts, edition }: RuleContext): string {
  const value = factValue(facts, path);
  if (path === 'history' && value !== undefined) return historyText(value as HistoryMonth[]);
  return ownValue(edition.names, String(value)) ?? String(value ?? '');
}

/** The name of a fact in a sentence: `dates.plan_fixed` → `plan_fixed`. */
export const nameOfFact = (path: string): string => path.split('.').at(-1) ?? path;

/** The finding of a violated rule, at the place its facts were read from. */
export function findingOf(
  rule: RuleOf,
  violation: Violation,
  context: RuleContext,
  about: readonly string[],
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
    message: printable(fill(violation.message, values)),
    remedy: fill(violation.remedy, values),
    ...(violation.for_office && { for_office: violation.for_office }),
  };
}

/** The first place in a document that one of these facts was read from. */
function whereRead(paths: readonly string[], facts: FactSheet): Where {
  const evidence: Evidence[] = paths.flatMap((path) => facts.get(path)?.evidence ?? []);
  return evidence.find((e) => e.where.file)?.where ?? {};
}
