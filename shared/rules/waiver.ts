import { guardOf } from '../findings/finding-codes.ts';
import { cityName } from '../profiles/cities.ts';
import type { RuleEntry } from './entry.ts';
import { loadProfile } from './profile.ts';
import { templateOf } from './templates/registry.ts';

/** A city's decision to ask no one, or one office, for what a rule of its own requires, for a time. */
export interface Waiver {
  id: string;
  city: string;
  rule: string;
  /** null: every office */
  office: string | null;
  /** ISO dates of receipt, both included */
  from: string;
  until: string;
  /** who decided it, as the city writes it */
  approver: string;
  reason: string;
}

/** Why a rule cannot be waived, as a sentence for the city; null: it can. */
export function whyNotWaivable(city: string, rule: string, folder?: string): string | null {
  const own = loadProfile(city, folder).rules.filter(({ id }) => id === rule);
  if (own.length === 0)
    return `規則 ${rule} は${cityName(city, folder)}の規則にありません。国の決まりと、ほかの市の規則は免除できません。`;
  return whyEntriesStay(own);
}

/** The same for the entries of one rule of the city. */
export function whyEntriesStay(entries: RuleEntry[]): string | null {
  const raised = entries.flatMap((entry) => templateOf(entry).raises(entry));
  if (raised.length === 0) return 'この規則は不備を出さないため、免除するものがありません。';
  const guards = raised.map(({ code }) => guardOf(code));
  if (guards.includes('person') || entries.some(({ not_waivable }) => not_waivable))
    return 'この規則は利用者の同意や個人情報を守るもののため、免除できません。';
  if (guards.includes('month') || entries.some(decidesMonth))
    return 'この規則は、その月の実施や請求ができるかどうかを決めるため、免除できません。';
  return null;
}

const decidesMonth = (entry: RuleEntry): boolean =>
  ('forbids' in entry && entry.forbids === true) || ('withholds' in entry && entry.withholds === true);

/** The waivers that apply to papers of an office received on a day (ISO date). */
export const waiversOn = (waivers: Waiver[], office: string | null, day: string): Waiver[] =>
  waivers.filter(
    (one) => (one.office === null || one.office === office) && one.from <= day && day <= one.until,
  );
