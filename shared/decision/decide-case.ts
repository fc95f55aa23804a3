import * as z from 'zod';
import { checkFact } from '../cover-sheet/check-value.ts';
import { givenSchema } from '../cover-sheet/given-facts.ts';
import { factsFromGiven } from '../facts/given.ts';
import { cityKey } from '../profiles/cities.ts';
import { loadProfile } from '../rules/profile.ts';
import { isDerivedFact, isFactPath } from '../vocabulary/fact-labels.ts';
import { factShape } from '../vocabulary/fact-shapes.ts';
import { decide } from './decide.ts';
import { outcomeOf } from './outcome.ts';
import { undecided } from './undecided.ts';
import type { Decision } from './verdict.ts';

/** A day or a month of the calendar: 2024-06-31 would pass for the day after the 30th. */
const isOnCalendar = (text: string): boolean =>
  /^\d{4}-\d{2}(-\d{2})?$/.test(text) &&
  new Date(`${text}-01`.slice(0, 10)).toJSON()?.startsWith(text) === true;

/** A what-if: the facts of one case, and the rules to evaluate (all of the city's where absent). */
export const caseSchema = z.object({
  id: z.string(),
  /** city key or printed name */
  city: z.string(),
  rules: z.array(z.string()).nullish(),
  given: givenSchema.extend({
    dates: z
      .record(
        z.string(),
        z
          .string()
          .refine(isOnCalendar, '暦にある日付（2024-05-10）か月（2024-05）を書いてください')
          .nullable(),
      )
      .nullish(),
  }),
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

/** What a what-if gives and the vocabulary does not have, as sentences: a typing error reads as "not known" otherwise. */
export function unfitFacts({ given }: CaseInput): string[] {
  return [...factsFromGiven(given)].flatMap(([path, { value }]) => {
    if (isDerivedFact(path)) return [];
    if (!isFactPath(path)) return [`${path} は知らない項目です。見ていません。`];
    if (factShape(path) === 'group') return [];
    const checked = checkFact(path, value);
    if ('value' in checked) return [];
    const written = String(checked.written ?? JSON.stringify(value));
    return [`${path} の「${written}」は使えません。${checked.expected}書いてください。`];
  });
}

/** Rules of a what-if that neither the city nor the nation has. Without this check a typing error reads as an acceptance. */
export function unknownRules({ city, rules }: CaseInput): string[] {
  const profiles = [cityKey(city), 'national'].filter((key) => key !== undefined);
  const known = new Set(
    profiles.flatMap((key) => loadProfile(key).rules).flatMap((r) => [r.id, ...r.also_judges]),
  );
  return (rules ?? []).filter((id) => !known.has(id));
}
