import * as z from 'zod';
import { lastDayOf, sameDayAfter } from '../calendar/days.ts';
import { factValue, type ReadonlyFacts } from '../facts/fact.ts';
import type { HistoryMonth } from '../vocabulary/history.ts';
import { type MonthTest, monthTestSchema, someMonth } from './month-conditions.ts';
import {
  combine,
  type Evaluate,
  type Evaluator,
  evaluatorFor,
  FreshAnswers,
  type Truth,
  truthOf,
} from './truth.ts';

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
    /** the history has a month with all these values */
    some_month: monthTestSchema.optional(),
    /** the history has no such month; unknown while one of the months asked for is not known */
    no_month: monthTestSchema.optional(),
    /** whether any source has a value for it */
    known: z.boolean().optional(),
    /** what to take when the fact is missing; without it the condition is unknown */
    unknown: z.boolean().optional(),
  }),
]);
export type Test = z.infer<typeof testSchema>;

/** All of `fact path: test`; `any` holds alternatives of which one is enough. `words` are how the guide names all of it. */
export interface Condition {
  [path: string]: Test | Condition[] | undefined;
  any?: Condition[];
  words?: string;
}

/** The tests of a condition, by path, with its alternatives under `any`. */
export const testsOf = ({ words: _, ...tests }: Condition): [path: string, test: Test | Condition[]][] =>
  Object.entries(tests).flatMap(([path, test]) => (test === undefined ? [] : [[path, test]]));

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z
    .object({ any: z.array(conditionSchema).optional(), words: z.string().min(1).optional() })
    .catchall(testSchema as z.ZodType<Test>),
) as z.ZodType<Condition>;

/** Whether a condition holds of the facts. */
export const evaluate = (condition: Condition | undefined, facts: ReadonlyFacts): Truth =>
  condition ? new FreshAnswers(facts).of(evaluatorOf(condition)) : HOLDS;

/** The compiled form of a condition. No condition always holds. */
export function evaluatorOf(condition: Condition = {}): Evaluator {
  const existing = evaluators.get(condition);
  if (existing) return existing;
  const parts = partsOf(condition);
  const evaluator = parts.length === 1 ? parts[0]! : evaluatorFor(condition, () => combine(parts, allOf));
  evaluators.set(condition, evaluator);
  return evaluator;
}
const evaluators = new WeakMap<Condition, Evaluator>();
const HOLDS = truthOf(true, [], []);

/** The parts of a condition, all of which must hold. */
export const partsOf = (condition: Condition = {}): Evaluator[] =>
  testsOf(condition).flatMap(([path, test]) => {
    if (path === 'any') return evaluatorFor([path, test], () => compileAny(test as Condition[]));
    return evaluatorFor([path, test], () => compileTest(path, test as Test));
  });

const compileAny = (conditions: Condition[]): Evaluate => combine(conditions.map(evaluatorOf), anyOf);

/** False as soon as one part is, whatever is missing. */
function allOf(parts: Truth[]): Truth {
  const truths = parts.map(({ truth }) => truth);
  return join(truths.includes(false) ? false : truths.includes(null) ? null : true, parts);
}

function anyOf(parts: Truth[]): Truth {
  const truths = parts.map(({ truth }) => truth);
  return join(truths.includes(true) ? true : truths.includes(null) ? null : false, parts);
}

const join = (truth: Truth['truth'], parts: Truth[]): Truth =>
  truthOf(
    truth,
    parts.flatMap(({ used }) => used),
    truth === null ? parts.flatMap(({ needs }) => needs) : [],
  );

type Spec = Extract<Test, { known?: boolean }>;

/** What a missing fact comes to is decided before any operator is asked. */
function compileTest(path: string, test: Test): Evaluate {
  const spec = typeof test === 'object' && !Array.isArray(test) ? test : undefined;
  if (spec?.known !== undefined) {
    const { known } = spec;
    const [yes, no] = [truthOf(true, [path], []), truthOf(false, [path], [])];
    return ({ facts }) => ((factValue(facts, path) !== undefined) === known ? yes : no);
  }
  const missing = spec?.unknown === undefined ? truthOf(null, [], [path]) : truthOf(spec.unknown, [], []);
  const present = spec ? compileSpec(path, spec) : compileValues(path, [test].flat());
  return ({ facts }) => {
    const value = factValue(facts, path);
    return value === undefined ? missing : present(value, facts);
  };
}

/** The answer of a test on a value that is known. */
type ValueEvaluator = (value: unknown, facts: ReadonlyFacts) => Truth;

function compileValues(path: string, allowed: unknown[]): ValueEvaluator {
  const [yes, no] = [truthOf(true, [path], []), truthOf(false, [path], [])];
  const [only] = allowed;
  // Most tests name one value.
  if (allowed.length === 1) return (value) => (value === only ? yes : no);
  return (value) => (allowed.includes(value) ? yes : no);
}

