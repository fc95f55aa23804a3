import type { FieldChange } from '../../decision/change-text.ts';
import type { EditedRule } from '../../decision/edited-profile.ts';
import type { DecisionOutcome } from '../../vocabulary/category.ts';
import { collect, type RecordStore } from './record-store.ts';

/*
 * Replays: what the edited rules of a city would change in stored decisions. Nothing is put in force by one, and no record
 * of a person is in it: of a packet its number alone. Each passes after `DAYS_KEPT` days.
 */

type ReplayState = 'waiting' | 'running' | 'done' | 'stopped';

/** Where a replay goes on: behind a packet of an upload. */
interface ReplayPlace {
  upload_id: string;
  /** number of the last packet in the upload that is done; null: the whole upload is */
  packet: number | null;
  /** packets of the upload that were decided */
  decided: number;
}

/** One replay as its city sees it. */
export interface Replay {
  /** the city */
  replay: string;
  /** its number: sorts by time */
  entry: string;
  state: ReplayState;
  asked_at: string;
  ended_at: string | null;
  /** subject of the token */
  asked_by: string;
  /** service months, both included */
  from: string;
  until: string;
  rules: EditedRule[];
  /** packets to decide; null: they are being looked for */
  total: number | null;
  done: number;
  changed: number;
  /** packets that could not be decided again: their upload is gone */
  unread: number;
  place: ReplayPlace | null;
  /** goes up by one with every change: of two that do the same part, one counts */
  revision: number;
  /** seconds since 1970 */
  expires: number;
}

/** One packet whose verdict would change. */
export interface ReplayChange {
  packet_id: string;
  /** keyed digest, as in the address of the person's page */
  person: string;
  area: string;
  month: string;
  office: string;
  before: DecisionOutcome;
  after: DecisionOutcome;
  fields: FieldChange[];
  /** codes with their severity */
  added: string[];
  removed: string[];
  reworded: number;
  rules: string[];
}

/** The packets of one upload that are decided again. */
export interface ReplayWork {
  upload_id: string;
  packets: string[];
}

const DAYS_KEPT = 30;
const RULES = '0#rules';
const WORK = '1#';
const CHANGE = '2#';
const partOf = (city: string, id: string): string => `${city}#${id}`;

type NewReplay = Pick<Replay, 'asked_at' | 'asked_by' | 'from' | 'until' | 'rules'>;

/** Keeps a new replay with the text of its rules. */
export async function putReplay(
  store: RecordStore,
  { city, id }: { city: string; id: string },
  asked: NewReplay,
  text: string,
): Promise<Replay> {
  const expires = Math.floor(Date.parse(asked.asked_at) / 1000) + DAYS_KEPT * 86_400;
  const replay: Replay = {
    ...{ replay: city, entry: id, state: 'waiting', ...asked, ended_at: null },
    ...{ total: null, done: 0, changed: 0, unread: 0, place: null, revision: 1, expires },
  };
  await store.put('replays', { replay: partOf(city, id), entry: RULES, text, expires });
  await store.put('replays', replay);
  return replay;
}

export const readReplay = async (store: RecordStore, city: string, id: string): Promise<Replay | null> =>
  store.get<Replay>('replays', { replay: city, entry: id });

/** The replays of a city that have not passed, the newest first. */
export async function listReplays(store: RecordStore, city: string, now: Date): Promise<Replay[]> {
  const all = await collect(store.partition<Replay>('replays', city, { newestFirst: true }));
  return all.filter(({ expires }) => expires * 1000 > now.getTime());
}

/** The edited rules; null: they have passed. */
export async function rulesOfReplay(store: RecordStore, city: string, id: string): Promise<string | null> {
  const item = await store.get<{ text: string }>('replays', { replay: partOf(city, id), entry: RULES });
  return item?.text ?? null;
}

/** Notes what is to be done. Repeated, it notes the same. */
export async function putWork(
  store: RecordStore,
  { replay, entry, expires }: Replay,
  work: ReplayWork[],
): Promise<void> {
  for (const one of work)
    await store.put('replays', {
      replay: partOf(replay, entry),
      entry: WORK + one.upload_id,
      expires,
      ...one,
    });
}

/** The uploads from `place` on, in the order of their numbers. */
export const workFrom = (store: RecordStore, { replay, entry, place }: Replay): AsyncGenerator<ReplayWork> =>
  workAfter(store, partOf(replay, entry), place);

async function* workAfter(
  store: RecordStore,
  part: string,
  place: ReplayPlace | null,
): AsyncGenerator<ReplayWork> {
  for await (const one of store.partition<ReplayWork & { entry: string }>('replays', part, {
    begins: WORK,
  })) {
    const isDone =
      place &&
      (one.upload_id < place.upload_id || (one.upload_id === place.upload_id && place.packet === null));
    if (!isDone) yield one;
  }
}

/** Keeps a change. The same packet has one, however often its upload is looked at. */
export const putChange = (
  store: RecordStore,
  { replay, entry, expires }: Replay,
  change: ReplayChange,
): Promise<void> =>
  store.put('replays', {
    ...{ replay: partOf(replay, entry), entry: `${CHANGE}${change.month}#${change.packet_id}`, expires },
    ...change,
  });

/** Changes of a replay by month, from behind the key `after`. */
export async function changesOf(
  store: RecordStore,
  { city, id }: { city: string; id: string },
  { after = CHANGE, limit }: { after?: string | undefined; limit: number },
): Promise<(ReplayChange & { entry: string })[]> {
  const found = await collect(
    store.partition<ReplayChange & { entry: string }>('replays', partOf(city, id), { after, limit }),
  );
  return found.filter(({ entry }) => entry.startsWith(CHANGE));
}

/**
 * Moves a replay on, where no one has moved it since it was read.
 * @returns null: another was faster, or it was stopped
 */
export async function moveReplay(
  store: RecordStore,
  before: Replay,
  change: Partial<Pick<Replay, 'state' | 'total' | 'done' | 'changed' | 'unread' | 'place' | 'ended_at'>>,
): Promise<Replay | null> {
  const moved = { ...before, ...change, revision: before.revision + 1 };
  const isFirst = await store.putIf('replays', moved, {
    expression: 'revision = :before',
    values: { ':before': before.revision },
  });
  return isFirst ? moved : null;
}
