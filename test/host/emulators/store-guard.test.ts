import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Upload } from '@aws-sdk/lib-storage';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onLoopback } from '../../../host/emulators/loopback.ts';
import { listEveryObject } from '../../../host/emulators/repair-storage.ts';
import { guardStore, isSafeKey } from '../../../host/emulators/store-guard.ts';
import { startTables, type TableStore } from '../../../host/emulators/table-store.ts';

// The stores of one machine as the desk calls them, and as a web page in a browser of the machine calls them.
const SECRET = 'the secret of this start';
const root = mkdtempSync(join(tmpdir(), 'uketsuke-guard-'));
const Bucket = 'inbox';
let fauxqs: FauxqsServer;
let tables: TableStore;

beforeAll(async () => {
  await listEveryObject();
  const objects = join(root, 'data/objects');
  fauxqs = await onLoopback(
    () => startFauxqs({ port: 0, logger: false, s3StorageDir: objects }),
    guardStore(SECRET),
  );
  tables = await startTables(join(root, 'data/tables'), SECRET);
  await s3().send(new CreateBucketCommand({ Bucket }));
  await s3().send(new PutObjectCommand({ Bucket, Key: 'uploads/a', Body: 'papers' }));
});
afterAll(async () => {
  await fauxqs.stop();
  await tables.stop();
  rmSync(root, { recursive: true, force: true });
});

const settings = (port: number, secretAccessKey: string) => ({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'ap-northeast-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'one-machine', secretAccessKey },
});
/** `headers`: set after the request was signed */
function s3(headers: Record<string, string> = {}, secret = SECRET): S3Client {
  const client = new S3Client({
    ...settings(fauxqs.port, secret),
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: object }).headers, headers);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return client;
}
const dynamo = (secret = SECRET) => new DynamoDBClient(settings(tables.port, secret));
const sqs = (secret = SECRET) =>
  new SQSClient({ ...settings(fauxqs.port, secret), useQueueUrlAsEndpoint: false });
const read = async (client: S3Client, Key: string) =>
  (await client.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
const status = (work: Promise<unknown>) =>
  work.then(
    () => 200,
    (error) => error.$metadata?.httpStatusCode,
  );

/** A request as a browser sends it, without a signature. */
function raw(
  port: number,
  {
    method = 'GET',
    path = '/',
    headers = {},
    body = '',
  }: Partial<Record<'method' | 'path' | 'body', string>> & {
    headers?: Record<string, string>;
  },
): Promise<{ status: number; allowed: unknown }> {
  return new Promise((resolve, reject) => {
    const one = send({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode!, allowed: answer.headers['access-control-allow-origin'] });
    });
    one.once('error', reject);
    one.end(body);
  });
}

describe('a request of the desk', () => {
  it.each(["uploads/R 1/直接 (1)+&=!*'~@$,;:.zip", 'uploads/a..b/..c', 'folder/'])(
    'reads and writes an object under the key %s',
    async (Key) => {
      await s3().send(new PutObjectCommand({ Bucket, Key, Body: Key }));
      expect(await read(s3(), Key)).toBe(Key);
    },
  );

  it('writes an object in parts', async () => {
    const Body = Buffer.alloc(9 * 1024 ** 2, 1);
    const params = { Bucket, Key: 'uploads/large', Body };
    await new Upload({ client: s3(), params, partSize: 8 * 1024 ** 2 }).done();
    expect(await read(s3(), 'uploads/large')).toHaveLength(Body.length);
  });

  it('reaches tables and queues', async () => {
    await dynamo().send(
      new CreateTableCommand({
        TableName: 'events',
        KeySchema: [{ AttributeName: 'stream', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'stream', AttributeType: 'S' }],
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      }),
    );
    expect((await dynamo().send(new ListTablesCommand({}))).TableNames).toEqual(['events']);
    const { QueueUrl } = await sqs().send(new CreateQueueCommand({ QueueName: 'intake' }));
    await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: '受付' }));
    expect((await sqs().send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(1);
  });

  it('lists every object of more than one page, whatever the case of the keys', async () => {
    const keys = Array.from({ length: 1500 }, (_, n) => `many/${n % 2 ? 'a' : 'B'}${n}`);
    for (let n = 0; n < keys.length; n += 100)
      await Promise.all(
        keys.slice(n, n + 100).map((Key) => s3().send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))),
      );
    const listed: string[] = [];
    for await (const page of paginateListObjectsV2({ client: s3() }, { Bucket, Prefix: 'many/' }))
      listed.push(...(page.Contents ?? []).map(({ Key }) => Key!));
    expect(listed).toEqual(keys.toSorted());
  });
});

