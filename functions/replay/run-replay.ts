import {
  moveReplay,
  putChange,
  putWork,
  type Replay,
  type ReplayWork,
  readReplay,
  rulesOfReplay,
  workFrom,
} from '../../shared/records/store/replay-store.ts';
import { log } from '../log.ts';
import type { ReplayDependencies } from './dependencies.ts';
import { findWork } from './find-work.ts';
import { type EditedRules, replayUpload } from './replay-upload.ts';

/**
 * Does a replay from where it is; what does not fit into the time gets a message of its own. Repeated, or done by two at
 * once, each packet counts once. Ends where the city stopped it.
 */
export async function runReplay(
  deps: ReplayDependencies,
  { city, id }: { city: string; id: string },
): Promise<void> {
  const begun = Date.now();
  const asked = await readReplay(deps.store, city, id);
  const text = await rulesOfReplay(deps.store, city, id);
  if (!asked || text === null || asked.state === 'done' || asked.state === 'stopped') return;
  const { editedProfiles, changedEntries } = await deps.domain();
  const profiles = editedProfiles(city, text);
  const rules = { profiles, entries: changedEntries(profiles) };
  const isOver = () => Date.now() - begun > deps.timeBudgetMs;
  const found = asked.total === null ? await begin(deps, asked) : asked;
  const replay = found && (await goOn(deps, found, rules, isOver));
  if (!replay) return;
  if (replay.state === 'running') await deps.queues.send('replay', { kind: 'replay', city, replay_id: id });
  log('info', replay.state === 'done' ? 'replayed' : 'replayed in part', {
    city,
    count: replay.done,
    cases: replay.changed,
    ms: Date.now() - begun,
  });
}

/** Notes which packets there are. */
async function begin(deps: ReplayDependencies, replay: Replay): Promise<Replay | null> {
  const work = await findWork(deps.store, replay);
  await putWork(deps.store, replay, work);
  const total = work.reduce((sum, { packets }) => sum + packets.length, 0);
  return moveReplay(deps.store, replay, { state: 'running', total });
}

/** Upload by upload; null where another worker does it, or the city stopped it. */
async function goOn(
  deps: ReplayDependencies,
  begun: Replay,
  rules: EditedRules,
  isOver: () => boolean,
): Promise<Replay | null> {
  let replay: Replay | null = begun;
  for await (const work of workFrom(deps.store, begun)) {
    replay = await replayOne(deps, replay, work, rules, isOver);
    if (!replay || replay.place?.packet !== null || isOver()) return replay;
  }
  return moveReplay(deps.store, replay, { state: 'done', ended_at: deps.now().toISOString() });
}

/** The upload of `work`, as far as the time goes: `place.packet` of the answer is null where it is done. */
async function replayOne(
  deps: ReplayDependencies,
  begun: Replay,
  work: ReplayWork,
  rules: EditedRules,
  isOver: () => boolean,
): Promise<Replay | null> {
  const { upload_id } = work;
  const isBegun = begun.place?.upload_id === upload_id;
  let place = isBegun ? begun.place! : { upload_id, packet: 0, decided: 0 };
  let replay: Replay | null = begun;
  let isCut = false;
  await replayUpload(
    deps,
    work,
    { after: place.packet ?? 0, rules },
    async ({ packet, decided, changes }) => {
      if (!replay) return false;
      for (const change of changes) await putChange(deps.store, replay, change);
      place = { upload_id, packet, decided: place.decided + decided };
      replay = await moveReplay(deps.store, replay, {
        place,
        done: replay.done + decided,
        changed: replay.changed + changes.length,
      });
      isCut = replay !== null && isOver();
      return replay !== null && !isCut;
    },
  );
  if (!replay || isCut) return replay;
  const unread = work.packets.length - place.decided;
  return moveReplay(deps.store, replay, {
    place: { upload_id, packet: null, decided: 0 },
    done: begun.done + (work.packets.length - (isBegun ? begun.place!.decided : 0)),
    unread: replay.unread + unread,
  });
}
