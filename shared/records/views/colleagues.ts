import { collect, type RecordStore } from '../store/record-store.ts';

/** A person who acted on an item of an area: an item may be handed over to them. */
export interface Colleague {
  subject: string;
  name: string | null;
}

const queueOf = (city: string, area: string): string => `colleagues#${city}#${area}`;

/** Shows that a person acts for an area, once. */
export async function showColleague(
  store: RecordStore,
  { city, area }: { city: string; area: string },
  { by, by_name }: { by: string; by_name: string | null },
): Promise<void> {
  const queue = queueOf(city, area);
  await store.update(
    'reviews',
    { packet_id: `${queue}#${by}` },
    {
      expression: 'SET #queue = :queue, #due = :by, #name = :name',
      names: { '#queue': 'queue', '#due': 'due', '#name': 'name' },
      values: { ':queue': queue, ':by': by, ':name': by_name },
    },
    'attribute_not_exists(packet_id)',
  );
}

export async function readColleagues(store: RecordStore, city: string, area: string): Promise<Colleague[]> {
  const found = await collect(
    store.index<{ due: string; name: string | null }>('reviews', 'queue', queueOf(city, area)),
  );
  return found.map(({ due, name }) => ({ subject: due, name }));
}
