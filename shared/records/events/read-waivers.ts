import type { Waiver } from '../../rules/waiver.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { waiverKeys } from './event-keys.ts';
import { readRange } from './event-log.ts';
import type { WaiverEvent } from './waiver-events.ts';

/** A waiver as it is now, with who entered it and how it ended. */
export interface RecordedWaiver extends Waiver {
  granted: { at: string; by: string };
  ended: { at: string; by: string; reason: string } | null;
}

/** Every waiver of a city, the oldest first. Strongly consistent: decisions rest on it. */
export const readWaivers = async (store: RecordStore, city: string): Promise<RecordedWaiver[]> =>
  foldWaivers(await collect(readRange(store, waiverKeys.every(city))));

function foldWaivers(events: WaiverEvent[]): RecordedWaiver[] {
  const ends = events.filter((event) => event.type === 'waiver.ended');
  return events
    .filter((event) => event.type === 'waiver.granted')
    .map(({ waiver, at, by }) => {
      const end = ends.find((one) => one.waiver_id === waiver.id);
      return {
        ...waiver,
        until: end && end.until < waiver.until ? end.until : waiver.until,
        granted: { at, by },
        ended: end ? { at: end.at, by: end.by, reason: end.reason } : null,
      };
    });
}
