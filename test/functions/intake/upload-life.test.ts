import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntakeDependencies } from '../../../functions/intake/dependencies.ts';
import { handleMessage } from '../../../functions/intake/receive-upload.ts';
import { OPERATOR } from '../../../shared/access/sender.ts';
import { memoryOcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import type { OpenedUpload } from '../../../shared/packet/open-upload.ts';
import { positionKey } from '../../../shared/packet/position.ts';
import { MessageQueues } from '../../../shared/queues/message-queues.ts';
import type { PacketDecided } from '../../../shared/records/events/packet-events.ts';
import { readFinished, readUpload } from '../../../shared/records/events/read-upload.ts';
import type { PacketAnswered, UploadReceived } from '../../../shared/records/events/upload-events.ts';
import { newUploadId, uploadKey } from '../../../shared/records/events/upload-id.ts';
import { checkOpenUploads } from '../../../shared/records/recovery/check-open-uploads.ts';
import { openSteps } from '../../../shared/records/recovery/open-steps.ts';
import { rebuild } from '../../../shared/records/recovery/rebuild.ts';
import type { StepDeadlines } from '../../../shared/records/recovery/steps.ts';
import { answerPacket } from '../../../shared/records/steps/answer-packet.ts';
import { type ReceivedUpload, receiveUpload } from '../../../shared/records/steps/receive-object.ts';
import { RecordStore } from '../../../shared/records/store/record-store.ts';
import { TABLES, type TableName } from '../../../shared/records/store/tables.ts';
import { STEPS } from '../../../shared/records/store/upload-steps.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';
import { isIn, myNumber } from '../../builders/my-number.ts';
import { atPacket } from '../../builders/position.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { zipOf } from '../../builders/zip.ts';
import { dying } from '../../harness/dying-store.ts';
import { redaction } from '../../harness/kept-verdicts.ts';
import { MemoryObjects } from '../../harness/memory-objects.ts';
import { MemoryTables } from '../../harness/memory-tables.ts';

// The code of the intake on tables in memory, with a domain whose verdicts the test sets.
const objects = new MemoryObjects();
let records: TestRecords;
let desk: IntakeDependencies;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, name]));
  const tables = new MemoryTables();
  const store = new RecordStore(
    tables as unknown as DynamoDBDocumentClient,
    names as Record<TableName, string>,
  );
  records = { ...(await testRecords()), store, all: async (table) => tables.all(table) };
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
    redaction,
  } as unknown as IntakeDependencies;
});
afterAll(() => records.stop());

async function put(bytes: Buffer): Promise<{ key: string; etag: string; version_id: string; size: number }> {
  const key = uploadKey(newUploadId(new Date()));
  const { ETag, VersionId } = (await objects.send(
    new PutObjectCommand({ Bucket: 'inbox', Key: key, Body: bytes }),
  )) as { ETag: string; VersionId: string };
  return { key, etag: ETag.replaceAll('"', ''), version_id: VersionId, size: bytes.length };
}
const idOf = ({ key }: { key: string }): string => key.split('/')[1]!;
const linesOf = async (upload_id: string): Promise<PacketLine[]> =>
  (await records.all<PacketLine>('submissions'))
    .filter((one) => one.upload_id === upload_id && one.part.startsWith('packet#'))
    .sort((a, b) => (a.part < b.part ? -1 : 1));

