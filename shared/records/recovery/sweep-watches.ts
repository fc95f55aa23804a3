import { japanDate } from '../../calendar/japan-time.ts';
import { WAITING_SHARDS } from '../events/event-index.ts';
import type { CaseId } from '../events/event-keys.ts';
import { readWatches } from '../events/read-watches.ts';
import { dateWatch, designationOf } from '../steps/date-watch.ts';
import { raiseOverdue } from '../steps/raise-watch.ts';
import type { RecordContext } from '../store/record-context.ts';
import { citiesWithRegistry, loadRegistry, readHead } from '../store/registry-store.ts';
import { awaitingQueue, type WatchItem } from '../views/watch-item.ts';

type Person = Pick<CaseId, 'city' | 'person'>;

/**
 * Raises every watch whose day has passed: one query for each shard of the index, no scan. One that fails does not delay
 * the others.
 */
export async function sweepWatches(records: RecordContext): Promise<{ raised: number; errors: unknown[] }> {
  const result = { raised: 0, errors: [] as unknown[] };
  const today = japanDate(records.now().toISOString());
  await dateWatches(records, result.errors);
  for (const shard of WAITING_SHARDS) {
    const waiting = records.store.index<{ watch_id: string; due: string }>('watches', 'queue', shard, {
      until: today,
    });
    for await (const { watch_id, due } of waiting) {
      if (due >= today) continue;
      try {
        const person = await personOf(records, watch_id);
        if (person) result.raised += await raiseOverdue(records, person, today);
      } catch (error) {
        result.errors.push(error);
      }
    }
  }
  return result;
}

/**
 * Gives a day to the watches that await a designation, once for each edition of a registry: cases of every person that
 * was commissioned to an office, whether papers of them ever come again or not.
 */
async function dateWatches(records: RecordContext, errors: unknown[]): Promise<void> {
  const { store } = records;
  for (const city of await citiesWithRegistry(store)) {
    const head = await readHead(store, city);
    const mark = { watch_id: `registry#${city}` };
    const seen = await store.get<{ edition: string }>('watches', mark);
    if (!head || seen?.edition === head.edition) continue;
    try {
      await dateWatchesOf(records, city);
      // Last: a sweep that stops before this begins again with the same registry.
      await store.put('watches', { ...mark, edition: head.edition });
    } catch (error) {
      errors.push(error);
    }
  }
}

async function dateWatchesOf(records: RecordContext, city: string): Promise<void> {
  const registry = await loadRegistry(records.store, city);
  for (const { number } of registry?.offices ?? []) {
    const designated = designationOf(registry, number);
    if (!designated) continue;
    const queue = awaitingQueue(city, number);
    for await (const { watch_id } of records.store.index<{ watch_id: string }>('watches', 'queue', queue)) {
      const person = await personOf(records, watch_id);
      const { watches } = person ? await readWatches(records.store, person) : { watches: [] };
      for (const watch of watches)
        if (watch.watch_id === watch_id) await dateWatch(records, watch, designated);
    }
  }
}

/** The index has keys alone, and may lag behind: the item tells whose watch it is, the log its state. */
async function personOf({ store }: RecordContext, watch_id: string): Promise<Person | null> {
  const item = await store.get<WatchItem>('watches', { watch_id });
  return item && { city: item.city, person: item.person };
}
