import { putDerived } from '../../facts/derive/put-derived.ts';
import type { FactSheet } from '../../facts/fact.ts';
import type { RuleBook } from '../rule.ts';
import { categoryByRows } from './category-rows.ts';
import type { ServicesSource } from './services.ts';

/**
 * Puts the category the rows make. Returns the facts it was read from.
 * No source tells the category of a month without any service: a person decides it.
 */
export function deriveCategory(
  facts: FactSheet,
  edition: RuleBook,
  source: ServicesSource,
): readonly string[] {
  const { kind, category, rule, used } = categoryByRows(edition, facts);
  if (source?.isNone && kind !== 'kyotaku') return [...used, source.path];
  if (kind) putDerived(facts, 'category_kind', kind, { from: used[0] });
  if (category) putDerived(facts, 'category', category, { from: used[0] });
  if (rule) putDerived(facts, 'category_rule', rule);
  return source ? [...used, source.isNone ? 'services_planned' : source.path] : used;
}