describe('the ledger of an upload', () => {
  const files = { '甲/a.txt': 'one', '甲/b.txt': 'two', '乙/c.txt': 'three', '甲/.DS_Store': 'junk' };

  it('closes when every entry is in a packet, leftovers too', async () => {
    const object = await put(zipOf(files));
    await handleMessage(desk, { kind: 'objects', objects: [object] });
    expect(await readFinished(records, idOf(object))).toMatchObject({ entries: 4, packets: 2 });
  });

  it('waits for no other message to fill a batch once its packets are answered', async () => {
    const bodies: string[] = [];
    const sqs = {
      send: async ({ input: { Entries = [] } }: SendMessageBatchCommand) => {
        bodies.push(...Entries.map(({ MessageBody }) => MessageBody!));
        return {};
      },
    } as unknown as SQSClient;
    const urls = { intake: 'intake', notify: 'notify', review: 'review', summarise: 'summarise', ocr: 'ocr' };
    const queues = new MessageQueues(sqs, urls, 0, 3_600_000);
    const object = await put(zipOf({ '丙/a.txt': 'six', '丁/b.txt': 'seven' }));
    await handleMessage({ ...desk, queues }, { kind: 'objects', objects: [object] });
    expect(await readFinished(records, idOf(object))).toMatchObject({ packets: 2 });
    expect(bodies.filter((body) => body.includes('"run":1'))).not.toEqual([]);
    expect(bodies.at(-1)).toContain('"receipt"');
  });

  it('stays open when a file is lost between opening and packets: the log reports it, and so does the sweeper', async () => {
    const object = await put(zipOf({ ...files, '乙/d.txt': 'four' }));
    const losing = { ...desk, domain: async () => losingOne(await desk.domain()) };
    await handleMessage(losing, { kind: 'objects', objects: [object] });
    expect(await readFinished(records, idOf(object))).toBeNull();
    const [finding] = (await linesOf(idOf(object))).map(({ first_finding }) => first_finding).slice(-1);
    expect(finding).toMatchObject({ code: 'F_PACKET_LEDGER' });
    expect(finding?.message).toContain('5 ファイルでしたが、処理の結果が確定しているのは 4 ファイル');
    expect(records.sent.some(([queue]) => queue === 'review')).toBe(true);
    // A second run reports it once.
    await handleMessage(losing, { kind: 'upload', upload_id: idOf(object) });
    expect(await linesOf(idOf(object))).toHaveLength(3);
    const promises = Object.fromEntries(STEPS.map((step) => [step, 15])) as StepDeadlines;
    const later = { ...records, now: () => new Date(records.now().getTime() + 20 * 60_000) };
    const inbox = { findObjects: async () => [], findMalwareResult: async () => null };
    const { stuck } = await checkOpenUploads(later, promises, inbox);
    expect(stuck.filter(({ upload_id }) => upload_id === idOf(object))).toMatchObject([{ step: 'ledger' }]);
  });

  it('is reported by the next try where a message of its report was not sent', async () => {
    const object = await put(zipOf({ ...files, '乙/d.txt': 'five' }));
    const losing = { ...desk, domain: async () => losingOne(await desk.domain()) };
    const refusing: IntakeDependencies['queues']['send'] = async (queue, body) => {
      if ((await linesOf(idOf(object))).length === 2) throw new Error('refused');
      return records.queues.send(queue, body);
    };
    const queues = { ...desk.queues, send: refusing } as unknown as IntakeDependencies['queues'];
    await expect(
      handleMessage({ ...losing, queues }, { kind: 'objects', objects: [object] }),
    ).rejects.toThrow('refused');
    expect(await linesOf(idOf(object))).toHaveLength(2);
    records.sent.length = 0;
    await handleMessage(losing, { kind: 'upload', upload_id: idOf(object) });
    expect(await linesOf(idOf(object))).toHaveLength(3);
    expect(records.sent.map(([queue]) => queue)).toContain('review');
  });

  const losingOne = (domain: Awaited<ReturnType<IntakeDependencies['domain']>>) => ({
    ...domain,
    async openUpload(...given: Parameters<typeof domain.openUpload>): Promise<OpenedUpload> {
      const opened = await domain.openUpload(...given);
      return {
        ...opened,
        async make(group: Parameters<OpenedUpload['make']>[0]) {
          const packet = await opened.make(group);
          return packet.name === '乙'
            ? { ...packet, files: packet.files.slice(1), entries: packet.entries!.slice(1) }
            : packet;
        },
      };
    },
  });
});

describe('a locked upload with a 個人番号', () => {
  it('is answered all the same, and reported to the operator until the lock has ended', async () => {
    const object = await put(zipOf({ '甲/番号.txt': `個人番号 ${myNumber()}`, '甲/票.txt': 'paper' }));
    let isLocked = true;
    const send = async (command: unknown) => {
      if (isLocked && command instanceof DeleteObjectCommand)
        throw Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
      return objects.send(command);
    };
    const locked = { ...desk, s3: { send } as unknown as S3Client };
    await handleMessage(locked, { kind: 'objects', objects: [object] });
    expect(await readFinished(records, idOf(object))).toMatchObject({ packets: 1 });
    const steps = async () =>
      (await openSteps(records, (await readUpload(records, idOf(object))) as ReceivedUpload)).map(
        ({ step }) => step,
      );
    expect(await steps()).toContain('redact');
    isLocked = false;
    await handleMessage(locked, { kind: 'upload', upload_id: idOf(object) });
    expect(await steps()).not.toContain('redact');
    expect(objects.list('inbox', object.key).map(({ body }) => isIn(body, myNumber()))).toEqual([false]);
  });
});

