import type { RecordContext } from '../store/record-context.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { isEvent, type RecordEvent } from './event.ts';
import { OPEN_ERASURES } from './event-index.ts';
import { type CaseId, retentionKeys } from './event-keys.ts';
import { readLog, readRange } from './event-log.ts';
import { readDecision } from './read-packet.ts';
import type { ErasedIds, RetentionEvent } from './retention-events.ts';

/** Retention of a case, folded from its events. */
export interface Retention {
  completed_on: string | null;
  keep_until: string | null;
  rule: string | null;
  hold: { by: string; at: string; reason: string } | null;
  /** the last event in it; guards the case record against an older state that comes later */
  seq: string;
  /** when 完結の日 was entered */
  entered_at: string | null;
  /** number of the erasure that has begun and did not end */
  erasure: string | null;
  /** what that erasure takes; empty in one of an older desk */
  erasing: ErasedIds;
}

export const readRetention = async (store: RecordStore, id: CaseId): Promise<Retention | null> =>
  foldRetention(await collect(readRange(store, retentionKeys.every(id))));

export function foldRetention(events: RetentionEvent[]): Retention | null {
  if (events.length === 0) return null;
  const state: Retention = {
    completed_on: null,
    keep_until: null,
    rule: null,
    hold: null,
    seq: '',
    entered_at: null,
    erasure: null,
    erasing: { packets: [], whole_uploads: [] },
  };
  for (const event of events) {
    state.seq = event.seq;
    if (event.type === 'retention.completed') {
      const { completed_on, keep_until, rule, at } = event;
      Object.assign(state, { completed_on, keep_until, rule, entered_at: at });
    } else if (event.type === 'retention.held')
      state.hold = { by: event.by, at: event.at, reason: event.reason };
    else if (event.type === 'retention.released') state.hold = null;
    else if (event.type === 'retention.erasing') foldErasure(state, event);
  }
  return state;
}

function foldErasure(state: Retention, event: Extract<RetentionEvent, { type: 'retention.erasing' }>): void {
  const { erasure, packets = [], whole_uploads = [], completed_on, keep_until = null, rule = null } = event;
  state.erasure ??= erasure;
  state.erasing = { packets, whole_uploads };
  // At its end the erasure has removed the day itself.
  if (!state.completed_on && completed_on) Object.assign(state, { completed_on, keep_until, rule });
}

/** The case with this packet among those whose erasure began and did not end, from the whole log. */
export async function caseBeingErased(store: RecordStore, packet_id: string): Promise<CaseId | null> {
  for await (const event of readLog(store))
    if (event.type === 'retention.erasing' && event.packets?.includes(packet_id))
      return retentionKeys.caseOf(event.stream);
  return null;
}

/** The cases whose erasure began until then (ISO time) and did not end. */
export async function openErasures(store: RecordStore, until: string): Promise<CaseId[]> {
  const found = store.index<{ stream: string }>('events', 'open', OPEN_ERASURES, { until });
  return (await collect(found)).flatMap(({ stream }) => retentionKeys.caseOf(stream) ?? []);
}

/** Whether the erasure of the case of a packet has begun: what is lost of it was erased. */
export async function isBeingErased(
  records: Pick<RecordContext, 'store'>,
  packet_id: string,
): Promise<boolean> {
  const decided = await readDecision(records, packet_id);
  return Boolean(decided && (await readRetention(records.store, decided))?.erasure);
}

const isRetention = isEvent(
  'retention.completed',
  'retention.held',
  'retention.released',
  'retention.erasing',
);

/** Every case with a retention event, from the whole log. */
export async function allRetentions(
  events: AsyncIterable<RecordEvent>,
): Promise<{ of: CaseId; state: Retention }[]> {
  const streams = new Map<string, RetentionEvent[]>();
  for await (const event of events)
    if (isRetention(event)) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  return [...streams].flatMap(([stream, all]) => {
    const of = retentionKeys.caseOf(stream);
    const state = foldRetention(all.sort((a, b) => (a.seq < b.seq ? -1 : 1)));
    return of && state ? [{ of, state }] : [];
  });
}
