import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../host/cloud.ts';
import { readTemplate, resourcesOf } from '../../host/template.ts';
import type { RecordEvent } from '../../shared/records/events/event.ts';
import { uploadKeys } from '../../shared/records/events/event-keys.ts';
import { append, clearOutbox, readEvent, unsentEvents } from '../../shared/records/events/event-log.ts';
import { collect, RecordStore } from '../../shared/records/store/record-store.ts';
import { TABLES, type TableName, tableVariable } from '../../shared/records/store/tables.ts';
import { INBOX, QUEUE_URLS, RESULTS, World } from '../harness/world.ts';

// The cloud in memory must behave as the emulators with the real protocols: the same tests run on both.
interface Cloud {
  store: RecordStore;
  s3: S3Client;
  inbox: string;
  results: string;
  sqs: SQSClient;
  queue: string;
  fifo: string;
  stop(): Promise<void>;
}

async function inMemory(): Promise<Cloud> {
  const world = new World();
  const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, name])) as Record<
    TableName,
    string
  >;
  return {
    store: new RecordStore(world.tables as unknown as DynamoDBDocumentClient, names),
    s3: world.objects as unknown as S3Client,
    sqs: world.queues as unknown as SQSClient,
    inbox: INBOX,
    results: RESULTS,
    queue: QUEUE_URLS.notify,
    fifo: QUEUE_URLS.summarise,
    stop: async () => {},
  };
}

