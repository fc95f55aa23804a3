import type { ReadDocument } from '../../documents/document.ts';
import type { HistoryMonth } from '../../vocabulary/history.ts';
import type { ReadonlyFacts } from '../fact.ts';
import type { Identity } from '../identify.ts';
import type { Readings } from '../readings.ts';

/** What the steps of collecting read. Each names the part it needs. */
export interface FactSources {
  documents: ReadDocument[];
  /** readings of the documents that are used */
  readings: Readings;
  /** facts the cover gives */
  cover: ReadonlyFacts;
  identity: Identity;
  /** ISO date: the day of the decision */
  today: string;
  /** ISO date: the day of receipt; absent in a dry run */
  received?: string | undefined;
  /** the person's earlier months, from the records */
  recorded: HistoryMonth[];
}

/** The facts collected by the steps before. */
export interface KnownFacts {
  facts: ReadonlyFacts;
}
