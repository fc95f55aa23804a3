import { join, resolve } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideAgain } from '../../../functions/intake/decide-again.ts';
import type { IntakeDependencies } from '../../../functions/intake/dependencies.ts';
import { handleMessage } from '../../../functions/intake/receive-upload.ts';
import type { Sender } from '../../../shared/access/sender.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import { readLog } from '../../../shared/records/events/event-log.ts';
import { readDecision, readRuns } from '../../../shared/records/events/read-packet.ts';
import type { JoinsPacket } from '../../../shared/records/events/upload-events.ts';
import { newUploadId, uploadKey } from '../../../shared/records/events/upload-id.ts';
import { rebuild } from '../../../shared/records/recovery/rebuild.ts';
import { importRegistry } from '../../../shared/records/steps/import-registry.ts';
import { announceUpload, receiveObject } from '../../../shared/records/steps/receive-object.ts';
import { withdrawCase } from '../../../shared/records/steps/withdraw-case.ts';
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
let minutes = 0;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  records = await testRecords();
  records.now = () => new Date(Date.parse('2026-06-12T01:00:00.000Z') + minutes * 60_000);
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

interface Sending {
  folder?: string;
  joins?: JoinsPacket;
  /** the announcement that is used once more */
  upload_id?: string;
}

async function send(names: string[], sending: Sending = {}) {
  return (await sendAll([[names, sending]]))[0]!;
}

/** Sends uploads that arrive and are decided at once. */
async function sendAll(all: [names: string[], sending: Sending][]): Promise<PacketLine[]> {
  minutes++;
  const objects = await Promise.all(all.map(([names, sending]) => put(names, sending)));
  await Promise.all(objects.map((object) => handleMessage(desk, { kind: 'objects', objects: [object] })));
  return Promise.all(
    objects.map(async (object) => {
      const { upload_id } = await receiveObject(records, object);
      const lines = (await records.all<PacketLine>('submissions')).filter(
        (one) => one.upload_id === upload_id && one.part.startsWith('packet#'),
      );
      expect(lines).toHaveLength(1);
      return lines[0]!;
    }),
  );
}

async function put(names: string[], { folder = '', joins, upload_id = newUploadId(new Date()) }: Sending) {
  const Body = zip(names.map((name) => ({ name: `${folder}${name}`, bytes: files.get(name)! })));
  const key = uploadKey(upload_id);
  await announceUpload(records, { upload_id, name: 'a.zip', sender: SENDER, ...(joins && { joins }) });
  const { ETag, VersionId } = (await objects.send(
    new PutObjectCommand({ Bucket: 'inbox', Key: key, Body }),
  )) as { ETag: string; VersionId: string };
  return { key, etag: ETag.replaceAll('"', ''), version_id: VersionId, size: Body.length };
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

describe('files that complete a version that no longer counts', () => {
  const verdictOf = async ({ packet_id }: PacketLine) =>
    desk.results.readVerdict((await readDecision(records, packet_id))!);
  /** What the last decision finds, and what the same upload gives when it is decided once more. */
  const overtaken = async (line: PacketLine): Promise<string[]> => {
    const decided = (await readDecision(records, line.packet_id))!;
    const messages = [await verdictOf(line), await decideAgain(desk, decided, [])].map(({ findings }) =>
      findings.filter(({ code }) => code === 'F_PACKET_OVERTAKEN').map(({ message }) => message),
    );
    expect(messages[1]).toEqual(messages[0]);
    return messages[0]!;
  };
  /** Handles what asks to look at a packet again. */
  const lookAgain = async () => {
    const asked = records.sent.splice(0).flatMap(([, body]) => (body.kind === 'rivals' ? [body] : []));
    for (const body of asked) await handleMessage(desk, body as Parameters<typeof handleMessage>[1]);
  };
  const first = (folder: string) => {
    files.set('メモ.txt', Buffer.from(folder));
    return send(without('評価表'), { folder: `${folder}/` });
  };

  it('say which version came between, and stay with a person', async () => {
    const base = await first('続けて');
    const [one, two] = [joining(base), joining(base)];
    const before = await send(named('評価表'), { joins: one });
    expect(await overtaken(before)).toEqual([]);
    files.set('支援経過.txt', Buffer.from('経過'));
    const after = await send(['支援経過.txt'], { joins: two });
    expect(await overtaken(after)).toEqual([expect.stringContaining(before.upload_id)]);
    expect(after.decision).not.toBe('accept');
    // Added once more to the version that counts, nothing is missing.
    const whole = await send(named('評価表'), { joins: joining(after) });
    expect(await overtaken(whole)).toEqual([]);
  });

  it('say it also where both are decided at once', async () => {
    const base = await first('同時');
    files.set('支援経過.txt', Buffer.from('経過2'));
    const both = await sendAll([
      [named('評価表'), { joins: joining(base) }],
      [['支援経過.txt'], { joins: joining(base) }],
    ]);
    await lookAgain();
    const [counted] = await casesOf(base).then((cases) => cases.filter(({ superseded }) => !superseded));
    const last = both.find(({ packet_id }) => packet_id === counted!.packet_id)!;
    const other = both.find((one) => one !== last)!;
    expect(await overtaken(last)).toEqual([expect.stringContaining(other.upload_id)]);
    expect(await overtaken(other)).toEqual([]);
    const runs = (await readRuns(records, last.packet_id)).length;
    await lookAgain();
    expect(await readRuns(records, last.packet_id)).toHaveLength(runs);
  });

  it('say it where one announcement is used again after another version', async () => {
    const base = await first('二度');
    const upload_id = newUploadId(new Date());
    await send(named('評価表'), { joins: joining(base), upload_id });
    files.set('支援経過.txt', Buffer.from('経過3'));
    const whole = await send([...files.keys()], { folder: '二度/' });
    files.set('支援経過.txt', Buffer.from('経過4'));
    const again = await send(['支援経過.txt'], { joins: joining(base), upload_id });
    expect(await overtaken(again)).toEqual([expect.stringContaining(whole.upload_id)]);
  });

  it('say that the papers were withdrawn before they came', async () => {
    const base = await first('取下げ');
    minutes++;
    const decided = (await readDecision(records, base.packet_id))!;
    await withdrawCase(records, decided, { by: 'a', role: 'office', reason: '誤り' });
    const after = await send(named('評価表'), { joins: joining(base) });
    expect(await overtaken(after)).toEqual([expect.stringContaining('取り下げられていました')]);
    expect(after.decision).not.toBe('accept');
  });
});
