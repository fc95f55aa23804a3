import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { type Context, Hono } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { z } from 'zod';
import { versionsOf } from '../../shared/records/events/read-case.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readAnnounced, readFinished, readReceived } from '../../shared/records/events/read-upload.ts';
import { newUploadId, uploadKey } from '../../shared/records/events/upload-id.ts';
import { auditOf, recordAccess, trailOf } from '../../shared/records/lifecycle/audit.ts';
import { importRegistry } from '../../shared/records/steps/import-registry.ts';
import { announceUpload } from '../../shared/records/steps/receive-object.ts';
import { areaMonth, type CaseRecord } from '../../shared/records/store/case-record.ts';
import { UNKNOWN_OFFICE } from '../../shared/records/store/record-context.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { listRegistries, loadRegistry } from '../../shared/records/store/registry-store.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import type { NoticeRecord } from '../../shared/records/views/letter.ts';
import { PACKET_PARTS, type PacketLine } from '../../shared/records/views/packet-line.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { pointerKey, stateOf, type UploadLine } from '../../shared/records/views/upload-line.ts';
import { parseRegistry } from '../../shared/registry/registry.ts';
import { errorCode, log } from '../log.ts';
import {
  type Caller,
  callerOf,
  isOperator,
  requireArea,
  requireCity,
  requireOffice,
  requirePacket,
} from './caller.ts';
import { type ApiDependencies, dependencies, session } from './dependencies.ts';

type Env = { Bindings: { event: LambdaEvent }; Variables: { caller: Caller; desk: ApiDependencies } };
const PAGE = 200;

export const app = new Hono<Env>();

app.onError((error, c) => {
  if (error instanceof HTTPException) return c.json({ message: error.message }, error.status);
  log('error', 'request failed', { route: c.req.routePath, code: errorCode(error) });
  if (process.env.UKETSUKE_DEBUG) process.stderr.write(`${error.stack}\n`);
  return c.json({ message: '受付窓口で想定外の失敗が起きました。時間をおいてもう一度お試しください。' }, 500);
});
app.notFound((c) => c.json({ message: 'その番号のものはありません。' }, 404));

// --- the page itself, open to everybody
const WEB = resolve(process.env.UKETSUKE_WEB ?? join(import.meta.dirname, '../../web'));
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

app.get('/session', (c) => c.json(session()));
app.get('/', (c) => page(c, 'index.html'));
app.get('/web/:file', (c) => page(c, c.req.param('file')));

async function page(c: Context<Env>, file: string): Promise<Response> {
  const type = TYPES[file.split('.').at(-1) ?? ''];
  if (!/^[a-z0-9-]+\.[a-z]+$/.test(file) || !type) return c.notFound();
  const body = await readFile(join(WEB, file)).catch(() => null);
  if (!body) return c.notFound();
  return c.body(new Uint8Array(body), 200, {
    'content-type': type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'self'; connect-src 'self' https:; img-src 'self' data:; frame-ancestors 'none'",
  });
}

/** One line of the audit trail, before anything is shown or changed. Of a packet the line stands at its case. */
const auditRead = (c: Context<Env>, record: string, of?: string): Promise<void> =>
  audit(c, 'read', record, of);
const auditChange = (c: Context<Env>, record: string, of?: string): Promise<void> =>
  audit(c, 'change', record, of);

async function audit(c: Context<Env>, does: 'read' | 'change', record: string, of?: string): Promise<void> {
  const { desk, caller } = c.var;
  const what = `${c.req.method} ${routePath(c)}`;
  await recordAccess(desk.store, caller, { does, record, what, of: of ?? null }, desk.now());
}

app.use(async (c, next) => {
  c.set('caller', callerOf(c.env?.event as unknown as Parameters<typeof callerOf>[0]));
  c.set('desk', await dependencies());
  await next();
});

// --- uploads
const announcement = z.object({
  name: z.string().min(1).max(255),
  office: z
    .string()
    .regex(/^[0-9A-Z]{10}$/)
    .nullish(),
  /** sha256 of the bytes: an interrupted upload of the same bytes goes on under its first number */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
});