describe('a request of another', () => {
  it('with another secret is refused', async () => {
    expect(await status(s3({}, 'guessed').send(new HeadBucketCommand({ Bucket })))).toBe(403);
    expect(await status(sqs('guessed').send(new ListQueuesCommand({})))).toBe(403);
    expect(await status(dynamo('guessed').send(new ListTablesCommand({})))).toBe(403);
  });

  it.each([
    ['a changed date', { 'x-amz-date': '20200101T000000Z' }],
    ['a digest of other bytes', { 'x-amz-content-sha256': '0'.repeat(64) }],
    ['an origin', { origin: 'https://attacker.example' }],
    ['no origin, but sent by a page', { 'sec-fetch-site': 'cross-site' }],
    ['the name of another site', { host: 'inbox.attacker.example' }],
  ])('that is signed and has %s is refused', async (_, headers) => {
    const client = s3(headers as Record<string, string>);
    expect(await status(client.send(new PutObjectCommand({ Bucket, Key: 'uploads/b', Body: 'x' })))).toBe(
      403,
    );
    expect(await status(client.send(new GetObjectCommand({ Bucket, Key: 'uploads/a' })))).toBe(403);
  });

  const form =
    '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\n../../../WRITTEN\r\n' +
    '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nwritten\r\n--b--\r\n';
  it.each([
    ['opens an object', { path: '/inbox/uploads/a' }],
    [
      'asks for permission (preflight)',
      { method: 'OPTIONS', headers: { origin: 'https://attacker.example' } },
    ],
    [
      'sends a form',
      {
        method: 'POST',
        path: '/inbox',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
        body: form,
      },
    ],
    [
      'sends a form without an origin',
      {
        method: 'POST',
        path: '/inbox',
        headers: { origin: 'null', 'content-type': 'multipart/form-data; boundary=b' },
        body: form,
      },
    ],
    ['rebinds its name', { path: '/uploads/a', headers: { host: 'inbox.attacker.example' } }],
    [
      'rebinds its name, with the port',
      { path: '/inbox/uploads/a', headers: { host: 'attacker.example:80' } },
    ],
    ['inspects the queues', { path: '/_fauxqs/queues' }],
    [
      'calls an operation of the tables',
      {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
        body: '{}',
      },
    ],
    [
      'signs with an empty signature',
      {
        path: '/inbox/uploads/a',
        headers: {
          authorization:
            'AWS4-HMAC-SHA256 Credential=internal/20260612/r/s3/aws4_request, SignedHeaders=, Signature=',
        },
      },
    ],
    [
      'names the access key only',
      {
        path: '/inbox/uploads/a',
        headers: {
          authorization:
            'AWS4-HMAC-SHA256 Credential=one-machine/20260612/r/s3/aws4_request, SignedHeaders=host, Signature=00',
        },
      },
    ],
  ])('which %s is refused by both stores and may read no answer', async (_, request) => {
    for (const port of [fauxqs.port, tables.port])
      expect(await raw(port, request)).toEqual({ status: 403, allowed: undefined });
    expect(existsSync(join(root, 'WRITTEN'))).toBe(false);
  });
});

describe('a key', () => {
  it.each(['../../../../WRITTEN', 'a/../../../../../WRITTEN', '..', 'a/./b', 'a//b', '..\\WRITTEN', 'a\0b'])(
    '%j that leaves the folder or shares a file with another is refused',
    async (Key) => {
      expect(isSafeKey(Key)).toBe(false);
      expect(
        await status(s3().send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))),
      ).toBeGreaterThanOrEqual(400);
      expect(existsSync(join(root, 'WRITTEN.data'))).toBe(false);
    },
  );

  it('is refused as the source of a copy too', async () => {
    const copy = new CopyObjectCommand({ Bucket, Key: 'uploads/c', CopySource: 'inbox/../../secret' });
    expect(await status(s3().send(copy))).toBe(400);
  });
});
