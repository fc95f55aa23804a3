import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { ENTRY_CHANGES } from '../../shared/decision/change-text.ts';
import { type EditedRule, editedRules, profileText } from '../../shared/decision/edited-profile.ts';
import { cityKeys } from '../../shared/profiles/cities.ts';
import { ProfileError } from '../../shared/profiles/load-table.ts';
import { newUploadId } from '../../shared/records/events/upload-id.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import {
  changesOf,
  listReplays,
  moveReplay,
  putReplay,
  type Replay,
  type ReplayChange,
  readReplay,
  rulesOfReplay,
} from '../../shared/records/store/replay-store.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import { cityLabel, decisionLabel } from '../../shared/vocabulary/labels.ts';
import { auditChange, auditRead } from './audit-access.ts';
import { requireCity } from './caller.ts';
import { downloadCsv } from './download.ts';
import { type ApiContext, type Env, PAGE } from './env.ts';
import { body, noBody, query } from './inputs.ts';
import { cursorOf, readCursor } from './pages.ts';
import { idOf, knownCity, noSuch } from './params.ts';

/** Most packets of one replay: some minutes of work. A city with more asks for fewer months. */
const MOST_PACKETS = 5000;

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const rulesInput = z.strictObject({ yaml: z.string().min(1) });
const replayInput = rulesInput.extend({ from: month, until: month });

function readRules(raw: unknown): z.output<typeof rulesInput> {
  const input = rulesInput.safeParse(raw);
  if (!input.success) throw new HTTPException(400, { message: '直した規則（YAML）がありません。' });
  return input.data;
}

function readAsked(raw: unknown): z.output<typeof replayInput> {
  const input = replayInput.safeParse(raw);
  if (!input.success || input.data.from > input.data.until)
    throw new HTTPException(400, {
      message: '直した規則（YAML）と、調べる提供月の初めと終わりを 2024-06 のように指定してください。',
    });
  return input.data;
}

/** A city with rules of its own, and a caller who may act for it. */
function cityOf(c: ApiContext): string {
  const city = knownCity(c.req.param('city') ?? '');
  requireCity(c.var.caller, city);
  if (!cityKeys().includes(city)) throw new HTTPException(404, { message: 'この市の規則はありません。' });
  return city;
}

/** @throws HTTPException 400 with what is wrong with the YAML */
function rulesOf(city: string, yaml: string): EditedRule[] {
  try {
    return editedRules(city, yaml);
  } catch (error) {
    if (error instanceof ProfileError) throw new HTTPException(400, { message: error.message });
    throw error;
  }
}

/** P20261130T090350123-7K3F9QXT: sorts by time. */
const newReplayId = (now: Date): string =>
  `P${now.toISOString().replaceAll(/[-:.Z]/g, '')}-${newUploadId(now).split('-')[1]}`;

/** What the page reads of a replay. */
const headOf = ({ entry, place: _place, expires, revision: _revision, replay: city, ...shown }: Replay) => ({
  ...shown,
  id: entry,
  city,
  kept_until: new Date(expires * 1000).toISOString(),
});

async function packetsOf(c: ApiContext, city: string, from: string, until: string): Promise<number> {
  const all = await collect(c.var.deps.store.partition<AreaSummary>('summaries', city));
  return all
    .filter((one) => from <= one.month && one.month <= until)
    .reduce((sum, one) => sum + one.cases, 0);
}

async function sendTable(c: ApiContext, { replay: city, entry: id }: Replay) {
  const changes = await changesOf(c.var.deps.store, { city, id }, { limit: MOST_PACKETS });
  const columns = ['書類一式の番号', '提供月', '圏域', '事業所番号', 'いまの判定', '直した規則での判定'];
  return downloadCsv(
    c,
    `${cityLabel(city)}_規則の試し_${id}`,
    [...columns, '変わる値', '増える指摘', '減る指摘', '関わる規則'],
    changes.map((one) => [
      ...[
        one.packet_id,
        one.month,
        one.area,
        one.office,
        decisionLabel(one.before),
        decisionLabel(one.after),
      ],
      one.fields.map(({ label, before, after }) => `${label}: ${before} → ${after}`).join(' / '),
      ...[one.added.join(' / '), one.removed.join(' / '), one.rules.join(' ')],
    ]),
  );
}

const lineOf = ({ packet_id, person, area, month, office, before, after, ...rest }: ReplayChange) => {
  const { fields, added, removed, reworded, rules } = rest;
  return { packet_id, person, area, month, office, before, after, fields, added, removed, reworded, rules };
};

