import { factValue } from '../facts/fact.ts';
import { factsReadBy } from '../rules/facts-read.ts';
import { hasEffect, type Judged, judgeRules } from '../rules/judge-rules.ts';
import type { RuleOf } from '../rules/rule.ts';
import type { RuleContext } from '../rules/rule-context.ts';
import { type Billing, foldClaim } from './fold/claim.ts';

/** What the rules of the claim come to, each and together. */
interface JudgedClaim {
  judged: Judged[];
  billing: Billing;
}

/**
 * Judges the rules of the claim. The months of an office differ in few of the facts these rules read, so most claims of an
 * upload were worked out before: those are kept, without their findings, which name places in one packet's papers.
 */
export function judgeClaim(rules: RuleOf[], context: RuleContext): JudgedClaim {
  const key = context.isWhatIf ? undefined : keyOf(rules, context);
  const kept = key && claims.get(key);
  if (kept) return kept;
  const judged = judgeRules(rules, context);
  const claim = { judged, billing: foldClaim(judged.filter(hasEffect), context) };
  const isOfPacket = judged.some(({ result }) => result.findings.length > 0);
  return key && key.length <= LONGEST_KEY && !isOfPacket ? keep(key, claim) : claim;
}

const claims = new Map<string, JudgedClaim>();

/** Some 5 KB each. The oldest goes first. */
const MOST_KEPT = 2000;

/** Letters of a key; that of a real month has some three hundred, and a hostile packet must not fill the memory. */
const LONGEST_KEY = 5000;

function keep(key: string, claim: JudgedClaim): JudgedClaim {
  for (const shared of [claim.judged, claim.billing, ...Object.values(claim.billing)]) Object.freeze(shared);
  if (claims.size >= MOST_KEPT) claims.delete(claims.keys().next().value!);
  claims.set(key, claim);
  return claim;
}

/** Everything the rules of the claim read: the rules themselves, the category that is billed, and the values of the facts. */
function keyOf(rules: RuleOf[], { facts, category }: RuleContext): string {
  const { id, paths } = readingOf(rules);
  const values: unknown[] = [id, category];
  for (let i = 0; i < paths.length; i++) values.push(factValue(facts, paths[i]!));
  return JSON.stringify(values);
}

/** The facts that rules of the claim read, and a number of their own for each list of rules. */
function readingOf(rules: RuleOf[]): Reading {
  const existing = readings.get(rules);
  if (existing) return existing;
  // The days of a month are no facts, and follow from it.
  const reading = { id: ++count, paths: [...new Set(['service_month', ...rules.flatMap(factsReadBy)])] };
  readings.set(rules, reading);
  return reading;
}
interface Reading {
  id: number;
  paths: string[];
}
const readings = new WeakMap<RuleOf[], Reading>();
let count = 0;
