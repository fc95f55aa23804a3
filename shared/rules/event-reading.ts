import { type FactSheet, factValue } from '../facts/fact.ts';
import { evaluate } from './conditions.ts';
import { editionOn } from './profile.ts';

/** Calls an event read from a plan (計画書区分) by the name the city's rules use, where the profile says so. */
export function readEventAsCity(
  facts: FactSheet,
  city: string,
  month: string | undefined,
  profiles?: string,
): void {
  const event = facts.get('event');
  if (!event || event.evidence.some((e) => e.source === 'cover')) return;
  const edition = editionOn(city, month, profiles);
  const row = edition.eventReading.find(
    (r) => r.event === factValue(facts, 'event') && evaluate(r.when, facts).truth === true,
  );
  if (row) facts.set('event', { ...event, value: row.becomes, reason: `${edition.name} ${row.place}` });
}
