import type { Evidence, FactSheet } from '../facts/fact.ts';
import type { Finding, Where } from '../findings/finding.ts';
import { type Condition, evaluate, type Truth } from './conditions.ts';
import type { EntryOf, Template, Violation } from './entry.ts';
import type { Edition, Rule } from './profile.ts';
import type { Deadline } from './rule-trace.ts';

export type RuleOf<T extends Template> = Rule & EntryOf<T>;

/** What a rule's template may read: the facts, the documents, the edition, and which rules are being evaluated. */
export interface RuleContext {
  facts: FactSheet;
  /** document keys present, with what they imply */
  documents: Set<string>;
  edition: Edition;
  month: string | undefined;
  /** whether a rule's own conditions hold of the facts; every rule is looked at once, however many ask */
  holds(rule: Conditional): Truth;
  /** true when this rule's findings count (a what-if may name only some rules) */
  isEvaluated(rule: Rule): boolean;
}

export interface RuleResult {
  status: 'satisfied' | 'violated' | 'not_applicable' | 'cannot_tell';
  findings: Finding[];
  used: string[];
  needs: string[];
  deadlines?: Deadline[];
}

export const notApplicable = (truth: Truth): RuleResult => ({
  status: 'not_applicable',
  findings: [],
  used: truth.used,
  needs: [],
});
export const cannotTell = (needs: string[], used: string[] = []): RuleResult => ({
  status: 'cannot_tell',
  findings: [],
  used,
  needs,
});
export const satisfied = (used: string[]): RuleResult => ({
  status: 'satisfied',
  findings: [],
  used,
  needs: [],
});

interface Conditional {
  when?: Condition | undefined;
  unless?: Condition | undefined;
}

/** As `applies`, and remembers the answer of each rule: for facts that do not change any more. */
export function memoizeOn(facts: FactSheet): (rule: Conditional) => Truth {
  const truths = new Map<Conditional, Truth>();
  return (rule) => {
    const known = truths.get(rule);
    if (known) return known;
    const truth = applies(rule, facts);
    truths.set(rule, truth);
    return truth;
  };
}

/** Whether a rule's own conditions hold: `when` must be true, and `unless` must not be. */
export function applies(rule: Conditional, facts: FactSheet): Truth {
  const when = evaluate(rule.when, facts);
  if (when.truth !== true) return when;
  if (!rule.unless) return when;
  const unless = evaluate(rule.unless, facts);
  return { truth: unless.truth !== true, used: [...when.used, ...unless.used], needs: [] };
}

/**
 * What the city has settled under a key of its configuration; undefined while it is open (null, or an empty list).
 * An entry that needs such a value names it as `config.<key>`.
 */
export function cityConfig<T>(edition: Edition, key: string): T | undefined {
  const value = edition.configuration[key.replace(/^config\./, '')]?.value;
  return value === null || (Array.isArray(value) && value.length === 0)
    ? undefined
    : (value as T | undefined);
}

/** Fills `{name}` in a sentence of the profile; a name without a value stays out rather than printing braces. */
export const fill = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** The finding of a violated rule, placed where the facts that violate it were read. */
export function findingOf(
  rule: Rule,
  violation: Violation,
  context: RuleContext,
  about: string[],
  values: Record<string, string> = {},
): Finding {
  return {
    code: violation.code,
    severity: violation.severity,
    rule: rule.id,
    rules: [rule.id, ...rule.also],
    edition: rule.edition,
    citation: rule.citation,
    where: placeOf(about, context.facts),
    message: fill(violation.message, values),
    remedy: fill(violation.remedy, values),
  };
}

/** The first place in a document that any of these facts was read from. */
function placeOf(paths: string[], facts: FactSheet): Where {
  const evidence: Evidence[] = paths.flatMap((p) => facts.get(p)?.evidence ?? []);
  return evidence.find((e) => e.where.file)?.where ?? {};
}
