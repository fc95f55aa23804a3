import type { FactSheet } from '../../../shared/facts/fact.ts';
import { type Condition, evaluate, type Test, testsOf } from '../../../shared/rules/conditions.ts';
import type { Truth } from '../../../shared/rules/truth.ts';

/**
 * A condition read part by part, without anything kept: what a compiled one is compared with. A single test is taken from
 * the product; the unit tests hold each operator to its values.
 */
export function plainTruth(condition: Condition, facts: FactSheet): Truth {
  const parts = testsOf(condition).map(([path, test]) =>
    path === 'any'
      ? plainAny(test as Condition[], facts)
      : evaluate({ [path]: structuredClone(test) as Test }, facts),
  );
  return join(parts, false, true);
}

const plainAny = (conditions: Condition[], facts: FactSheet): Truth =>
  join(
    conditions.map((condition) => plainTruth(condition, facts)),
    true,
    false,
  );

/** @param decisive one part with it decides; `otherwise` where every part has the other value */
function join(parts: Truth[], decisive: boolean, otherwise: boolean): Truth {
  const has = (truth: Truth['truth']): boolean => parts.some((part) => part.truth === truth);
  const truth = has(decisive) ? decisive : has(null) ? null : otherwise;
  return {
    truth,
    used: [...new Set(parts.flatMap(({ used }) => used))],
    needs: truth === null ? [...new Set(parts.flatMap(({ needs }) => needs))] : [],
  };
}
