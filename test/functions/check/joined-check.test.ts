import { join, resolve } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callerOf } from '../../../functions/api/caller.ts';
import { answerError } from '../../../functions/api/errors.ts';
import { type CheckEnv, checks } from '../../../functions/check/app.ts';
import type { IntakeDependencies } from '../../../functions/intake/dependencies.ts';
import { handleMessage } from '../../../functions/intake/receive-upload.ts';
import type { Sender } from '../../../shared/access/sender.ts';
import { memoryOcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import type { JoinsPacket } from '../../../shared/records/events/upload-events.ts';
import { newUploadId, uploadKey } from '../../../shared/records/events/upload-id.ts';
import { importRegistry } from '../../../shared/records/steps/import-registry.ts';
import { announceUpload } from '../../../shared/records/steps/receive-object.ts';
import { TABLES, type TableName } from '../../../shared/records/store/tables.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { zip } from '../../builders/zip.ts';
import { MemoryObjects } from '../../harness/memory-objects.ts';
import { officeClaims } from '../../harness/sign-in.ts';

// What a packet would get with the files that complete it, before they are sent.
const ROOT = resolve(import.meta.dirname, '../../..');
const OFFICE = '4370100010';
const SENDER: Sender = { kind: 'office', office: OFFICE };
const objects = new MemoryObjects();
let records: TestRecords;
let desk: IntakeDependencies;
const files = new Map<string, Uint8Array>();
let app: Hono<CheckEnv>;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  records = await testRecords();
  const domain = async () => ({
    ...(await import('../../../shared/flow.ts')),
    ...(await import('../../../shared/packet/open-upload.ts')),
  });
  desk = {
    ...records,
    s3: objects as unknown as S3Client,
    inbox: 'inbox',
    scans: memoryOcrTexts(),
    isTurnOver: async () => false,
    domain,
  } as unknown as IntakeDependencies;
  const registry = await loadRegistry(join(ROOT, 'samples/registry/kumamoto.yaml'));
  await importRegistry(records.store, registry, records.now());
  const sample = join(ROOT, 'samples/packets/kumamoto-renewal.zip');
  for await (const packet of (await openUpload({ name: 'a.zip', file: sample })).packets())
    for (const file of packet.files) files.set(file.path.split('/').at(-1)!, await file.read());
  app = new Hono<CheckEnv>();
  app.onError(answerError);
  app.use(async (c, next) => {
    c.set('caller', callerOf(c.env.event));
    const personKey = async () => records.personKey;
    c.set('deps', { ...desk, personKey, opensUnscanned: true } as unknown as CheckEnv['Variables']['deps']);
    await next();
  });
  app.route('/', checks);
});
afterAll(() => records.stop());

const bytesOf = (names: string[], folder = ''): Buffer =>
  zip(names.map((name) => ({ name: `${folder}${name}`, bytes: files.get(name)! })));
const named = (part: string): string[] => [...files.keys()].filter((name) => name.includes(part));
const without = (part: string): string[] => [...files.keys()].filter((name) => !name.includes(part));

async function send(Body: Buffer, joins?: JoinsPacket): Promise<PacketLine> {
  const upload_id = newUploadId(new Date());
  const key = uploadKey(upload_id);
  await announceUpload(records, { upload_id, name: 'a.zip', sender: SENDER, ...(joins && { joins }) });
  const { ETag, VersionId } = (await objects.send(
    new PutObjectCommand({ Bucket: 'inbox', Key: key, Body }),
  )) as { ETag: string; VersionId: string };
  const object = { key, etag: ETag.replaceAll('"', ''), version_id: VersionId, size: Body.length };
  await handleMessage(desk, { kind: 'objects', objects: [object] });
  const lines = await records.all<PacketLine>('submissions');
  return lines.find((one) => one.upload_id === upload_id && one.part.startsWith('packet#'))!;
}

async function check(body: Buffer, joins: string, { replaces = [] as string[], office = OFFICE } = {}) {
  const claims = { sub: 'clerk-1', ...officeClaims(office) };
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  const asked = new URLSearchParams([
    ['name', '補正.zip'],
    ['joins', joins],
    ...replaces.map((path) => ['replaces', path]),
  ]);
  const response = await app.request(`/checks?${asked}`, { method: 'POST', body: new Uint8Array(body) }, {
    event,
  } as never);
  return { status: response.status, body: await response.json() };
}
const everyRecord = async () => {
  const tables = (Object.keys(TABLES) as TableName[]).filter((name) => name !== 'audit');
  return Promise.all(tables.map((name) => records.all(name)));
};

it('answers what the packet would get with the files, keeps nothing, and records who read it', async () => {
  const returned = await send(bytesOf(without('評価表'), '見本/'));
  expect(returned.decision).toBe('return');
  const [before, sent] = [await everyRecord(), records.sent.length];
  const missing = bytesOf(named('評価表'));
  const { status, body } = await check(missing, returned.packet_id);
  expect(status).toBe(200);
  expect(body.packets).toHaveLength(1);
  const [checked] = body.packets;
  expect(checked).toMatchObject({ packet: returned.packet, state: 'accepted', missing_documents: [] });
  expect(checked.ledger.files).toBe(files.size);
  expect(await everyRecord()).toEqual(before);
  expect(records.sent).toHaveLength(sent);
  expect(await records.all('audit')).toMatchObject([{ does: 'read', what: 'POST /checks' }]);

  // The real thing decides the same.
  const { upload_id, packet_id, position } = returned;
  const real = await send(missing, { packet_id, upload_id, packet: position.packet, replaces: [] });
  expect(real).toMatchObject({ packet_id: checked.packet_id, decision: 'accept', ledger: checked.ledger });

  // It is the version that counts now: files join that one.
  expect(await check(missing, returned.packet_id)).toMatchObject({ status: 409 });
  const old = `${returned.packet}/基本チェックリスト.pdf`;
  const replaced = await check(missing, real.packet_id, { replaces: [old] });
  expect(replaced.body.packets[0].ledger.files).toBe(files.size - 1);
});

it('is refused to another office, and of a packet that does not exist', async () => {
  const sent = await send(bytesOf(without('利用票'), '別/'));
  const body = bytesOf(named('評価表'));
  expect(await check(body, sent.packet_id, { office: '4370100028' })).toMatchObject({ status: 403 });
  expect(await check(body, 'nothing')).toMatchObject({ status: 404 });
  expect(await check(body, '../x')).toMatchObject({ status: 400 });
});