app.post('/uploads', async (c) => {
  const { desk, caller } = c.var;
  const said = announcement.safeParse(await c.req.json().catch(() => null));
  if (!said.success)
    throw new HTTPException(400, { message: '送るファイルの名前 (name) を JSON で指定してください。' });
  const office = isOperator(caller) ? (said.data.office ?? null) : caller.office;
  if (!isOperator(caller)) requireOffice(caller, office);
  // Before anything is written: a refusal leaves nothing behind.
  if (!(await desk.backlog.tryAdmit(desk.maxWaitingUploads))) return serviceUnavailable(c);
  const upload_id = await openUpload(desk, said.data.name, office, said.data.digest ?? null);
  await auditChange(c, auditOf.upload(upload_id));
  const key = uploadKey(upload_id);
  const address = await createPresignedPost(desk.uploads, {
    Bucket: desk.inbox,
    Key: key,
    Expires: desk.uploadAddressSeconds,
    Conditions: [
      ['content-length-range', 0, desk.maxUploadBytes],
      ['eq', '$Content-Type', 'application/octet-stream'],
    ],
    Fields: { 'Content-Type': 'application/octet-stream' },
  });
  return c.json({ upload_id, ...address, max_bytes: desk.maxUploadBytes }, 201);
});

/** Too much is waiting. 503 as HTTP API's own 429: clients wait and ask again. */
function serviceUnavailable(c: Context<Env>): Response {
  const seconds = c.var.desk.busyRetrySeconds;
  log('info', 'upload put off', { status: 503 });
  const message =
    `提出が集中しているため、新しい受付を一時止めています。この送付物はまだ受け付けていません。${seconds} 秒ほどおいて、もう一度送ってください。` +
    '受付番号が出ているものは失われておらず、順に判定しています。';
  return c.json({ message }, 503, { 'retry-after': String(seconds) });
}

/** A new receipt number; or, where the same bytes were announced and never finished, the number they already have. */
async function openUpload(
  desk: ApiDependencies,
  name: string,
  office: string | null,
  digest: string | null,
): Promise<string> {
  const pointer = digest ? pointerKey({ office, digest, name }) : null;
  if (pointer) {
    const before = await desk.store.get<{ points_to: string }>('submissions', pointer);
    if (before && !(await readFinished(desk, before.points_to))) return before.points_to;
  }
  const upload_id = newUploadId(desk.now());
  await announceUpload(desk, { upload_id, name, office, digest });
  if (pointer) await desk.store.put('submissions', { ...pointer, points_to: upload_id });
  return upload_id;
}

app.get('/uploads', async (c) => {
  const { desk, caller } = c.var;
  const office = isOperator(caller) ? (c.req.query('office') ?? UNKNOWN_OFFICE) : caller.office;
  requireOffice(caller, office);
  await auditRead(c, auditOf.office(office!));
  const uploads = desk.store.index<UploadLine>('submissions', 'office', office!, {
    newestFirst: true,
    limit: PAGE,
  });
  return c.json({ uploads: await collect(uploads) });
});

app.get('/uploads/:id', async (c) => {
  const { desk, caller } = c.var;
  const upload_id = c.req.param('id');
  const received = await readReceived(desk, upload_id);
  if (!received) {
    const announced = await readAnnounced(desk, upload_id);
    if (!announced) return c.notFound();
    requireOffice(caller, announced.office);
    return c.json({ upload_id, name: announced.name, state: 'announced', packets: [], next: null });
  }
  requireOffice(caller, received.office);
  await auditRead(c, auditOf.upload(upload_id));
  const after = c.req.query('after') ?? PACKET_PARTS;
  const lines = await collect(
    desk.store.partition<PacketLine>('submissions', upload_id, { after, limit: PAGE }),
  );
  const packets = lines.filter((line) => line.part.startsWith(PACKET_PARTS));
  const finished = await readFinished(desk, upload_id);
  const next = packets.length === PAGE ? packets.at(-1)!.part : null;
  return c.json({
    upload_id,
    name: received.name,
    received_at: received.at,
    finished_at: finished?.at ?? null,
    state: await stateOf(desk, received, finished),
    total: finished?.packets ?? null,
    repeated: finished?.repeated ?? null,
    packets,
    next,
  });
});

// --- packets and notices
app.get('/packets/:id', async (c) => {
  const { desk, caller } = c.var;
  const decided = await readDecision(desk, c.req.param('id'));
  if (!decided) return c.notFound();
  requirePacket(caller, decided);
  await auditRead(c, auditOf.case(decided), decided.packet_id);
  const [verdict, versions, review] = await Promise.all([
    desk.results.readVerdict(decided),
    versionsOf(desk.store, decided),
    desk.store.get<ReviewItem>('reviews', { packet_id: decided.packet_id }),
  ]);
  const chain = versions.map(({ version, packet_id, upload_id, received_at, decision }) => ({
    version,
    packet_id,
    upload_id,
    received_at,
    decision,
  }));
  const { upload_id, received_at, at, run_id, review_due } = decided;
  return c.json({
    upload_id,
    received_at,
    decided_at: at,
    run_id,
    review_due,
    review_state: review?.state ?? null,
    versions: chain,
    verdict,
  });
});

