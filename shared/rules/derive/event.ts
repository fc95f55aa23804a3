import { putDerived } from '../../facts/derive/put-derived.ts';
import { type FactSheet, factValue } from '../../facts/fact.ts';
import { evaluate } from '../conditions.ts';
import type { Edition } from '../profile.ts';

/**
 * Calls the event by what the category of the month or the state of the certification makes of it (`event_reading` of
 * national.yaml).
 */
export function deriveEvent(facts: FactSheet, { eventByCategory }: Pick<Edition, 'eventByCategory'>): void {
  const event = factValue<string>(facts, 'event') ?? 'continuing';
  const row = eventByCategory.find((r) => r.event === event && evaluate(r.when, facts).truth === true);
  if (row) putDerived(facts, 'event', row.becomes, { from: Object.keys(row.when)[0], assumed: true });
}
