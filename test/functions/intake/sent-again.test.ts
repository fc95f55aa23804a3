import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IntakeDependencies } from '../../../functions/intake/dependencies.ts';
import { handleMessage } from '../../../functions/intake/receive-upload.ts';
import type { Sender } from '../../../shared/access/sender.ts';
import { memoryOcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import { readLog } from '../../../shared/records/events/event-log.ts';
import { versionsOf } from '../../../shared/records/events/read-case.ts';
import { readDecision } from '../../../shared/records/events/read-packet.ts';
import { newUploadId, uploadKey } from '../../../shared/records/events/upload-id.ts';
import { rebuild } from '../../../shared/records/recovery/rebuild.ts';
import { importRegistry } from '../../../shared/records/steps/import-registry.ts';
import { announceUpload } from '../../../shared/records/steps/receive-object.ts';
import { withdrawCase } from '../../../shared/records/steps/withdraw-case.ts';
import type { CaseRecord } from '../../../shared/records/store/case-record.ts';
import { RecordStore } from '../../../shared/records/store/record-store.ts';
import { TABLES, type TableName } from '../../../shared/records/store/tables.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { aVerdict } from '../../builders/a-verdict.ts';
import { atPacket } from '../../builders/position.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { zip, zipOf } from '../../builders/zip.ts';
import { dying } from '../../harness/dying-store.ts';
import { MemoryObjects } from '../../harness/memory-objects.ts';
import { MemoryTables } from '../../harness/memory-tables.ts';

// An office withdraws what it sent, and sends the same bytes again.
const ROOT = resolve(import.meta.dirname, '../../..');
const SENDER: Sender = { kind: 'office', office: '4370100010' };
const HOW = { by: 'clerk-1', role: 'office', reason: '別の利用者の書類が入っていた' };
const objects = new MemoryObjects();
let records: TestRecords;
let desk: IntakeDependencies;
let clock = Date.parse('2026-06-12T01:00:00.000Z');

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, name]));
  const tables = new MemoryTables();
  const db = tables as unknown as DynamoDBDocumentClient;
  const store = new RecordStore(db, names as Record<TableName, string>);
  const now = () => new Date(clock++);
  records = { ...(await testRecords()), store, now, all: async (table) => tables.all(table) };
  desk = {
    ...records,
    s3: objects as unknown as S3Client,
    inbox: 'inbox',
    scans: memoryOcrTexts(),
    isTurnOver: async () => false,
    domain: async () => ({
      ...(await import('../../../shared/flow.ts')),
      ...(await import('../../../shared/split/find-packet.ts')),
      ...(await import('../../../shared/packet/open-upload.ts')),
      ...(await import('../../../shared/decision/upload-verdict.ts')),
    }),
  } as unknown as IntakeDependencies;
  await importRegistry(store, await loadRegistry(join(ROOT, 'samples/registry/kumamoto.yaml')), now());
});
afterAll(() => records.stop());

const bulk = () => readFile(join(ROOT, 'samples/packets/kumamoto-bulk.zip'));

/** Puts the bytes into the inbox as an upload of the office. */
async function put(Body: Buffer) {
  const upload_id = newUploadId(records.now());
  const key = uploadKey(upload_id);
  await announceUpload(records, { upload_id, name: 'a.zip', sender: SENDER });
  const { ETag, VersionId } = (await objects.send(
    new PutObjectCommand({ Bucket: 'inbox', Key: key, Body }),
  )) as { ETag: string; VersionId: string };
  return { key, etag: ETag.replaceAll('"', ''), version_id: VersionId, size: Body.length };
}
async function send(body: Buffer): Promise<PacketLine[]> {
  const object = await put(body);
  await handleMessage(desk, { kind: 'objects', objects: [object] });
  return linesOf(object.key);
}
const linesOf = async (key: string): Promise<PacketLine[]> =>
  (await records.all<PacketLine>('submissions'))
    .filter((one) => one.upload_id === key.split('/')[1] && one.part.startsWith('packet#'))
    .sort((a, b) => (a.part < b.part ? -1 : 1));
const withdraw = async ({ packet_id }: PacketLine) =>
  expect(await withdrawCase(records, (await readDecision(records, packet_id))!, HOW)).not.toBeNull();
const outcomes = (lines: PacketLine[]) => lines.map(({ outcome }) => outcome);
const caseOf = async ({ insured_number, service_month }: PacketLine) =>
  (await records.all<CaseRecord>('cases')).filter(
    (one) => one.insured_number === insured_number && one.month === service_month,
  );

