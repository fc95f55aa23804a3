import { japanDate } from '../../calendar/japan-time.ts';
import { type DeskEvent, readEvent, unsent } from '../events/event-log.ts';
import type { MalwareScanned } from '../steps/record-malware-scan.ts';
import { lastAnswerAt, settle, type UploadReceived } from '../steps/record-upload.ts';
import { type RecordContext, UNKNOWN_CITY } from '../store/record-context.ts';
import { citiesWithRegistry } from '../store/registry-store.ts';
import type { AreaSummary } from '../views/area-summary.ts';

/** Takes up every event older than `before` whose outbox was not cleared. One that fails does not keep the others waiting. */
export async function sweepUnsent(
  records: RecordContext,
  before: Date,
): Promise<{ settled: number; failed: number }> {
  let settled = 0;
  let failed = 0;
  for await (const { stream, seq } of unsent(records.store, before.toISOString())) {
    // The index may lag behind: only the event itself says what is still to be sent.
    const event = await readEvent<DeskEvent>(records.store, stream, seq);
    if (!event?.outbox?.length || (await isUnderWay(records, event, before))) continue;
    try {
      if (await settle(records, event)) settled++;
    } catch {
      failed++;
    }
  }
  return { settled, failed };
}

/** A long upload that still answers its packets needs no second worker. */
async function isUnderWay(records: RecordContext, event: DeskEvent, before: Date): Promise<boolean> {
  if (event.type !== 'upload.received' && event.type !== 'malware.scanned') return false;
  const { upload_id } = event as UploadReceived | MalwareScanned;
  return ((await lastAnswerAt(records, upload_id)) ?? '') > before.toISOString();
}

/** Summaries whose next review date has passed since they were made are made again. Returns how many. */
export async function sweepOverdue(records: RecordContext): Promise<number> {
  const today = japanDate(records.now().toISOString());
  let asked = 0;
  for (const city of [...(await citiesWithRegistry(records.store)), UNKNOWN_CITY])
    for await (const summary of records.store.partition<AreaSummary>('summaries', city)) {
      const isStale = summary.next_due !== null && summary.next_due < today;
      if (!isStale || japanDate(summary.computed_at) === today) continue;
      await records.queues.requestSummary(summary, `overdue.${today}`);
      asked++;
    }
  return asked;
}
