import type { EventKey } from './event-keys.ts';

/** What every event carries. */
export interface EventBase<T extends string> extends EventKey<T> {
  /** ISO time */
  at: string;
}

/** An event something must follow from. The outbox lists what was not sent yet and is removed once all was sent. */
export interface WithOutbox<O extends string> {
  outbox?: O[];
  /** partition of the index of unsent events; set as long as `outbox` is */
  pending?: string;
}

/** An upload with steps the sweeper has not seen done: the first event of its stream carries the mark. */
export interface OpenUpload {
  /** partition of the index of open uploads; removed once every step was seen done */
  open?: string;
  /** ISO time of the next check */
  look_at?: string;
  /** how often a step was started again */
  retries?: number;
}
