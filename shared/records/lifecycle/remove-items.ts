import type { EventType } from '../events/event.ts';
import { type CaseId, type EventRange, retentionKeys } from '../events/event-keys.ts';
import { readRange, readStream } from '../events/event-log.ts';
import { collect, type RecordStore } from '../store/record-store.ts';

/** Removes every event of a stream. */
export async function removeStream(store: RecordStore, stream: string): Promise<void> {
  for (const { seq } of await collect(readStream(store, stream)))
    await store.remove('events', { stream, seq });
}

/** Removes the events of a range. */
export async function removeRange(store: RecordStore, range: EventRange<EventType>): Promise<void> {
  for (const { stream, seq } of await collect(readRange(store, range)))
    await store.remove('events', { stream, seq });
}

/** Removes what was entered about how long a case is kept, and the mark of its erasure last of all. */
export async function removeRetention(store: RecordStore, of: CaseId): Promise<void> {
  const events = await collect(readRange(store, retentionKeys.every(of)));
  const isMark = ({ type }: { type: EventType }) => type === 'retention.erasing';
  for (const { stream, seq } of [...events.filter((one) => !isMark(one)), ...events.filter(isMark)])
    await store.remove('events', { stream, seq });
}

/** Removes the audit trail of a record. */
export async function removeAudit(store: RecordStore, record: string): Promise<void> {
  for (const { at } of await collect(store.partition<{ at: string }>('audit', record)))
    await store.remove('audit', { record, at });
}

/** Removes every line of an upload from its list. */
export async function removeLines(store: RecordStore, upload_id: string): Promise<void> {
  for (const { part } of await collect(store.partition<{ part: string }>('submissions', upload_id)))
    await store.remove('submissions', { upload_id, part });
}
