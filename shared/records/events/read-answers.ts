import type { Reviewed } from '../../decision/reviewed.ts';
import type { ConfirmedReading } from '../../documents/confirmed-readings.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { answerKeys, ocrKeys, type PersonId } from './event-keys.ts';
import { readRange } from './event-log.ts';
import type { AnswerRemembered } from './review-events.ts';

/**
 * What reviewers entered about earlier packets of a person: facts of this month on papers of this owner, and findings that
 * ask the same again.
 */
export async function readRemembered(
  store: RecordStore,
  person: PersonId,
  month: string | null,
  owner: string,
): Promise<Reviewed> {
  const events = await collect(readRange(store, answerKeys.every(person)));
  const inTime = events.toSorted((a, b) => a.at.localeCompare(b.at));
  const reviewed: Reviewed = { facts: [], findings: new Map() };
  for (const event of inTime) {
    if (event.month === month && event.owner === owner) reviewed.facts.push(...factsIn(event));
    for (const { key, holds } of event.findings)
      if (holds) reviewed.findings.set(key, { on: event.on, remembered: true });
      else reviewed.findings.delete(key);
  }
  return reviewed;
}

const factsIn = ({ facts, files, on }: AnswerRemembered): Reviewed['facts'] =>
  Object.entries(facts).map(([path, value]) => ({ path, value, on, files }));

/** What reviewers saw in a file, in the order of time. */
export const readConfirmed = (store: RecordStore, digest: string): Promise<ConfirmedReading[]> =>
  collect(readRange(store, ocrKeys.everyConfirmed(digest)));
