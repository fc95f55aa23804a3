import { addMonths } from '../calendar/days.ts';
import { cityKeys } from '../profiles/cities.ts';
import { editionOn } from './profile.ts';
import { cityConfig } from './rule.ts';

/** The fact a rule on the claim's day compares with. */
const CLAIM_DONE = 'dates.claim_submitted';

/**
 * The day until which the claim of a service month has to be made, as ISO date, by the rule of the city or the nation that
 * sets it. Null: no rule sets one, or the city has not settled it.
 */
export function claimDay(city: string, month: string): string | null {
  if (!cityKeys().includes(city) || !/^\d{4}-\d{2}$/.test(month)) return null;
  const edition = editionOn(city, month);
  for (const rule of edition.rules.toReversed()) {
    if (rule.template !== 'deadline' || rule.done !== CLAIM_DONE || rule.start !== 'service_month') continue;
    const day =
      typeof rule.day_of_next_month === 'string'
        ? cityConfig<number>(edition, rule.day_of_next_month)
        : rule.day_of_next_month;
    if (day !== undefined) return `${addMonths(month, 1)}-${String(day).padStart(2, '0')}`;
  }
  return null;
}
