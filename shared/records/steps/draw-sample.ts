import { randomUUID } from 'node:crypto';
import { sha256 } from '../../text/digest.ts';
import { sampleKeys } from '../events/event-keys.ts';
import { append, readRange } from '../events/event-log.ts';
import type { SampleCriteria, SampleDrawn } from '../events/sample-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { type RosterPerson, readRoster } from '../views/roster.ts';

/** The first `count` of a pool in an order that the seed alone decides. */
export const drawFrom = (pool: string[], seed: string, count: number): string[] =>
  pool
    .map((id) => ({ id, rank: sha256(`${seed}#${id}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);

/** The people a sample is drawn from. */
export const poolOf = (people: RosterPerson[], { purpose, category }: SampleCriteria): RosterPerson[] =>
  people.filter(
    (one) =>
      one.has_papers &&
      (category === null || one.category === category) &&
      (purpose !== 'second_look' || one.review_closed !== null),
  );

/** Draws a sample of an area's month and records it with its seed. */
export async function drawSample(
  { store, now }: Pick<RecordContext, 'store' | 'now'>,
  area: { city: string; area: string },
  criteria: SampleCriteria,
  by: { seed: string; by: string; role: string; today: string },
): Promise<SampleDrawn> {
  const { today, ...who } = by;
  const people = await readRoster(store, { ...area, month: criteria.month }, today);
  const pool = poolOf(people, criteria).map(({ packet_id }) => packet_id);
  const at = now().toISOString();
  const sample_id = randomUUID();
  const event: SampleDrawn = {
    ...sampleKeys.drawn(area, at, sample_id),
    ...area,
    ...who,
    at,
    sample_id,
    criteria,
    pool: pool.length,
    pool_digest: sha256(pool.toSorted().join('\n')),
    drawn: drawFrom(pool, who.seed, criteria.count),
  };
  await append(store, event);
  return event;
}

/** Every sample of an area, the newest first. */
export const samplesOf = async (
  store: RecordStore,
  area: { city: string; area: string },
): Promise<SampleDrawn[]> => (await collect(readRange(store, sampleKeys.every(area)))).reverse();
