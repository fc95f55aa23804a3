import { BOUNDARIES, type Condition, type Test, testsOf } from './conditions.ts';
import type { BaseEntry } from './entry-base.ts';

/** The conditions under which a rule applies. */
export const applyingConditions = (
  rule: Partial<Pick<BaseEntry, 'when' | 'unless' | 'exempt_by'>>,
): Condition[] => [rule.when, rule.unless, rule.exempt_by?.when].filter((c) => c !== undefined);

/** The facts those conditions read, without those they only compare them with. */
export const readByConditions = (rule: Parameters<typeof applyingConditions>[0]): string[] =>
  applyingConditions(rule).flatMap((c) => pathsOf(c).read);

/** Facts a condition reads, and those it only compares them with. */
export function pathsOf(condition: Condition): { read: string[]; compared: string[] } {
  const result = { read: [] as string[], compared: [] as string[] };
  for (const [path, test] of testsOf(condition)) {
    if (path === 'any') {
      for (const part of (test as Condition[]).map(pathsOf)) {
        result.read.push(...part.read);
        result.compared.push(...part.compared);
      }
      continue;
    }
    result.read.push(path);
    if (typeof test !== 'object' || Array.isArray(test)) continue;
    const spec = test as Exclude<Test, string | number | boolean | unknown[]>;
    if (spec.same_as) result.read.push(spec.same_as);
    if (spec.months_before) result.read.push(spec.months_before.fact);
    const limits = [spec.before, spec.on_or_after, spec.on_or_before].filter((x) => x !== undefined);
    result.compared.push(...limits.filter((x) => !/^\d{4}-/.test(x) && !BOUNDARIES.has(x)));
  }
  return result;
}
