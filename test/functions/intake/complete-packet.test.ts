import { join, resolve } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IntakeDependencies } from '../../../functions/intake/dependencies.ts';
import { handleMessage } from '../../../functions/intake/receive-upload.ts';
import type { Sender } from '../../../shared/access/sender.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import { readLog } from '../../../shared/records/events/event-log.ts';
import type { JoinsPacket } from '../../../shared/records/events/upload-events.ts';
import { newUploadId, uploadKey } from '../../../shared/records/events/upload-id.ts';
import { rebuild } from '../../../shared/records/recovery/rebuild.ts';
import { importRegistry } from '../../../shared/records/steps/import-registry.ts';
import { announceUpload } from '../../../shared/records/steps/receive-object.ts';
import type { CaseRecord } from '../../../shared/records/store/case-record.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { zip } from '../../builders/zip.ts';
import { MemoryObjects } from '../../harness/memory-objects.ts';

// Files that complete a packet, by the code of the intake and the rules of the city.
const ROOT = resolve(import.meta.dirname, '../../..');
const SENDER: Sender = { kind: 'office', office: '4370100010' };
const objects = new MemoryObjects();
let records: TestRecords;
let desk: IntakeDependencies;
let files: Map<string, Uint8Array>;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  records = await testRecords();
  desk = {
    ...records,
    s3: objects as unknown as S3Client,
    inbox: 'inbox',
    scans: { get: async () => null, put: async () => {} },
    isTurnOver: async () => false,
    domain: async () => ({
      ...(await import('../../../shared/flow.ts')),
      ...(await import('../../../shared/split/find-packet.ts')),
      ...(await import('../../../shared/packet/open-upload.ts')),
      ...(await import('../../../shared/decision/upload-verdict.ts')),
      ...(await import('../../../shared/decision/with-rivals.ts')),
    }),
  } as unknown as IntakeDependencies;
  const registry = await loadRegistry(join(ROOT, 'samples/registry/kumamoto.yaml'));
  await importRegistry(records.store, registry, records.now());
  files = new Map();
  const upload = await openUpload({
    name: 'a.zip',
    file: join(ROOT, 'samples/packets/kumamoto-renewal.zip'),
  });
  for await (const packet of upload.packets())
    for (const file of packet.files) files.set(file.path.split('/').at(-1)!, await file.read());
});
afterAll(() => records.stop());

async function send(names: string[], { folder = '', joins }: { folder?: string; joins?: JoinsPacket } = {}) {
  const upload_id = newUploadId(new Date());
  const Body = zip(names.map((name) => ({ name: `${folder}${name}`, bytes: files.get(name)! })));
  const key = uploadKey(upload_id);
  await announceUpload(records, { upload_id, name: 'a.zip', sender: SENDER, ...(joins && { joins }) });
  const { ETag, VersionId } = (await objects.send(
    new PutObjectCommand({ Bucket: 'inbox', Key: key, Body }),
  )) as { ETag: string; VersionId: string };
  const object = { key, etag: ETag.replaceAll('"', ''), version_id: VersionId, size: Body.length };
  await handleMessage(desk, { kind: 'objects', objects: [object] });
  const lines = (await records.all<PacketLine>('submissions')).filter(
    (one) => one.upload_id === upload_id && one.part.startsWith('packet#'),
  );
  expect(lines).toHaveLength(1);
  return { ...lines[0]!, upload_id };
}
const joining = ({ packet_id, upload_id }: PacketLine, replaces: string[] = []): JoinsPacket => ({
  packet_id,
  upload_id,
  packet: 1,
  replaces,
});
const without = (missing: string): string[] => [...files.keys()].filter((name) => !name.includes(missing));
const named = (part: string): string[] => [...files.keys()].filter((name) => name.includes(part));
const casesOf = async ({ insured_number }: PacketLine) =>
  (await records.all<CaseRecord>('cases')).filter((one) => one.insured_number === insured_number);

it('accepts a returned packet once the missing file is added, as its next version with its first receipt', async () => {
  const returned = await send(without('評価表'), { folder: '見本/' });
  expect(returned).toMatchObject({ decision: 'return', missing_documents: ['hyokahyo'] });
  const completed = await send(named('評価表'), { joins: joining(returned) });
  expect(completed).toMatchObject({
    decision: 'accept',
    packet: returned.packet,
    insured_number: returned.insured_number,
    outcome: 'decided',
  });
  const [counted, ...others] = await casesOf(returned);
  expect(others).toEqual([]);
  expect(counted).toMatchObject({ version: 2, packet_id: completed.packet_id, decision: 'accept' });
  expect(completed.ledger.files).toBe(files.size);

  // The same file again brings nothing new: the answer is the one that was given.
  const again = await send(named('評価表'), { joins: joining(completed) });
  expect(again).toMatchObject({ outcome: 'repeated', packet_id: completed.packet_id });
});

it('replaces the file the sender names, and the one of the same name', async () => {
  files.set('メモ.txt', Buffer.from('差し替え'));
  const sent = await send(without('評価表'), { folder: '差替え/' });
  const old = `${sent.packet}/基本チェックリスト.pdf`;
  files.set('新しい.pdf', files.get('サービス評価表.pdf')!);
  const replaced = await send(['新しい.pdf'], { joins: joining(sent, [old]) });
  expect(replaced.ledger.files).toBe(sent.ledger.files);
  expect(replaced.missing_documents).not.toContain('hyokahyo');
  files.set('新しい.pdf', files.get('基本チェックリスト.pdf')!);
  const again = await send(['新しい.pdf'], { joins: joining(replaced) });
  expect(again.ledger.files).toBe(sent.ledger.files);
  expect(again.missing_documents).toContain('hyokahyo');
  files.delete('新しい.pdf');
});

it('moves a packet to its month once the files show it, and a rebuild gives the same', async () => {
  files.set('メモ.txt', Buffer.from('月が分からない'));
  const unknown = await send(named('評価表'), { folder: '月不明/' });
  const known = await send(without('評価表'), { joins: joining(unknown) });
  expect(known.service_month).not.toBe(unknown.service_month);
  const cases = await records.all<CaseRecord>('cases');
  const left = cases.find((one) => one.packet_id === unknown.packet_id);
  const counted = cases.find((one) => one.packet_id === known.packet_id);
  expect(left).toMatchObject({ superseded: true });
  expect(counted?.superseded).toBeUndefined();
  expect(counted!.version).toBeGreaterThan(1);

  const before = await records.all<CaseRecord>('cases');
  for (const { area_month, case_key } of before)
    await records.store.remove('cases', { area_month, case_key });
  const { failed } = await rebuild(records, readLog(records.store));
  expect(failed).toEqual([]);
  const byKey = (all: CaseRecord[]) => new Map(all.map((one) => [`${one.area_month} ${one.case_key}`, one]));
  expect(byKey(await records.all<CaseRecord>('cases'))).toEqual(byKey(before));
});
