import type { MessageQueues } from '../../queues/message-queues.ts';
import type { PersonKey } from './person-key.ts';
import type { RecordStore } from './record-store.ts';
import type { ResultStore } from './result-store.ts';

/** What the steps of recording need. `now` is a port: tests stop the clock. */
export interface RecordContext {
  store: RecordStore;
  results: ResultStore;
  queues: MessageQueues;
  now: () => Date;
  /** days until a review is due where the city's rules set no date */
  reviewDueDays: number;
  /** uploads are scanned for malware, and nobody opens one before */
  scansForMalware: boolean;
}

/** What turning a person into a key needs beside: the intake alone. */
export interface IntakeRecords extends RecordContext {
  personKey: PersonKey;
}

/** Where a packet without a known city, area, month or person is kept: nothing is without a place. */
export const UNKNOWN_CITY = '_unknown';
export const UNRESOLVED_AREA = '_unresolved';
export const UNKNOWN_MONTH = 'unknown';
export const UNKNOWN_OFFICE = '_unknown';
