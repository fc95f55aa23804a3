import { type FactSheet, factValue } from '../fact.ts';
import { putDerived } from './put-derived.ts';

/** 計画種類 of the plan, as the standard CSV codes it: 1 介護予防支援, else 介護予防ケアマネジメント. */
export function deriveDeclaredKind(facts: FactSheet): void {
  const planKind = factValue<string>(facts, 'plan_kind');
  if (!planKind) return;
  putDerived(facts, 'declared_kind', planKind === '1' ? 'yobo_shien' : 'yobo_cm', { from: 'plan_kind' });
}