/** All operators of a test must hold. One that lacks a fact counts only where no other fails. */
function compileSpec(path: string, spec: Spec): ValueEvaluator {
  const used = [path, ...factsUsedBy(spec)];
  const [yes, no] = [truthOf(true, used, []), truthOf(false, used, [])];
  const checks = checksOf(spec);
  const lacking = new Map<string, Truth>();
  const lacks = (needs: readonly string[]): Truth => {
    const key = needs.join();
    const truth = lacking.get(key) ?? truthOf(null, used, needs);
    lacking.set(key, truth);
    return truth;
  };
  return (value, facts) => {
    let needs: readonly string[] | undefined;
    for (const check of checks) {
      const answer = check(value, facts);
      if (answer === false) return no;
      if (answer !== true) needs = [...(needs ?? []), answer];
    }
    return needs ? lacks(needs) : yes;
  };
}

/** Whether one operator holds of a value; the path of a fact where that one is missing. */
type Check = (value: unknown, facts: ReadonlyFacts) => boolean | string;
type Wanted = Required<Omit<Spec, 'known' | 'unknown'>>;

/** Every operator, from what the profile wants to the check of a value. */
const OPERATORS: { [K in keyof Wanted]: (wanted: Wanted[K]) => Check } = {
  is: (wanted) => (value) => value === wanted,
  not: (refused: unknown[]) => (value) => !refused.includes(value),
  includes: (wanted) => (value) => wanted.every((one) => listOf(value).includes(one)),
  includes_any: (wanted) => (value) => wanted.some((one) => listOf(value).includes(one)),
  lacks: (refused) => (value) => !refused.some((one) => listOf(value).includes(one)),
  some(wanted) {
    const keys = Object.entries(wanted).map(([key, values]) => [key, [values].flat() as unknown[]] as const);
    return (value) =>
      (listOf(value) as Record<string, unknown>[]).some((thing) =>
        keys.every(([key, values]) => values.includes(thing[key])),
      );
  },
  has_contract: (parties) => (value) =>
    (listOf(value) as string[][]).some((contract) => parties.every((party) => contract.includes(party))),
  empty: (wanted) => (value) => (Array.isArray(value) && value.length === 0) === wanted,
  at_least: (limit) => (value) => Number(value) >= limit,
  before: (limit) => compared(limit, (value, day) => value < day),
  on_or_after: (limit) => compared(limit, (value, day) => value >= day),
  on_or_before: (limit) => compared(limit, (value, day) => value <= day),
  same_as: (path) => (value, facts) => {
    const other = factValue(facts, path);
    return other === undefined ? path : other === value;
  },
  months_before: ({ fact, months }) => compared(fact, (value, day) => sameDayAfter(value, months) <= day),
  some_month: (test) => asksMonths(test, true),
  no_month: (test) => asksMonths(test, false),
};

/** Lacks the history itself where one of its months is not known. */
const asksMonths =
  (test: MonthTest, wanted: boolean): Check =>
  (value, facts) => {
    const found = someMonth(test, value as HistoryMonth[], factValue(facts, 'service_month'));
    return found === null ? 'history' : found === wanted;
  };

function checksOf(spec: Spec): Check[] {
  const operators = Object.keys(OPERATORS) as (keyof Wanted)[];
  const checkOf = <K extends keyof Wanted>(operator: K): Check[] => {
    const wanted = (spec as Wanted)[operator];
    return wanted === undefined ? [] : [OPERATORS[operator](wanted)];
  };
  return operators.flatMap(checkOf);
}

/** Facts that operators read beside the one of their test. A limit they compare with is not among them. */
const factsUsedBy = ({ same_as, months_before }: Spec): string[] =>
  [same_as, months_before?.fact].filter((path) => path !== undefined);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Compares with a day or month, or with one in another fact. */
function compared(limit: string, holds: (value: string, limit: string) => boolean): Check {
  if (/^\d{4}-/.test(limit)) return (value) => holds(String(value), limit);
  const lacks = BOUNDARIES.has(limit) ? 'service_month' : limit;
  return (value, facts) => {
    const day = boundary(limit, facts);
    return day === undefined ? lacks : holds(String(value), day);
  };
}

/** Ends of the service month: not facts, but days that follow from one. */
export const BOUNDARIES = new Set(['month_start', 'month_end']);

/** `month_start` and `month_end` are the first and last day of the service month. */
function boundary(limit: string, facts: ReadonlyFacts): string | undefined {
  if (!BOUNDARIES.has(limit)) return factValue<string>(facts, limit);
  const month = factValue<string>(facts, 'service_month');
  if (month === undefined) return undefined;
  return limit === 'month_start' ? `${month}-01` : lastDayOf(month);
}
