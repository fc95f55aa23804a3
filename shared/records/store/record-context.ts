import type { MessageQueues } from '../../queues/message-queues.ts';
import type { PersonKey } from './person-key.ts';
import type { RecordStore } from './record-store.ts';
import type { ResultStore } from './result-store.ts';

/** What the steps of recording need. `now` is injected: tests stop the clock. */
export interface RecordContext {
  store: RecordStore;
  results: ResultStore;
  queues: MessageQueues;
  now: () => Date;
  /** days until a review is due where the city's rules set no date */
  reviewDueDays: number;
  /** uploads are scanned for malware before they may be opened */
  scansForMalware: boolean;
}

/** Only the intake turns persons into keys. */
export interface IntakeRecords extends RecordContext {
  personKey: PersonKey;
}

/** Keys of a packet whose city, area or month is unknown. */
export const UNKNOWN_CITY = '_unknown';
export const UNRESOLVED_AREA = '_unresolved';
export const UNKNOWN_MONTH = 'unknown';
