import { japanDate } from '../../calendar/japan-time.ts';
import { isUnsent, readEventAt, unsentEvents } from '../events/event-log.ts';
import { settle } from '../steps/settle.ts';
import { type RecordContext, UNKNOWN_CITY } from '../store/record-context.ts';
import { citiesWithRegistry } from '../store/registry-store.ts';
import type { AreaSummary } from '../views/area-summary.ts';

/** Settles every event older than `before` whose outbox was not cleared. One that fails does not delay the others. */
export async function sweepUnsent(
  records: RecordContext,
  before: Date,
): Promise<{ settled: number; errors: unknown[] }> {
  let settled = 0;
  const errors: unknown[] = [];
  for await (const key of unsentEvents(records.store, before.toISOString())) {
    // The index may lag behind: only the event itself says what is still to be sent.
    const event = await readEventAt(records.store, key);
    if (!event || !isUnsent(event)) continue;
    try {
      await settle(records, event);
      settled++;
    } catch (error) {
      errors.push(error);
    }
  }
  return { settled, errors };
}

/** An item beside the watches, in no queue, with the day on which all summaries were read last. */
const SUMMARIES_READ = { watch_id: 'summaries' };

/**
 * Requests the summaries whose next review date has passed since they were computed. Returns their count. A review becomes
 * overdue when a day ends, so that all summaries are read once a day and not at each sweep.
 */
export async function sweepOverdue(records: RecordContext): Promise<number> {
  const today = japanDate(records.now().toISOString());
  const swept = await records.store.get<{ day: string }>('watches', SUMMARIES_READ);
  if (swept?.day === today) return 0;
  let requested = 0;
  for (const city of [...(await citiesWithRegistry(records.store)), UNKNOWN_CITY])
    for await (const summary of records.store.partition<AreaSummary>('summaries', city)) {
      const isStale = summary.next_due !== null && summary.next_due < today;
      if (!isStale || japanDate(summary.computed_at) === today) continue;
      await records.queues.requestSummary(summary, `overdue.${today}`);
      requested++;
    }
  // Last: where a request failed, the next sweep begins again.
  await records.store.put('watches', { ...SUMMARIES_READ, day: today });
  return requested;
}
