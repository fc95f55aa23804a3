import type { Watch } from '../../rules/rule-result.ts';
import type { EventBase, WithOutbox } from './event-base.ts';

/** What a packet opens and closes of the papers that are awaited. A later version of the packet replaces it. */
export interface WatchRecorded extends EventBase<'watch.recorded'> {
  city: string;
  area: string;
  person: string;
  month: string;
  office: string;
  /** event and owner: the chain of versions the packet belongs to */
  chain: string;
  packet_id: string;
  received_at: string;
  opens: Watch[];
  /** watches by rule and part */
  closes: string[];
}

/** The registry names the designation a watch awaited: its period has a start now. */
interface WatchDated extends EventBase<'watch.dated'> {
  watch_id: string;
  start: string;
  due: string;
}

/** What was awaited is overdue: one review item for the area, once. */
export interface WatchRaised extends EventBase<'watch.raised'>, WithOutbox<'review'> {
  watch_id: string;
  city: string;
  person: string;
  due: string;
}

export type WatchEvent = WatchRecorded | WatchDated | WatchRaised;
