import { type Fact, type FactSheet, factValue } from '../facts/fact.ts';
import { evaluate } from './conditions.ts';
import { editionOn } from './profile.ts';

/**
 * The event read from a plan (計画書区分) under the name the city's rules use, where the profile names one. Returns the
 * event unchanged otherwise, also where the cover gives it. Undefined where no source shows an event.
 */
export function readEventAsCity(
  facts: FactSheet,
  city: string,
  month: string | undefined,
  profiles?: string,
): Fact | undefined {
  const event = facts.get('event');
  if (!event || event.evidence.some((e) => e.source === 'cover')) return event;
  const edition = editionOn(city, month, profiles);
  const row = edition.eventReading.find(
    (r) => r.event === factValue(facts, 'event') && evaluate(r.when, facts).truth === true,
  );
  return row ? { ...event, value: row.becomes, reason: `${edition.name} ${row.place}` } : event;
}
