import { Hono, type HonoRequest } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { progressStateLabel, stageLabel, stepLabel } from '../../shared/vocabulary/operation-names.ts';
import { auditChange, auditRead } from '../api/audit-access.ts';
import { isOperator, requireCity } from '../api/caller.ts';
import { downloadCsv } from '../api/download.ts';
import { type DoorEnv, throughDoor, withCaller } from '../api/enter.ts';
import { answerError } from '../api/errors.ts';
import { body, noBody, query, refuseUnnamedQuery } from '../api/inputs.ts';
import { idOf, knownCity, noSuch, realMonth } from '../api/params.ts';
import { askToGiveUp, NOT_OPEN } from './ask-to-give-up.ts';
import { dependencies, type OperateDependencies } from './dependencies.ts';
import {
  countParts,
  countReasons,
  countStages,
  explainedLetters,
  inPart,
  lateIn,
  stateAt,
  UPLOAD_PARTS,
  type UploadPart,
  uploadsOf,
  waitingAt,
} from './health.ts';
import { queuesOf, redriveTarget } from './redrive-target.ts';
import { retryUpload } from './retry-upload.ts';

/** Lines of one answer. */
const PAGE = 200;

export type OperateEnv = DoorEnv<OperateDependencies>;

/** What the routes need of a request. */
interface Asked {
  var: OperateEnv['Variables'];
  req: Pick<HonoRequest, 'method'>;
}

/** The city whose uploads are asked for; null: the operator asks for all. */
function cityOf({ var: { caller } }: Asked, city: string | undefined): string | null {
  if (!city && isOperator(caller)) return null;
  const asked = knownCity(city ?? caller.city ?? '');
  requireCity(caller, asked);
  return asked;
}

function requireOperator({ var: { caller } }: Asked): void {
  if (!isOperator(caller))
    throw new HTTPException(403, { message: 'この操作ができるのは運用担当者だけです。' });
}

const thisMonth = (c: Asked): string => japanDate(c.var.deps.now().toISOString()).slice(0, 7);

const redriveInput = z.strictObject({ target: z.string().min(1).max(100) });

function readTarget(raw: unknown): z.output<typeof redriveInput> {
  const sent = redriveInput.safeParse(raw);
  if (sent.success) return sent.data;
  throw new HTTPException(400, {
    message: '戻すもの（target）を、段階、番号、all のどれかで指定してください。',
  });
}