/** @param isDirect as the functions call it; otherwise as other processes of this machine would, by sockets */
async function onThisMachine(isDirect: boolean): Promise<Cloud> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-contract-'));
  const template = await readTemplate(folder);
  const cloud = await startCloud(template, folder);
  const [, fn] = resourcesOf(template, 'AWS::Lambda::Function').find(
    ([, one]) => one.Metadata?.['uketsuke:entry'] === 'functions/intake/handler.ts',
  )!;
  const variable = (name: string) => cloud.resolve(fn.Properties.Environment.Variables[name]);
  const names = Object.fromEntries(
    (Object.keys(TABLES) as TableName[]).map((name) => [name, variable(tableVariable(name))]),
  ) as Record<TableName, string>;
  // No one listens there: what is answered came past the sockets. Versions of the inbox are emulated behind one.
  const elsewhere = isDirect ? { endpoint: 'http://127.0.0.1:1' } : {};
  const dynamo = new DynamoDBClient(elsewhere);
  const s3 = new S3Client({ forcePathStyle: true });
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, ...elsewhere });
  if (isDirect) for (const client of [dynamo, s3, sqs]) cloud.connect(client);
  return {
    store: new RecordStore(DynamoDBDocumentClient.from(dynamo), names),
    s3,
    sqs,
    inbox: variable('INBOX'),
    results: variable('RESULTS'),
    queue: variable('QUEUE_NOTIFY'),
    fifo: variable('QUEUE_SUMMARISE'),
    stop: async () => {
      await cloud.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe.each([
  ['in memory', inMemory],
  ['speaking the protocols', () => onThisMachine(false)],
  ['in this process', () => onThisMachine(true)],
])('the cloud %s', (_, make) => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await make();
  });
  afterAll(() => cloud?.stop());

  it('writes once, and refuses the second write', async () => {
    const item = { packet_id: 'p1', state: 'open', run: 1 };
    expect(await cloud.store.putOnce('reviews', item)).toBe(true);
    expect(await cloud.store.putOnce('reviews', { ...item, run: 2 })).toBe(false);
    expect(await cloud.store.get('reviews', { packet_id: 'p1' })).toEqual(item);
    expect(await cloud.store.get('reviews', { packet_id: 'p2' })).toBeNull();
  });

  it.each([
    ['open', 2, true],
    ['open', 1, false],
    ['closed', 2, false],
  ])('holds a condition of two parts: state %s, run %i', async (state, run, written) => {
    const key = `if-${state}-${run}`;
    await cloud.store.put('reviews', { packet_id: key, state, run: 1 });
    const condition = {
      expression: 'attribute_not_exists(packet_id) OR (#state = :open AND #run < :run)',
      names: { '#state': 'state', '#run': 'run' },
      values: { ':open': 'open', ':run': run },
    };
    expect(await cloud.store.putIf('reviews', { packet_id: key, state: 'new', run }, condition)).toBe(
      written,
    );
  });

  it('accepts one of many concurrent writes', async () => {
    const tries = Array.from({ length: 8 }, (_, n) =>
      cloud.store.putOnce('reviews', { packet_id: 'race', run: n }),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  it('finds an event with an outbox in its index until the outbox is cleared', async () => {
    const event: RecordEvent = {
      ...uploadKeys.redacted('1', [1]),
      at: '2026-06-12T00:00:00Z',
      upload_id: '1',
      digest: 'd',
      file: { at: [1] } as never,
      outbox: ['redact'],
    };
    expect(await append(cloud.store, event)).toBe(true);
    expect(await append(cloud.store, event)).toBe(false);
    const found = () => collect(unsentEvents(cloud.store, '2026-06-13T00:00:00Z'));
    expect(await found()).toMatchObject([{ stream: 'upload#1', seq: '1#redacted#000001' }]);
    expect(await collect(unsentEvents(cloud.store, '2026-06-11T00:00:00Z'))).toEqual([]);
    await clearOutbox(cloud.store, event);
    await clearOutbox(cloud.store, event);
    expect(await found()).toEqual([]);
    const stored = await readEvent(cloud.store, uploadKeys.redacted('1', [1]));
    expect(stored).toMatchObject({ digest: 'd' });
    expect(stored).not.toHaveProperty('outbox');
  });

  it('creates no item by an update whose condition does not hold', async () => {
    const change = { expression: 'SET #state = :s', names: { '#state': 'state' }, values: { ':s': 'x' } };
    expect(
      await cloud.store.update('reviews', { packet_id: 'none' }, change, 'attribute_exists(packet_id)'),
    ).toBe(false);
    expect(await cloud.store.get('reviews', { packet_id: 'none' })).toBeNull();
  });

  it('reads a partition in order and to its end, by prefix and from a start key', async () => {
    const parts = Array.from({ length: 45 }, (_, n) => `packet#${String(n).padStart(6, '0')}`);
    for (const part of [...parts, 'upload']) await cloud.store.put('submissions', { upload_id: 'u', part });
    const read = async (options: object) =>
      (await collect(cloud.store.partition<{ part: string }>('submissions', 'u', options))).map(
        (one) => one.part,
      );
    expect(await read({ begins: 'packet#' })).toEqual(parts);
    expect(await read({ after: parts[40] })).toEqual([...parts.slice(41), 'upload']);
    expect(await read({ begins: 'packet#', limit: 30 })).toEqual(parts.slice(0, 30));
  });

  it.each(['inbox', 'results'] as const)(
    'keeps the bytes, the name and the tag of an object, and reports a missing object: %s',
    async (bucket) => {
      const at = { Bucket: cloud[bucket], Key: 'uploads/1/a.zip' };
      const { ETag } = await cloud.s3.send(
        new PutObjectCommand({ ...at, Body: Buffer.from('abc'), Metadata: { name: 'a' } }),
      );
      const got = await cloud.s3.send(new GetObjectCommand(at));
      expect(Buffer.from(await got.Body!.transformToByteArray()).toString()).toBe('abc');
      expect(got.ETag).toBe(ETag);
      expect((await cloud.s3.send(new HeadObjectCommand(at))).Metadata?.name).toBe('a');
      const missing = { ...at, Key: 'none' };
      await expect(cloud.s3.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'NoSuchKey' });
      await expect(cloud.s3.send(new HeadObjectCommand(missing))).rejects.toMatchObject({
        name: expect.stringMatching(/^(NotFound|NoSuchKey)$/),
      });
      const plain = { ...at, Key: 'plain', Body: Buffer.from('def'), ContentType: 'text/plain' };
      expect((await cloud.s3.send(new PutObjectCommand(plain))).ETag).toMatch(/^"[0-9a-f]{32}"$/);
      const { ContentLength, ContentType } = await cloud.s3.send(
        new HeadObjectCommand({ ...at, Key: 'plain' }),
      );
      expect([ContentLength, ContentType ?? 'text/plain']).toEqual([3, 'text/plain']);
    },
  );

  it('takes a batch of messages, and of a FIFO queue each once', async () => {
    const entries = (bodies: string[], more: (body: string) => object = () => ({})) =>
      bodies.map((body, n) => ({ Id: String(n), MessageBody: body, ...more(body) }));
    const send = (QueueUrl: string, Entries: ReturnType<typeof entries>) =>
      cloud.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const bodiesIn = async (QueueUrl: string) =>
      (
        (await cloud.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ??
        []
      )
        .map(({ Body }) => Body)
        .sort();
    const { Successful, Failed = [] } = await send(cloud.queue, entries(['one', 'two']));
    expect([Successful?.map(({ Id }) => Id), Failed]).toEqual([['0', '1'], []]);
    expect(await bodiesIn(cloud.queue)).toEqual(['one', 'two']);
    const position = (body: string) => ({
      MessageGroupId: `batch-${body}`,
      MessageDeduplicationId: `batch-${body}`,
    });
    await send(cloud.fifo, entries(['x', 'y'], position));
    await send(cloud.fifo, entries(['y', 'z'], position));
    expect(await bodiesIn(cloud.fifo)).toEqual(['x', 'y', 'z']);
  });

  it('hides a message that was received, and gives a later one of a group only after the one before it', async () => {
    const send = (QueueUrl: string, MessageBody: string, more = {}) =>
      cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
    const receive = async (QueueUrl: string, most: number) =>
      (await cloud.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: most }))).Messages ??
      [];
    await send(cloud.queue, 'one');
    const [one] = await receive(cloud.queue, 10);
    expect(one!.Body).toBe('one');
    expect(await receive(cloud.queue, 10)).toEqual([]);
    for (const [body, group] of [
      ['a1', 'a'],
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ] as const)
      await send(cloud.fifo, body, { MessageGroupId: group, MessageDeduplicationId: body });
    const [first] = await receive(cloud.fifo, 1);
    const others = await receive(cloud.fifo, 10);
    expect([first!.Body, ...others.map((message) => message.Body)].sort()).toEqual(['a1', 'b1']);
    const a1 = [first!, ...others].find((message) => message.Body === 'a1')!;
    await cloud.sqs.send(
      new DeleteMessageCommand({ QueueUrl: cloud.fifo, ReceiptHandle: a1.ReceiptHandle! }),
    );
    expect((await receive(cloud.fifo, 10)).map((message) => message.Body)).toEqual(['a2']);
  });
});
