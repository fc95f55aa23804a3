import { z } from 'zod';
import { factsFromGiven, givenSchema } from '../facts/given.ts';
import { cityKey, loadProfile } from '../rules/profile.ts';
import { decide, outcomeOf } from './decide.ts';
import { undecided } from './undecided.ts';
import type { Decision } from './verdict.ts';

/** A what-if: the facts of one case, and the rules to evaluate (all of the city's where absent). */
export const caseSchema = z.object({
  id: z.string(),
  /** city key or printed name */
  city: z.string(),
  rules: z.array(z.string()).nullish(),
  given: givenSchema,
});
export type CaseInput = z.infer<typeof caseSchema>;

/** Decides one what-if. Throws with the reason in Japanese when the city is not one of the desk's. */
export function decideCase(input: CaseInput): { id: string } & Decision {
  const city = cityKey(input.city);
  if (!city) throw new Error(`${input.id}: 市「${input.city}」の規則がありません（profiles/cities.yaml）`);
  const facts = factsFromGiven(input.given);
  const decision = decide(facts, city, input.rules ? { rules: input.rules } : {});
  // Asked about a whole month, a month without a category is for a person here as it is at the desk.
  const open = input.rules || !facts.has('service_month') ? [] : undecided(decision, facts);
  const findings = [...decision.findings, ...open];
  return { id: input.id, ...decision, findings, decision: outcomeOf(findings) };
}

/** Rules a what-if names that neither the city nor the nation has: a slip of the pen would pass for an acceptance. */
export function unknownRules({ city, rules }: CaseInput): string[] {
  const profiles = [cityKey(city), 'national'].filter((key) => key !== undefined);
  const known = new Set(profiles.flatMap((key) => loadProfile(key).rules).flatMap((r) => [r.id, ...r.also]));
  return (rules ?? []).filter((id) => !known.has(id));
}