it('decides one withdrawn packet of many anew, as the next version, and answers the others with their receipt', async () => {
  const first = await send(await bulk());
  expect(first.length).toBeGreaterThan(3);
  const repeated = await send(await bulk());
  expect(outcomes(repeated)).toEqual(first.map(() => 'repeated'));
  const gone = first[1]!;
  await withdraw(gone);
  // The withdrawal shows wherever the packet is listed.
  expect((await linesOf(`uploads/${repeated[1]!.upload_id}/upload`))[1]!.withdrawn_at).toBeDefined();

  const again = await send(await bulk());
  expect(outcomes(again)).toEqual(first.map(({ part }) => (part === gone.part ? 'decided' : 'repeated')));
  const anew = again[1]!;
  expect(anew).toMatchObject({ receipt: anew.upload_id, decision: gone.decision });
  expect(anew.packet_id).not.toBe(gone.packet_id);
  expect(anew.withdrawn_at).toBeUndefined();
  expect(await caseOf(anew)).toMatchObject([{ packet_id: anew.packet_id, version: 2 }]);
  expect((await caseOf(anew))[0]).not.toHaveProperty('withdrawn_at');
  const [before, after] = await versionsOf(records.store, (await readDecision(records, anew.packet_id))!);
  expect(before).toMatchObject({ packet_id: gone.packet_id, withdrawn_at: expect.any(String) });
  expect(after).toMatchObject({ packet_id: anew.packet_id, first_upload_id: anew.upload_id });

  // Once more: everything has its receipt, until it is withdrawn a second time.
  const third = await send(await bulk());
  expect(outcomes(third)).toEqual(first.map(() => 'repeated'));
  expect(third[1]!.packet_id).toBe(anew.packet_id);
  await withdraw(anew);
  const last = (await send(await bulk()))[1]!;
  expect(last.outcome).toBe('decided');
  expect(await caseOf(last)).toMatchObject([{ packet_id: last.packet_id, version: 3 }]);

  // The read models made again from the log are the same.
  const tables = async () => ({
    cases: await records.all<CaseRecord>('cases'),
    lines: (await records.all<PacketLine>('submissions')).filter(({ part }) => part.startsWith('packet#')),
  });
  const kept = await tables();
  for (const { area_month, case_key } of kept.cases)
    await records.store.remove('cases', { area_month, case_key });
  for (const { upload_id, part } of kept.lines)
    await records.store.remove('submissions', { upload_id, part });
  expect((await rebuild(records, readLog(records.store))).failed).toEqual([]);
  const made = await tables();
  const sorted = <T extends object>(all: T[]) => all.map((one) => JSON.stringify(entriesOf(one))).sort();
  expect(sorted(made.cases)).toEqual(sorted(kept.cases));
  expect(sorted(made.lines)).toEqual(sorted(kept.lines));
});
const entriesOf = (one: object) => Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1));

/** Three packets of persons of its own, one for each file of the upload, decided without reading them. */
const deciding = (n: number): IntakeDependencies => ({
  ...desk,
  domain: async () => ({
    ...(await desk.domain()),
    async *decideOpened() {
      for (const packet of [1, 2, 3]) {
        const insured_number = `${n}${packet}`.padStart(10, '0');
        const of = { packet_id: `p${insured_number}`, digest: insured_number, insured_number };
        const ledger = { files: 1, pages: 0, rows: 0, accounted: true, outcomes: {} };
        yield { position: atPacket(packet), verdict: aVerdict({ ...of, ledger }) };
      }
    },
  }),
});

it('loses nothing and doubles nothing of it, though the desk is killed between any two writes', async () => {
  let n = 0;
  for (let wasKilled = true; wasKilled; n++) {
    const body = zipOf({ '甲.txt': `1 ${n}`, '乙.txt': `2 ${n}`, '丙.txt': `3 ${n}` });
    const one = deciding(n);
    const first = await put(body);
    await handleMessage(one, { kind: 'objects', objects: [first] });
    await withdraw((await linesOf(first.key))[1]!);
    const again = await put(body);
    const store = dying(records.store, n + 1, n % 2 === 0);
    const message = { kind: 'objects' as const, objects: [again] };
    wasKilled = await handleMessage({ ...one, store }, message).then(
      () => false,
      () => true,
    );
    await handleMessage(one, message);
    const lines = await linesOf(again.key);
    expect(outcomes(lines), `killed at write ${n + 1}`).toEqual(['repeated', 'decided', 'repeated']);
    expect(await caseOf(lines[1]!)).toMatchObject([{ packet_id: lines[1]!.packet_id, version: 2 }]);
    const chain = await versionsOf(records.store, (await readDecision(records, lines[1]!.packet_id))!);
    expect(chain.map(({ version, withdrawn_at }) => [version, withdrawn_at !== undefined])).toEqual([
      [1, true],
      [2, false],
    ]);
  }
  expect(n).toBeGreaterThan(15);
});

it('answers papers under the name they came under, and names the one they were received under first', async () => {
  const papers = (person: string) =>
    zipOf({ [`${person}/a.txt`]: 'the same', [`${person}/b.txt`]: 'as well' });
  const [first] = await send(papers('佐藤'));
  expect(first).toMatchObject({ packet: '佐藤', outcome: 'decided' });
  expect(first).not.toHaveProperty('first_packet');
  const second = await send(papers('鈴木'));
  const again = await send(papers('鈴木'));
  for (const [line] of [second, again])
    expect(line).toMatchObject({ packet: '鈴木', first_packet: '佐藤', outcome: 'repeated' });
  await rebuild(records, readLog(records.store));
  expect((await linesOf(`uploads/${second[0]!.upload_id}/upload`))[0]).toMatchObject({
    ...{ packet: '鈴木', first_packet: '佐藤' },
  });
});

it('receives the locked papers of two persons as two packets, and the same once more as received', async () => {
  const of = (person: string, bytes: string) => ({
    ...{ name: `${person}/UPKIHON.CSV`, bytes, method: 0, encrypted: true },
  });
  const both = await send(zip([of('佐藤', 'AAAA'), of('鈴木', 'BBBB')]));
  const third = await send(zip([of('田中', 'CCCC')]));
  expect([...both, ...third].map(({ packet, outcome }) => [packet, outcome])).toEqual([
    ['佐藤', 'decided'],
    ['鈴木', 'decided'],
    ['田中', 'decided'],
  ]);
  const [line] = await send(zip([of('鈴木', 'BBBB')]));
  expect(line).toMatchObject({ packet: '鈴木', outcome: 'repeated' });
});
