import { putDerived } from '../../facts/derive/put-derived.ts';
import { type FactSheet, factValue } from '../../facts/fact.ts';
import { BODIES, isCategory, kindOf } from '../../vocabulary/category.ts';
import type { RuleBook } from '../rule.ts';
import { plannedKind } from './category-rows.ts';

/**
 * Whether the category of this month differs from the month before: from the month before where it is known,
 * else from the event, else from a plan that differs from what was used.
 */
export function deriveSwitch(facts: FactSheet, edition: RuleBook): void {
  const now = factValue<string>(facts, 'category_kind');
  const before = kindOf(factValue<string>(facts, 'previous_category'));
  const event = factValue<string>(facts, 'event');
  const put = (isSwitch: boolean, from: string, assumed = false): void =>
    putDerived(facts, 'is_switch', isSwitch, { from, assumed });
  if (before) putDerived(facts, 'previous_kind', before, { from: 'previous_category' });
  // A month without any use is no switch, whatever the sender calls it.
  if (factValue<boolean>(facts, 'flags.no_service_used') === true) put(false, 'flags.no_service_used');
  else if (event === 'category_switch') put(true, 'event');
  // Leaving for 居宅介護支援 is a hand-over, not a turn between the two preventive categories.
  else if (now === 'kyotaku' || before === 'kyotaku') put(false, 'certification');
  else if (before && now) put(before !== now, 'previous_category');
  else put(event !== 'new' && differsFromPlan(facts, edition, now), 'services_actual', true);
  deriveResponsible(facts);
  if (!before && event !== 'category_switch') deriveResponsibleOfPlan(facts);
}

/** Whether another body is 担当 than in the month before; unknown where one of the two months is. */
function deriveResponsible(facts: FactSheet): void {
  const [before, now] = ['previous_category', 'category'].map((path) => {
    const category = factValue<string>(facts, path) ?? null;
    return isCategory(category) ? BODIES[category].responsible : null;
  });
  if (before && now) putDerived(facts, 'responsible_changes', before !== now, { from: 'previous_category' });
}

/**
 * A switch that only the plan of this month shows: an office without designation planned the month as a commission, so
 * the center was 担当 then and is now.
 */
function deriveResponsibleOfPlan(facts: FactSheet): void {
  const now = factValue<string>(facts, 'category') ?? null;
  const isCenters = isCategory(now) && BODIES[now].responsible === 'hokatsu_center';
  if (isCenters && factValue<boolean>(facts, 'office_designated_yobo_shien') === false)
    putDerived(facts, 'responsible_changes', false, { from: 'office_designated_yobo_shien', assumed: true });
}

/** Whether the services of the plan make another category than the services used. */
function differsFromPlan(facts: FactSheet, edition: RuleBook, now: string | undefined): boolean {
  if (!now || !facts.has('services_actual')) return false;
  const planned = plannedKind(edition, facts);
  return planned !== undefined && planned !== now;
}