/** What edited rules of a city would change in stored decisions. Nothing here puts a rule in force. */
export const replays = new Hono<Env>()
  /** The rules in force, as the file that people edit. */
  .get('/cities/:city/profile', (c) => {
    const city = cityOf(c);
    return c.json({ city, file: `profiles/${city}.yaml`, yaml: profileText(city) });
  })
  /** Which rules an edited file changes; 400 with what is wrong with it. */
  .post('/cities/:city/profile/changes', body(rulesInput, readRules), (c) => {
    const city = cityOf(c);
    const rules = rulesOf(city, c.req.valid('json').yaml);
    return c.json({ city, rules: rules.map((one) => ({ ...one, text: ENTRY_CHANGES[one.change] })) });
  })
  .get('/cities/:city/replays', async (c) => {
    const city = cityOf(c);
    const all = await listReplays(c.var.deps.store, city, c.var.deps.now());
    return c.json({ city, replays: all.map(headOf) });
  })
  /** Begins a replay in the background; one of a city at a time. */
  .post('/cities/:city/replays', body(replayInput, readAsked), async (c) => {
    const city = cityOf(c);
    const { deps, caller } = c.var;
    const { yaml, from, until } = c.req.valid('json');
    const rules = rulesOf(city, yaml);
    if (rules.length === 0)
      throw new HTTPException(400, { message: 'いまの規則と同じです。規則を直してから試してください。' });
    const now = deps.now();
    const others = await listReplays(deps.store, city, now);
    if (others.some(({ state }) => state === 'waiting' || state === 'running'))
      throw new HTTPException(409, {
        message: 'この市では、ほかの試しが続いています。終わるのを待つか、止めてください。',
      });
    const packets = await packetsOf(c, city, from, until);
    if (packets === 0)
      throw new HTTPException(400, {
        message: 'この期間に受け付けた書類がありません。提供月を選び直してください。',
      });
    if (packets > MOST_PACKETS)
      throw new HTTPException(400, {
        message: `一度に調べられるのは ${MOST_PACKETS} 件までです（この期間は ${packets} 件）。提供月を狭めてください。`,
      });
    const id = newReplayId(now);
    await auditChange(c, auditOf.desk(`replay ${city}`), id);
    const asked = { asked_at: now.toISOString(), asked_by: caller.subject, from, until, rules };
    const replay = await putReplay(deps.store, { city, id }, asked, yaml);
    await deps.queues.send('replay', { kind: 'replay', city, replay_id: replay.entry });
    return c.json(headOf(replay), 201);
  })
  /** How far it is, and the verdicts that would change, `PAGE` of them. `format=csv`: all of them as a table. */
  .get('/cities/:city/replays/:id', query('after', 'format', 'encoding'), async (c) => {
    const city = cityOf(c);
    const id = idOf(c);
    const { deps } = c.var;
    const replay = await readReplay(deps.store, city, id);
    if (!replay || replay.expires * 1000 <= deps.now().getTime()) return noSuch();
    await auditRead(c, auditOf.desk(`replay ${city}`), id);
    const { after: cursor, format } = c.req.valid('query');
    if (format === 'csv') return sendTable(c, replay);
    const after = readCursor(cursor, ['entry'])?.entry;
    const found = await changesOf(deps.store, { city, id }, { after, limit: PAGE + 1 });
    const lines = found.slice(0, PAGE);
    const next = found.length > PAGE ? cursorOf({ entry: lines.at(-1)!.entry }) : null;
    return c.json({ ...headOf(replay), changes: lines.map(lineOf), next });
  })
  /** The edited file of a replay. */
  .get('/cities/:city/replays/:id/profile', async (c) => {
    const yaml = await rulesOfReplay(c.var.deps.store, cityOf(c), idOf(c));
    return yaml === null ? noSuch() : c.json({ yaml });
  })
  .post('/cities/:city/replays/:id/stop', noBody, async (c) => {
    const city = cityOf(c);
    const { deps } = c.var;
    const id = idOf(c);
    await auditChange(c, auditOf.desk(`replay ${city}`), id);
    const ended = { state: 'stopped' as const, ended_at: deps.now().toISOString() };
    // It moves on packet by packet meanwhile.
    for (;;) {
      const replay = await readReplay(deps.store, city, id);
      if (!replay) return noSuch();
      const isOver = replay.state === 'done' || replay.state === 'stopped';
      const stopped = isOver ? replay : await moveReplay(deps.store, replay, ended);
      if (stopped) return c.json(headOf(stopped));
    }
  });
