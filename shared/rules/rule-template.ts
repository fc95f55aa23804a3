import type * as z from 'zod';
import type { BaseEntry, Violation } from './entry-base.ts';
import type { RuleBook, RuleOf } from './rule.ts';
import type { RuleContext } from './rule-context.ts';
import type { RuleResult } from './rule-result.ts';

/**
 * A kind of rule: the shape of its YAML entry and how it is judged. One file of templates/ holds one template;
 * templates/registry.ts lists all, and the loader, the JSON schema, the guide and `decide` derive from that list.
 */
export interface RuleTemplate<S extends EntrySchema> extends AnyTemplate {
  entry: S;
  reads(rule: z.output<S>): string[];
  fills(rule: z.output<S>): string[];
  raises(rule: z.output<S>): Violation[];
  judge(rule: RuleOf<z.output<S>>, context: RuleContext, used: readonly string[]): RuleResult | undefined;
}

/** A template whose entry is not known. Its methods take the entries of that template alone. */
export interface AnyTemplate {
  /** the value of `template` in the entry */
  name: string;
  entry: z.ZodObject;
  /** facts it reads beside those of the entry's conditions */
  reads(rule: BaseEntry): string[];
  /** `{…}` its sentences may use */
  fills(rule: BaseEntry): string[];
  /** the findings it may raise */
  raises(rule: BaseEntry): Violation[];
  /**
   * Judges a rule whose conditions hold; undefined where it does not concern this packet after all.
   * @param used facts its conditions read
   */
  judge(rule: RuleOf, context: RuleContext, used: readonly string[]): RuleResult | undefined;
  /** its rules make the claim; judged first, because other rules read what may be claimed */
  isClaim?: true;
  /** its verdict is the same whatever the packet: its result is made once for each answer of the conditions */
  isConstant?: true;
  /** status where its conditions are undecided; `cannot_tell` unless given */
  whenUnknown?: 'checklist';
}

type EntrySchema = z.ZodType<BaseEntry> & z.ZodObject;

/** The rules of one template in an edition, in its order. */
export const rulesOf = <S extends EntrySchema>(
  { rules }: Pick<RuleBook, 'rules'>,
  { name }: RuleTemplate<S>,
): RuleOf<z.output<S>>[] => (byTemplate(rules).get(name) ?? []) as RuleOf<z.output<S>>[];

/** An edition is asked for the rules of a template in every decision. */
function byTemplate(rules: RuleOf[]): Map<string, RuleOf[]> {
  const known = groups.get(rules) ?? Map.groupBy(rules, ({ template }) => template);
  groups.set(rules, known);
  return known;
}
const groups = new WeakMap<RuleOf[], Map<string, RuleOf[]>>();
