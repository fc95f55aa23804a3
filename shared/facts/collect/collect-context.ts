import type { ReadCover } from '../../cover-sheet/read-cover.ts';
import type { Identity } from '../identify.ts';

/** What collecting facts needs beside the documents. */
export interface CollectContext {
  identity: Identity;
  cover: ReadCover;
  /** ISO date: the day of decisionContext */
  today: string;
  /** ISO date: the day of receipt; absent in a dry run */
  received?: string;
  /** category of the month before, from the records */
  previous: { category: string } | null;
}
