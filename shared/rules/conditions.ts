import { z } from 'zod';
import { lastDayOf, sameDayAfter } from '../calendar/days.ts';
import { type FactSheet, factValue } from '../facts/fact.ts';

/**
 * The conditions of a profile: what must hold of the facts, written as data.
 * A condition is true, false, or unknown when a fact it reads is missing. Unknown never counts as either.
 */
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const testSchema = z.union([
  scalar,
  z.array(scalar),
  z.strictObject({
    /** exactly this value; for use beside `unknown` (a fact that is only reported when it happened) */
    is: scalar.optional(),
    /** none of these values */
    not: z.array(scalar).optional(),
    /** a list that holds all of these */
    includes: z.array(scalar).optional(),
    /** a list that holds at least one of these */
    includes_any: z.array(scalar).optional(),
    /** a list that holds none of these */
    lacks: z.array(scalar).optional(),
    /** a list of things, one of which has all these values */
    some: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional(),
    /** the contracts hold one between all these parties */
    has_contract: z.array(z.string()).optional(),
    /** a list with nothing in it, or with something in it */
    empty: z.boolean().optional(),
    at_least: z.number().optional(),
    /** earlier than this date or month, or than another fact */
    before: z.string().optional(),
    /** this date or month or later, or another fact */
    on_or_after: z.string().optional(),
    /** this date or month or earlier, or another fact */
    on_or_before: z.string().optional(),
    /** the same value as another fact */
    same_as: z.string().optional(),
    /** at least this many months before the day in another fact */
    months_before: z.strictObject({ fact: z.string(), months: z.number() }).optional(),
    /** whether any source has a value for it */
    known: z.boolean().optional(),
    /** what to take when the fact is missing; without it the condition is unknown */
    unknown: z.boolean().optional(),
  }),
]);
export type Test = z.infer<typeof testSchema>;

/** All of `fact path: test`; `any` holds alternatives of which one is enough. */
export interface Condition {
  [path: string]: Test | Condition[] | undefined;
  any?: Condition[];
}
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.object({ any: z.array(conditionSchema).optional() }).catchall(testSchema as z.ZodType<Test>),
) as z.ZodType<Condition>;

export interface Truth {
  /** null: cannot tell */
  truth: boolean | null;
  used: string[];
  needs: string[];
}

export function evaluate(condition: Condition | undefined, facts: FactSheet): Truth {
  const result: Truth = { truth: true, used: [], needs: [] };
  if (!condition) return result;
  for (const path in condition) {
    const test = condition[path];
    if (test === undefined) continue;
    const part = path === 'any' ? anyOf(test as Condition[], facts) : evaluateTest(path, test as Test, facts);
    for (const one of part.used) result.used.push(one);
    for (const one of part.needs) result.needs.push(one);
    if (part.truth === false) result.truth = false;
    else if (part.truth === null && result.truth === true) result.truth = null;
  }
  if (result.truth !== null) result.needs = [];
  return result;
}

function anyOf(conditions: Condition[], facts: FactSheet): Truth {
  const parts = conditions.map((c) => evaluate(c, facts));
  const truth = parts.some((p) => p.truth === true)
    ? true
    : parts.some((p) => p.truth === null)
      ? null
      : false;
  return {
    truth,
    used: parts.flatMap((p) => p.used),
    needs: truth === null ? parts.flatMap((p) => p.needs) : [],
  };
}

function evaluateTest(path: string, test: Test, facts: FactSheet): Truth {
  const value = factValue(facts, path);
  const spec = typeof test === 'object' && !Array.isArray(test) ? test : null;
  if (spec?.known !== undefined)
    return { truth: (value !== undefined) === spec.known, used: [path], needs: [] };
  if (value === undefined) {
    if (spec?.unknown !== undefined) return { truth: spec.unknown, used: [], needs: [] };
    return { truth: null, used: [], needs: [path] };
  }
  if (!spec) {
    const allowed = Array.isArray(test) ? test : [test];
    return { truth: (allowed as unknown[]).includes(value), used: [path], needs: [] };
  }
  return evaluateSpec(path, value, spec, facts);
}

function evaluateSpec(
  path: string,
  value: unknown,
  spec: Exclude<Test, string | number | boolean | (string | number | boolean)[]>,
  facts: FactSheet,
): Truth {
  const used = [path];
  const list = (Array.isArray(value) ? value : [value]) as unknown[];
  const other = (ref: string): string | undefined => (/^\d{4}-/.test(ref) ? ref : boundary(ref, facts));
  let truth = true;
  const needs: string[] = [];
  const compare = (ref: string, holds: (limit: string) => boolean): void => {
    const limit = other(ref);
    if (limit === undefined) needs.push(BOUNDARIES.has(ref) ? 'service_month' : ref);
    else if (!holds(limit)) truth = false;
  };
  if (spec.is !== undefined && spec.is !== value) truth = false;
  if (spec.not && (spec.not as unknown[]).includes(value)) truth = false;
  if (spec.includes && !spec.includes.every((x) => list.includes(x))) truth = false;
  if (spec.includes_any && !spec.includes_any.some((x) => list.includes(x))) truth = false;
  if (spec.lacks?.some((x) => list.includes(x))) truth = false;
  if (spec.some) {
    const wanted = Object.entries(spec.some);
    const fits = (thing: Record<string, unknown>): boolean =>
      wanted.every(([key, values]) => ([values].flat() as unknown[]).includes(thing[key]));
    if (!(list as Record<string, unknown>[]).some(fits)) truth = false;
  }
  if (spec.has_contract) {
    const parties = spec.has_contract;
    if (!(list as string[][]).some((c) => parties.every((p) => c.includes(p)))) truth = false;
  }
  if (spec.empty !== undefined && (Array.isArray(value) && value.length === 0) !== spec.empty) truth = false;
  if (spec.at_least !== undefined && !(Number(value) >= spec.at_least)) truth = false;
  if (spec.before) compare(spec.before, (limit) => String(value) < limit);
  if (spec.on_or_after) compare(spec.on_or_after, (limit) => String(value) >= limit);
  if (spec.on_or_before) compare(spec.on_or_before, (limit) => String(value) <= limit);
  if (spec.same_as) {
    const reference = factValue(facts, spec.same_as);
    if (reference === undefined) needs.push(spec.same_as);
    else if (reference !== value) truth = false;
    used.push(spec.same_as);
  }
  if (spec.months_before) {
    const { fact, months } = spec.months_before;
    const day = factValue<string>(facts, fact);
    if (day === undefined) needs.push(fact);
    else if (sameDayAfter(String(value), months) > day) truth = false;
    used.push(fact);
  }
  if (truth && needs.length > 0) return { truth: null, used, needs };
  return { truth, used, needs: [] };
}

/** Ends of the service month: not facts, but days that follow from one. */
export const BOUNDARIES = new Set(['month_start', 'month_end']);

/** `month_start` and `month_end` are the first and last day of the service month. */
function boundary(ref: string, facts: FactSheet): string | undefined {
  const month = factValue<string>(facts, 'service_month');
  if (ref === 'month_start') return month && `${month}-01`;
  if (ref === 'month_end') return month && lastDayOf(month);
  return factValue<string>(facts, ref);
}
