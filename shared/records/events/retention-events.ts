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

/** An erasure has begun; a second attempt resumes under the same number. It is removed when the erasure ends. */
interface ErasureBegun extends EventBase<'retention.erasing'> {
  erasure: string;
  /** partition of the index of open erasures; absent in an event of an older desk */
  open?: typeof OPEN_ERASURES;
}

export type RetentionEvent = CaseCompleted | CaseHeld | CaseReleased | ErasureBegun;
