import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntakeDependencies } from '../../../functions/intake/dependencies.ts';
import { inboxMessage } from '../../../functions/intake/inbox-message.ts';
import { handleMessage } from '../../../functions/intake/receive-upload.ts';
import type { MalwareResult } from '../../../shared/records/events/malware-result.ts';
import {
  readFinished,
  readMalwareResult,
  readReceived,
  readUpload,
} from '../../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../../shared/records/events/upload-events.ts';
import { newUploadId, uploadKey } from '../../../shared/records/events/upload-id.ts';
import { checkOpenUploads } from '../../../shared/records/recovery/check-open-uploads.ts';
import type { StepDeadlines } from '../../../shared/records/recovery/steps.ts';
import { announceUpload } from '../../../shared/records/steps/receive-object.ts';
import { STEPS } from '../../../shared/records/store/upload-steps.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import type { UploadLine } from '../../../shared/records/views/upload-line.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { MemoryObjects } from '../../harness/memory-objects.ts';

// Notifications of S3 and GuardDuty, in every order and more than once, handled by the code of the intake.
const zipOf = (name: string) =>
  readFileSync(join(resolve(import.meta.dirname, '../../..'), `samples/packets/${name}.zip`));
const [first, second] = [zipOf('broken-empty'), zipOf('broken-not-a-zip')];
/** New bytes each time: an upload that was sent before is answered without being opened. */
const fresh = (): Buffer => randomBytes(64);
const objects = new MemoryObjects();
let records: TestRecords;
let desk: IntakeDependencies;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  records = await testRecords();
  records.scansForMalware = true;
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
});
afterAll(() => records.stop());

interface Put {
  key: string;
  etag: string;
  versionId: string;
  size: number;
}
async function put(key: string, Body: Buffer): Promise<Put> {
  const { ETag, VersionId } = (await objects.send(
    new PutObjectCommand({ Bucket: 'inbox', Key: key, Body }),
  )) as { ETag: string; VersionId: string };
  return { key, etag: ETag.replaceAll('"', ''), versionId: VersionId, size: Body.length };
}
/** An announced upload with one version per body under its key. */
async function putAll(...bodies: Buffer[]): Promise<{ id: string; puts: Put[] }> {
  const id = newUploadId(new Date());
  await announceUpload(records, {
    upload_id: id,
    name: 'month.zip',
    sender: { kind: 'office', office: '4370100010' },
  });
  const puts: Put[] = [];
  for (const body of bodies) puts.push(await put(uploadKey(id), body));
  return { id, puts };
}
const s3Message = ({ key, etag, versionId, size }: Put) => ({
  Records: [{ s3: { bucket: { name: 'inbox' }, object: { key, eTag: etag, versionId, size } } }],
});
const malwareMessage = (
  { key, etag, versionId }: Put,
  scanResultStatus: MalwareResult = 'NO_THREATS_FOUND',
) => ({
  version: '0',
  'detail-type': 'GuardDuty Malware Protection Object Scan Result',
  source: 'aws.guardduty',
  detail: {
    schemaVersion: '1.0',
    scanStatus: 'COMPLETED',
    resourceType: 'S3_OBJECT',
    s3ObjectDetails: { bucketName: 'inbox', objectKey: key, eTag: etag, versionId, s3Throttled: false },
    scanResultDetails: { scanResultStatus, threats: null, statusReasons: null },
  },
});
const receive = (news: object) => handleMessage(desk, inboxMessage.parse(JSON.parse(JSON.stringify(news))));
const linesOf = async (id: string) =>
  (await records.all<UploadLine & PacketLine>('submissions')).filter((one) => one.upload_id.startsWith(id));
const uploadsOf = async (id: string): Promise<UploadLine[]> =>
  (await linesOf(id)).filter((one) => one.part === 'upload');
const codesOf = async (id: string) =>
  (await linesOf(id)).flatMap((one) => (one.first_finding ? [one.first_finding.code] : [])).sort();

/** One sweep, which requeues the work of uploads of which nothing was answered since then. */
const sweep = (idleSince: string) => {
  const inbox = { findObjects: async () => [], findMalwareResult: async () => null };
  const deadlines = Object.fromEntries(STEPS.map((step) => [step, 15])) as StepDeadlines;
  return checkOpenUploads(records, deadlines, inbox, idleSince);
};

/** What the store was asked for while a message was handled. */
async function requestsOf(news: object): Promise<string[]> {
  const asked: string[] = [];
  const { store } = desk;
  const watched = Object.assign(Object.create(store), {
    get: (...of: Parameters<typeof store.get>) => {
      asked.push(`get ${of[0]}`);
      return store.get(...of);
    },
    partition: (...of: Parameters<typeof store.partition>) => {
      asked.push(`query ${of[0]}`);
      return store.partition(...of);
    },
    putIf: (...of: Parameters<typeof store.putIf>) => {
      asked.push(`put ${of[0]}`);
      return store.putIf(...of);
    },
  });
  await handleMessage({ ...desk, store: watched }, inboxMessage.parse(JSON.parse(JSON.stringify(news))));
  return asked;
}

