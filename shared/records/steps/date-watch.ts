import type { Registry } from '../../registry/registry.ts';
import { watchKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import { dueAfterDesignation, type PersonWatch } from '../events/read-watches.ts';
import type { RecordContext } from '../store/record-context.ts';
import { refreshWatches } from '../views/watch-item.ts';

/** The first day of an office's designation for 介護予防支援 by the city of the registry, ISO; undefined: none. */
export const designationOf = (registry: Registry | null, office: string): string | undefined =>
  registry?.offices
    .find(({ number }) => number === office)
    ?.yobo_shien.find(({ city }) => city === registry.city)?.from;

/** Gives a watch that awaited a designation its start and its day. Idempotent. */
export async function dateWatch(
  records: RecordContext,
  { watch_id, watch, opened }: PersonWatch,
  designated: string,
): Promise<void> {
  if (!watch.awaits) return;
  await append(records.store, {
    ...watchKeys.dated(opened, watch_id, designated),
    at: records.now().toISOString(),
    watch_id,
    start: designated,
    due: dueAfterDesignation(watch, designated),
  });
  await refreshWatches(records, opened);
}
