import type { EventBase } from './event-base.ts';
import type { OPEN_ERASURES } from './event-index.ts';

/** How long a case must be kept, and which rule says so. */
export interface KeepUntil {
  /** ISO date; null: no rule says when it may go, so it stays */
  keep_until: string | null;
  rule: string | null;
  citation: { title: string; place: string } | null;
}

/** 完結の日, entered by an operator, and what follows from it by the rules of that day. */
interface CaseCompleted extends EventBase<'retention.completed'>, KeepUntil {
  completed_on: string;
  by: string;
}

/** A legal hold (監査, 訴訟, 開示請求): nothing of the case may be erased, whatever the date says. */
interface CaseHeld extends EventBase<'retention.held'> {
  by: string;
  reason: string;
}

interface CaseReleased extends EventBase<'retention.released'> {
  by: string;
  reason: string;
}

/**
 * An erasure has begun; a second attempt resumes under the same number. It is removed last of all, and so carries what a
 * second attempt needs where the rest is gone. Absent in an event of an older desk: all but the number.
 */
interface ErasureBegun extends EventBase<'retention.erasing'>, Partial<ErasedIds>, Partial<CompletedUntil> {
  erasure: string;
  /** partition of the index of open erasures */
  open?: typeof OPEN_ERASURES;
}

/** 完結の日 and what followed from it. */
interface CompletedUntil {
  completed_on: string;
  keep_until: string | null;
  rule: string | null;
}

/** What an erasure takes as a whole, by its numbers. */
export interface ErasedIds {
  packets: string[];
  whole_uploads: string[];
}

export type RetentionEvent = CaseCompleted | CaseHeld | CaseReleased | ErasureBegun;