/** The operation of the desk in the page. */
export const operations = new Hono<OperateEnv>()
  /** Whether anything is lost, waits or was set aside. `city`: that of its offices; the operator sees the whole desk. */
  .get('/operations/health', query('city', 'month'), async (c) => {
    const city = cityOf(c, c.req.query('city'));
    const month = realMonth(c.req.query('month') || thisMonth(c));
    await auditRead(c, auditOf.desk('health'), month);
    const { deps } = c.var;
    const [{ uploads, open, erasures }, queues, backup] = await Promise.all([
      uploadsOf(deps.store, month, { city, everyMonth: true }),
      countStages(deps, deps.queues),
      deps.lastBackup(),
    ]);
    // A queue without dead letters is not asked for them: an empty one keeps the reader waiting.
    const withDead = deps.queues.filter(({ stage }) =>
      queues.some((one) => one.stage === stage && one.dead > 0),
    );
    const letters = await explainedLetters(deps, withDead);
    // What is late is late whatever month is shown.
    const counts = { ...countParts(uploads), late: lateIn(open).length };
    const undecided = open.filter(({ state }) => state === 'received' || state === 'malware_scan');
    return c.json({
      ...{ city, month, at: deps.now().toISOString(), counts, backup },
      // Only who runs the desk knows of them.
      interrupted_erasures: city === null ? erasures : 0,
      oldest_waiting: undecided[0]?.since ?? null,
      /** `uploads`: those that may wait there; null where the stage works for no upload */
      queues: queues.map((one) => ({
        ...{ ...one, name: stageLabel(one.stage) },
        uploads: stateAt(one.stage) && waitingAt(open, one.stage).length,
      })),
      dead_by_reason: countReasons(letters).map((one) => ({ ...one, name: stageLabel(one.stage) })),
    });
  })
  /**
   * The uploads behind a number: `state` names it. Those that are late or may wait at a `stage` are of every month.
   * `format=csv`: all of them as a table.
   */
  .get('/operations/uploads', query('city', 'month', 'state', 'stage', 'format', 'encoding'), async (c) => {
    const city = cityOf(c, c.req.query('city'));
    const month = realMonth(c.req.query('month') || thisMonth(c));
    const part = (c.req.query('state') || 'all') as UploadPart;
    const stage = c.req.query('stage') || null;
    if (!UPLOAD_PARTS.includes(part) || (stage && !stateAt(stage))) return noSuch();
    await auditRead(c, auditOf.desk('health'), month);
    const everyMonth = stage !== null || part === 'late';
    const { uploads, open } = await uploadsOf(c.var.deps.store, month, { city, everyMonth });
    const all = stage ? waitingAt(open, stage) : part === 'late' ? lateIn(open) : inPart(uploads, part);
    const lines = all.map(({ upload_id, office, state, since, packets, late }) => ({
      ...{ upload_id, office, state, since, packets: packets ?? null, state_name: progressStateLabel(state) },
      late: late ? { ...late, name: stepLabel(late.step) } : null,
    }));
    if (c.req.query('format') === 'csv')
      return downloadCsv(
        c,
        stage ? `受付_${stageLabel(stage)}` : part === 'late' ? '受付_遅れ' : `受付_${month}`,
        ['受付番号', '送った事業所', '状態', 'その時刻', '人数', '遅れている手順', 'やり直した回数'],
        lines.map((one) => [
          ...[one.upload_id, one.office, one.state_name, one.since, String(one.packets ?? '')],
          ...[one.late?.name ?? '', String(one.late?.tries ?? '')],
        ]),
      );
    const asked = { city, month, state: part, stage, stage_name: stage && stageLabel(stage) };
    return c.json({ ...asked, total: lines.length, uploads: lines.slice(0, PAGE) });
  })
  /** Messages that failed again and again, with the reason; without anything of a person. */
  .get('/operations/dead-letters', async (c) => {
    requireOperator(c);
    await auditRead(c, auditOf.desk('dead-letters'));
    const { deps } = c.var;
    const [queues, letters] = await Promise.all([
      countStages(deps, deps.queues),
      explainedLetters(deps, deps.queues),
    ]);
    const total = queues.reduce((sum, { dead }) => sum + dead, 0);
    return c.json({
      total,
      reasons: countReasons(letters).map((one) => ({ ...one, name: stageLabel(one.stage) })),
      letters: letters.map((one) => ({ ...one, name: stageLabel(one.stage) })),
    });
  })
  /** Moves them back to their queue: `target` is `all`, a stage, or one message. */
  .post('/operations/dead-letters/redrive', body(redriveInput, readTarget), async (c) => {
    requireOperator(c);
    const { target } = c.req.valid('json');
    const { deps } = c.var;
    const selected = queuesOf(target, deps.queues);
    if (selected.length === 0) return noSuch();
    await auditChange(c, auditOf.desk('dead-letters'), target);
    return c.json({ moved: await redriveTarget(deps.sqs, target, selected) });
  })
  /** Restarts what is late of an upload. */
  .post('/operations/uploads/:id/retry', noBody, async (c) => {
    requireOperator(c);
    const id = idOf(c);
    await auditChange(c, auditOf.desk('uploads'), id);
    const isOpen = await retryUpload(c.var.deps, id);
    if (!isOpen) throw new HTTPException(409, { message: 'この受付には、終わっていない手順がありません。' });
    return c.json({ upload_id: id });
  })
  /** Ends an upload that no retry ends: its sender reads that it was lost, and sends it again. */
  .post('/operations/uploads/:id/give-up', noBody, async (c) => {
    requireOperator(c);
    const id = idOf(c);
    await auditChange(c, auditOf.desk('uploads'), id);
    if (!(await askToGiveUp(c.var.deps, id))) throw new HTTPException(409, { message: NOT_OPEN });
    return c.json({ upload_id: id }, 202);
  });

/** By a function of its own: it reads and moves dead letters and sends to every queue, which no other of the API may. */
export const app = new Hono<OperateEnv>();
/** The routes with their inputs and answers, for the typed client of the page. */
export type OperateType = typeof operations;

app.onError(answerError);
app.notFound((c) => c.json({ message: 'その番号のものはありません。' }, 404));
app.use(throughDoor, withCaller(dependencies), refuseUnnamedQuery);
app.route('/', operations);
