import { putDerived } from '../../facts/derive/put-derived.ts';
import { classesOf } from '../../facts/derive/service-classes.ts';
import { deriveServiceKinds } from '../../facts/derive/service-kinds.ts';
import { type FactSheet, factValue } from '../../facts/fact.ts';
import { kindOf } from '../../vocabulary/category.ts';
import type { RuleBook } from '../rule.ts';
import { plannedKind } from './category-rows.ts';

/** The fact that tells the services of the month. `isNone`: it tells that none was used. */
export type ServicesSource = { path: string; isNone: boolean } | undefined;

/** Puts the classes of the services: of the month's record, else of its plan. */
export function deriveServices(facts: FactSheet, edition: RuleBook): ServicesSource {
  const source = findSource(facts, edition);
  if (!source) return undefined;
  const { path, isNone } = source;
  const services = isNone ? [] : (factValue<{ class: string }[]>(facts, path) ?? []);
  putDerived(facts, 'services', classesOf(services), { from: path, assumed: path === 'services_planned' });
  if (!isNone) deriveServiceKinds(facts, path);
  return source;
}

function findSource(facts: FactSheet, edition: RuleBook): ServicesSource {
  if (factValue(facts, 'services_actual')) return { path: 'services_actual', isNone: false };
  if (factValue<boolean>(facts, 'flags.no_service_used') === true)
    return { path: 'flags.no_service_used', isNone: true };
  if (!factValue(facts, 'services_planned') || isPlanOfMonthBefore(facts, edition)) return undefined;
  return { path: 'services_planned', isNone: false };
}

/** In a month that is called a switch, a plan that still makes the category before it was not what was used. */
function isPlanOfMonthBefore(facts: FactSheet, edition: RuleBook): boolean {
  if (factValue(facts, 'event') !== 'category_switch') return false;
  const planned = plannedKind(edition, facts);
  return planned !== undefined && planned === kindOf(factValue<string>(facts, 'previous_category'));
}