/** A verdict on a new person, so that no case is a version of another. */
const verdictOn = (packet_id: string, is: Parameters<typeof aVerdict>[0] = {}) =>
  aVerdict({ packet_id, digest: packet_id, insured_number: packet_id, ...is });

/** A packet of an upload, decided before its picture was read. */
async function aPacket(n: number): Promise<{ upload: UploadReceived; id: string }> {
  const object = await put(zipOf({ [`${n}/写真.txt`]: `${n}` }));
  const of = { upload_id: idOf(object), name: 'a.zip', sender: OPERATOR };
  const upload = await receiveUpload(records, { ...of, ...object });
  const id = `p${n}`;
  await answerPacket(records, upload, atPacket(1), verdictOn(id));
  return { upload, id };
}

/** The verdicts after the picture was read. */
const deciding = (verdicts: ReturnType<typeof aVerdict>[]): IntakeDependencies => ({
  ...desk,
  domain: async () => ({
    ...(await desk.domain()),
    withPacket: async (_source, _digest, use) =>
      use({ name: '', digest: '', files: [], findings: [], rejected: [] }),
    async *decidePacket() {
      yield* verdicts;
    },
  }),
});

describe('a stack that is split when its pictures are read', () => {
  it('lists each part once, in its position, though the desk is killed between any two writes', async () => {
    let n = 0;
    for (let wasKilled = true; wasKilled; n++) {
      const { upload, id } = await aPacket(n);
      // The second part was sent before, in another upload: it is listed here as well.
      const [other] = [await aPacket(10_000 + n)];
      const again = deciding([
        verdictOn(id, { decision: 'review', findings: [aFinding()] }),
        verdictOn(other.id),
        verdictOn(`${id}-third`),
      ]);
      const scanned = { kind: 'ocr_done' as const, packet_id: id };
      const store = dying(records.store, n + 1, n % 2 === 0);
      wasKilled = await handleMessage({ ...again, store }, scanned).then(
        () => false,
        () => true,
      );
      await handleMessage(again, scanned);
      const lines = await linesOf(upload.upload_id);
      expect(
        lines.map(({ part, packet_id, outcome }) => [part, packet_id, outcome]),
        `killed at write ${n + 1}`,
      ).toEqual([
        ['packet#000001', id, 'decided'],
        ['packet#000001.0001', other.id, 'repeated'],
        ['packet#000001.0002', `${id}-third`, 'decided'],
      ]);
      const answers = (await records.all<PacketAnswered>('events')).filter(
        (one) => one.type === 'packet.answered' && one.stream === upload.stream,
      );
      expect(answers.map(({ position }) => positionKey(position)).sort()).toEqual([
        '000001',
        '000001.0001',
        '000001.0002',
      ]);
    }
    expect(n).toBeGreaterThan(10);
  });
});

describe('a packet that was sent in two uploads', () => {
  it('shows its current decision in both once it was decided again, and after a rebuild', async () => {
    const { upload, id } = await aPacket(20_000);
    const object = await put(zipOf({ 'x.txt': 'x' }));
    const of = { upload_id: idOf(object), name: 'b.zip', sender: OPERATOR };
    const second = await receiveUpload(records, { ...of, ...object });
    await answerPacket(records, second, atPacket(7), verdictOn(id));
    const shown = async () =>
      [...(await linesOf(upload.upload_id)), ...(await linesOf(second.upload_id))].map(
        ({ outcome, decision, run, first_finding }) => [outcome, decision, run, first_finding?.code],
      );
    expect(await shown()).toEqual([
      ['decided', 'accept', 1, undefined],
      ['repeated', 'accept', 1, undefined],
    ]);
    const finding = aFinding();
    const again = verdictOn(id, { decision: 'return', findings: [finding] });
    await handleMessage(deciding([again]), { kind: 'ocr_done', packet_id: id });
    const now = [
      ['decided', 'return', 2, finding.code],
      ['repeated', 'return', 2, finding.code],
    ];
    expect(await shown()).toEqual(now);
    // A third upload, answered by a slow process that read the first decision, shows the last decision.
    const third = await receiveUpload(records, {
      ...of,
      ...(await put(zipOf({ 'y.txt': 'y' }))),
      upload_id: 'R3',
    });
    await answerPacket(records, third, atPacket(1), verdictOn(id));
    expect((await linesOf('R3')).map(({ run, decision }) => [run, decision])).toEqual([[2, 'return']]);
    const events = (await records.all<PacketDecided>('events')).filter(
      (one) => one.stream === upload.stream || one.stream === second.stream,
    );
    await rebuild(records, each(events));
    expect(await shown()).toEqual(now);
  });
});

async function* each<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}
