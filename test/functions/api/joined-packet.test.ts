import { Hono } from 'hono';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { announceRoute } from '../../../functions/api/announce-upload.ts';
import { callerOf } from '../../../functions/api/caller.ts';
import { correction } from '../../../functions/api/correction.ts';
import type { ApiDependencies } from '../../../functions/api/dependencies.ts';
import type { Env } from '../../../functions/api/env.ts';
import { answerError } from '../../../functions/api/errors.ts';
import { ownPackets } from '../../../functions/api/own-packets.ts';
import { append } from '../../../shared/records/events/event-log.ts';
import type { PacketDecided } from '../../../shared/records/events/packet-events.ts';
import { announceUpload, receiveUpload } from '../../../shared/records/steps/receive-object.ts';
import { recordCase } from '../../../shared/records/steps/record-case.ts';
import { withdrawCase } from '../../../shared/records/steps/withdraw-case.ts';
import { putUploadLine } from '../../../shared/records/views/upload-line.ts';
import { aVerdict } from '../../builders/a-verdict.ts';
import { aDecided } from '../../builders/events.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { officeClaims } from '../../harness/sign-in.ts';

/* What may complete a packet, and what is shown of the packet that was completed. */

const decided = aDecided({ upload_id: 'R1' });
const { owner, packet_id, sender } = decided;
const OFFICE = { sub: 'office-1', ...officeClaims(owner) };
const OTHER = '0870100999';

let records: TestRecords;
let app: Hono<Env>;
beforeEach(async () => {
  process.env.UKETSUKE_LOG = 'off';
  records = await testRecords();
  await record(decided);
  app = new Hono<Env>();
  app.onError(answerError);
  const deps = { ...records, backlog: { tryAdmit: async () => false }, busyRetrySeconds: 1 };
  app.use(async (c, next) => {
    c.set('caller', callerOf(c.env.event));
    c.set('deps', deps as unknown as ApiDependencies);
    await next();
  });
  for (const router of [announceRoute, ownPackets, correction]) app.route('/', router);
});
afterEach(() => records.stop());

async function record(one: PacketDecided): Promise<void> {
  const kept = { ...one, ...(await records.results.keepVerdict(aVerdict({ packet_id: one.packet_id }))) };
  await append(records.store, kept);
  await recordCase(records, kept);
}

async function call(path: string, body?: object) {
  const event = { requestContext: { authorizer: { jwt: { claims: OFFICE } } } };
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await app.request(path, init, { event } as never);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const announce = (joined = packet_id) => call('/uploads', { name: 'a.zip', joins: { packet_id: joined } });
/** The desk takes no upload in these tests: one that may join is put off. */
const ALLOWED = 503;
const refusal = (text: string) => ({ status: 409, body: { message: expect.stringContaining(text) } });

it('joins no packet that was withdrawn', async () => {
  expect(await announce()).toMatchObject({ status: ALLOWED });
  await withdrawCase(records, decided, { by: 'office-1', role: 'office', reason: '誤り' });
  expect(await announce()).toMatchObject(refusal('取り下げられている'));
});

it('joins no packet whose files have gone to another case', async () => {
  await record(aDecided({ packet_id: 'b2', upload_id: 'R2', month: '2024-03', joins: packet_id }));
  expect(await announce()).toMatchObject(refusal('R2'));
});

it('waits for the answer of files that came before, and not for those that were announced alone', async () => {
  const joins = { packet_id, upload_id: 'R1', packet: 1, replaces: [] };
  await announceUpload(records, { upload_id: 'R3', name: 'a.zip', sender, joins });
  expect(await announce()).toMatchObject({ status: ALLOWED });
  const upload = { upload_id: 'R3', name: 'a.zip', sender, joins, key: 'k', etag: 'e', size: 1 };
  const received = await receiveUpload(records, upload as Parameters<typeof receiveUpload>[1]);
  expect(await announce()).toMatchObject(refusal('R3'));
  await putUploadLine(records.store, received, 'finished');
  expect(await announce()).toMatchObject({ status: ALLOWED });
  // One that hangs does not keep the office out.
  await receiveUpload(records, { ...upload, upload_id: 'R4' } as Parameters<typeof receiveUpload>[1]);
  expect(await announce()).toMatchObject(refusal('R4'));
  const hangs = { expression: 'SET received_at = :at', values: { ':at': '2026-06-11T00:00:00.000Z' } };
  const line = { upload_id: 'R4', part: 'upload' };
  await records.store.update('submissions', line, hangs, 'attribute_exists(upload_id)');
  expect(await announce()).toMatchObject({ status: ALLOWED });
});

it('compares a version with the one that counted before it, not with the one its files joined', async () => {
  await record(aDecided({ packet_id: 'b2', upload_id: 'R2', joins: packet_id }));
  await record(aDecided({ packet_id: 'b3', upload_id: 'R3', joins: packet_id }));
  expect(await call('/packets/b3/changes')).toMatchObject({ body: { before: { packet_id: 'b2' } } });
});

it('shows nothing of a packet of another office', async () => {
  const theirs = { owner: OTHER, office: OTHER, sender: { kind: 'office', office: OTHER } } as const;
  await record(aDecided({ packet_id: 'b5', upload_id: 'R5', person: 'person-9', ...theirs }));
  await record(aDecided({ packet_id: 'b6', upload_id: 'R6', month: '2024-01', joins: 'b5' }));
  expect(await call('/packets/b6/changes')).toEqual({ status: 200, body: { before: null, changes: null } });
});