it('receives an announced object by one read, and finds it by one more when its scan has ended', async () => {
  const { puts } = await putAll(fresh());
  const arrival = await requestsOf(s3Message(puts[0]!));
  expect(arrival).toEqual(['query events', 'put events', 'put submissions', 'put progress']);
  const failed = await requestsOf(malwareMessage(puts[0]!, 'FAILED'));
  expect(failed).toEqual(['query events']);
});

it('has a mark of its own where it comes so late that its announcement may lose its', async () => {
  const { id, puts } = await putAll(fresh());
  const { now } = desk;
  desk.now = () => new Date(now().getTime() + 13 * 3_600_000);
  await receive(s3Message(puts[0]!));
  desk.now = now;
  expect((await readUpload(records, id)).received!.open).toEqual(expect.any(String));
});

describe('two versions under one key', () => {
  it('become two uploads with separate answers, though the first is read last', async () => {
    const { id, puts } = await putAll(first, second);
    for (const one of puts.toReversed()) await receive(malwareMessage(one));
    for (const one of puts) await receive(s3Message(one));
    const uploads = await uploadsOf(id);
    expect(uploads.map(({ name, office, state }) => [name, office, state])).toEqual([
      ['month.zip', '4370100010', 'finished'],
      ['month.zip', '4370100010', 'finished'],
    ]);
    expect(await codesOf(id)).toEqual(['F_ZIP_EMPTY', 'F_ZIP_NOT_ZIP']);
    const digests = await Promise.all(uploads.map(async (one) => readFinished(records, one.upload_id)));
    expect(digests.map((one) => one?.digest).sort()).toEqual([sha256(first), sha256(second)].sort());
  });

  it('that arrive at the same moment do not overwrite each other', async () => {
    const { id, puts } = await putAll(first, second);
    await Promise.all(puts.map((one) => receive(s3Message(one))));
    await Promise.all(puts.map((one) => receive(malwareMessage(one))));
    expect((await uploadsOf(id)).map((one) => one.state)).toEqual(['finished', 'finished']);
  });

  it('stay two when their notifications are repeated', async () => {
    const { id, puts } = await putAll(first, second);
    for (let times = 0; times < 3; times++)
      for (const one of puts) {
        await receive(s3Message(one));
        await receive(malwareMessage(one));
      }
    expect(await uploadsOf(id)).toHaveLength(2);
    expect(await linesOf(id)).toHaveLength(4);
  });
});