/** Who saw or changed what of the packet's case: for the city, which answers for it. */
app.get('/packets/:id/trail', async (c) => {
  const { desk, caller } = c.var;
  const decided = await readDecision(desk, c.req.param('id'));
  if (!decided) return c.notFound();
  requireCity(caller, decided.city);
  await auditRead(c, auditOf.case(decided), decided.packet_id);
  return c.json({ trail: await trailOf(desk.store, decided) });
});

app.get('/notices/:id', async (c) => {
  const { desk, caller } = c.var;
  const record = await desk.store.get<NoticeRecord>('notices', { notice_id: c.req.param('id') });
  if (!record) return c.notFound();
  if (record.kind === 'receipt') {
    const received = await readReceived(desk, record.upload_id);
    requireOffice(caller, received?.office ?? record.office);
    await auditRead(c, auditOf.upload(record.upload_id));
  } else {
    const decided = await readDecision(desk, record.notice_id);
    if (!decided) return c.notFound();
    requirePacket(caller, decided);
    await auditRead(c, auditOf.case(decided), decided.packet_id);
  }
  const text = (await desk.results.read(record.text_key)).toString('utf8');
  if (c.req.query('format') === 'text') return c.text(text);
  const notice = JSON.parse((await desk.results.read(record.json_key)).toString('utf8'));
  return c.json({ ...record, text, notice });
});

// --- the area and the city
app.get('/areas/:city/:area/:month', async (c) => {
  const { city, area, month } = c.req.param();
  const { desk, caller } = c.var;
  requireArea(caller, city, area);
  await auditRead(c, auditOf.area(city, area, month));
  const summary = await desk.store.get<AreaSummary>('summaries', { city, month_area: `${month}#${area}` });
  const cases = await collect(
    desk.store.partition<CaseRecord>('cases', areaMonth({ city, area, month }), { limit: 1000 }),
  );
  return c.json({ summary, cases: cases.filter((one) => !one.superseded) });
});

app.get('/cities/:city/:month', async (c) => {
  const { city, month } = c.req.param();
  const { desk, caller } = c.var;
  requireCity(caller, city);
  // `all`: every month, for the months a city has work in.
  const begins = month === 'all' ? '' : `${month}#`;
  const found = desk.store.partition<AreaSummary>('summaries', city, begins ? { begins } : {});
  return c.json({ city, summaries: await collect(found) });
});

app.get('/review', async (c) => {
  const { desk, caller } = c.var;
  const city = c.req.query('city') ?? caller.city;
  const area = c.req.query('area') ?? caller.areas[0];
  if (!city || !area) throw new HTTPException(400, { message: 'city と area を指定してください。' });
  requireArea(caller, city, area);
  await auditRead(c, auditOf.queue(city, area));
  const until = c.req.query('until');
  const items = desk.store.index<ReviewItem>('reviews', 'queue', `${city}#${area}`, {
    limit: PAGE,
    ...(until && { until: `${until}#\uffff` }),
  });
  return c.json({ city, area, items: await collect(items) });
});

// --- registries
app.get('/registries', async (c) => {
  const { desk, caller } = c.var;
  const registries = await listRegistries(desk.store);
  return c.json({ registries: registries.filter((one) => isOperator(caller) || one.city === caller.city) });
});

app.get('/registries/:city', async (c) => {
  const { desk, caller } = c.var;
  const city = c.req.param('city');
  // A 包括 needs the names of its own city's areas.
  if (!(caller.roles.includes('hokatsu') && caller.city === city)) requireCity(caller, city);
  const registry = await loadRegistry(desk.store, city);
  return registry ? c.json(registry) : c.notFound();
});

app.put('/registries/:city', async (c) => {
  const { desk, caller } = c.var;
  const city = c.req.param('city');
  requireCity(caller, city);
  const registry = readRegistry(await c.req.json().catch(() => null), city);
  if (registry.city !== city)
    throw new HTTPException(400, { message: `この登録簿は ${registry.city} のものです (宛先は ${city})。` });
  await auditChange(c, auditOf.registry(city));
  return c.json(await importRegistry(desk.store, registry, desk.now()));
});

function readRegistry(raw: unknown, city: string) {
  try {
    return parseRegistry(raw, city);
  } catch (error) {
    throw new HTTPException(400, { message: error instanceof Error ? error.message : String(error) });
  }
}