describe('an upload that is scanned', () => {
  it('waits while only S3 has notified it, also when it is resumed', async () => {
    const { id, puts } = await putAll(first);
    await receive(s3Message(puts[0]!));
    await receive({ kind: 'upload', upload_id: id });
    expect(await uploadsOf(id)).toMatchObject([{ state: 'malware_scan' }]);
    // Nothing is left to be sent while it waits; the sweeper checks the open upload.
    const { announced, received } = await readUpload(records, id);
    expect(received).toMatchObject({ awaits_malware_scan: true });
    // One mark, of the announcement: an upload is open once.
    expect([announced!.open, received!.open]).toEqual([expect.any(String), undefined]);
  });

  it.each([
    ['S3 first', (one: Put) => [s3Message(one), malwareMessage(one)]],
    ['the scan first', (one: Put) => [malwareMessage(one), s3Message(one)]],
    ['the scan alone', (one: Put) => [malwareMessage(one)]],
  ])('is answered once, in either order: %s', async (_, news) => {
    const { id, puts } = await putAll(first);
    for (const one of news(puts[0]!)) await receive(one);
    expect(await uploadsOf(id)).toMatchObject([{ state: 'finished', packets: 1 }]);
    expect(await readMalwareResult(records, id)).not.toHaveProperty('outbox');
  });

  it('shows the end of the scan where a try is repeated', async () => {
    const { id, puts } = await putAll(fresh());
    const { domain } = desk;
    desk.domain = () => Promise.reject(new Error('killed'));
    const state = async () => (await uploadsOf(id))[0]?.state;
    await receive(s3Message(puts[0]!));
    await expect(receive(malwareMessage(puts[0]!))).rejects.toThrow('killed');
    expect(await state()).toBe('malware_scan');
    await expect(receive({ kind: 'upload', upload_id: id })).rejects.toThrow('killed');
    expect(await state()).toBe('received');
    desk.domain = domain;
    await receive({ kind: 'upload', upload_id: id });
    expect(await state()).toBe('finished');
  });

  it('resumes after the scan when a kill ended the work', async () => {
    const { id, puts } = await putAll(fresh());
    const { domain } = desk;
    desk.domain = () => Promise.reject(new Error('killed'));
    await expect(receive(malwareMessage(puts[0]!))).rejects.toThrow('killed');
    desk.domain = domain;
    records.sent.length = 0;
    const message = { kind: 'upload', upload_id: id };
    const scannedAt = (await readMalwareResult(records, id))!.at;
    const minuteBefore = new Date(Date.parse(scannedAt) - 60_000).toISOString();
    await sweep(minuteBefore);
    expect(records.sent).not.toContainEqual(['intake', message]);
    await sweep(scannedAt);
    expect(records.sent).toContainEqual(['intake', message]);
    await receive(message);
    records.sent.length = 0;
    await sweep(scannedAt);
    expect(records.sent).not.toContainEqual(['intake', message]);
    expect(await uploadsOf(id)).toMatchObject([{ state: 'finished' }]);
  });

  it.each([
    ['THREATS_FOUND', 'F_FILE_MALWARE'],
    ['UNSUPPORTED', 'F_FILE_UNSCANNABLE'],
  ] as const)('and not let through (%s) is answered without being read', async (result, code) => {
    const { id, puts } = await putAll(first);
    const { s3 } = desk;
    desk.s3 = { send: () => Promise.reject(new Error('read')) } as unknown as S3Client;
    await receive(s3Message(puts[0]!));
    await receive(malwareMessage(puts[0]!, result));
    // A later clean result changes nothing.
    await receive(malwareMessage(puts[0]!));
    desk.s3 = s3;
    expect(await uploadsOf(id)).toMatchObject([{ state: 'finished', packets: 1 }]);
    expect(await codesOf(id)).toEqual([code]);
  });

  it('and is empty needs no scanner', async () => {
    const { id, puts } = await putAll(Buffer.alloc(0));
    await receive(s3Message(puts[0]!));
    expect(await uploadsOf(id)).toMatchObject([{ state: 'finished' }]);
    expect(await codesOf(id)).toEqual(['F_ZIP_EMPTY']);
  });

  it.each(['FAILED', 'ACCESS_DENIED'] as const)(
    'without success (%s) waits for the next try',
    async (result) => {
      const { id, puts } = await putAll(second);
      await receive(malwareMessage(puts[0]!, result));
      expect(await uploadsOf(id)).toMatchObject([{ state: 'malware_scan' }]);
      await receive(malwareMessage(puts[0]!));
      expect(await uploadsOf(id)).toMatchObject([{ state: 'finished' }]);
    },
  );
});

describe('a long upload', () => {
  it('resumes in a message of its own, reads no packet twice, and finishes', async () => {
    const { domain } = desk;
    const judged: string[] = [];
    desk.domain = async () => {
      const all = await domain();
      return {
        ...all,
        async *decideOpened(...given: Parameters<typeof all.decideOpened>) {
          for await (const placed of all.decideOpened(...given)) {
            judged.push(`${placed.position.packet} ${placed.verdict.packet}`);
            yield placed;
          }
        },
      };
    };
    // Its turn is over after each packet.
    desk.isTurnOver = async () => true;
    const { id, puts } = await putAll(zipOf('kumamoto-bulk'));
    records.sent.length = 0;
    let runs = 1;
    for (await receive(malwareMessage(puts[0]!)); ; runs++) {
      const rest = records.sent.findIndex(([queue]) => queue === 'intake');
      if (rest < 0) break;
      expect(await uploadsOf(id)).toMatchObject([{ state: 'received' }]);
      const [[, message]] = records.sent.splice(rest, 1) as [TestRecords['sent'][number]];
      expect(message).toEqual({ kind: 'upload', upload_id: id });
      await receive(message);
    }
    Object.assign(desk, { domain, isTurnOver: async () => false });
    const [upload] = await uploadsOf(id);
    const packets = upload!.packets!;
    expect(upload!.state).toBe('finished');
    expect(packets).toBeGreaterThan(2);
    expect(runs).toBe(packets + 1);
    // Each run judges the last answered packet once more: its stack may hold further packets.
    expect(judged).toHaveLength(packets + (packets - 1) + 1);
    expect(new Set(judged).size).toBe(packets);
  });
});

describe('where uploads are not scanned', () => {
  it('an upload is opened at once', async () => {
    desk.scansForMalware = false;
    const { id, puts } = await putAll(first);
    await receive(s3Message(puts[0]!));
    desk.scansForMalware = true;
    expect(await uploadsOf(id)).toMatchObject([{ state: 'finished' }]);
    expect((await readReceived(records, id)) as UploadReceived).not.toHaveProperty('awaits_malware_scan');
  });
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
