import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DiskSpace } from '../../../host/disk-space.ts';
import { onLoopback } from '../../../host/emulators/loopback.ts';
import { receiveUpload, type UploadResult } from '../../../host/emulators/receive-upload.ts';

// Presigned POSTs against a real object store: the policy, the size limit, and forms that are damaged or cut off.
const MB = 1024 ** 2;
const SECRET = 'the secret of this start';
let fauxqs: FauxqsServer;
let s3: S3Client;
let server: Server;
let url: string;
let results: (UploadResult | Error)[] = [];

beforeAll(async () => {
  fauxqs = await onLoopback(() => startFauxqs({ port: 0, logger: false }));
  fauxqs.createBucket('inbox');
  s3 = new S3Client({
    endpoint: `http://127.0.0.1:${fauxqs.port}`,
    region: 'ap-northeast-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: SECRET },
  });
  const diskSpace = new DiskSpace('/', async () => Number.MAX_SAFE_INTEGER);
  server = createServer(async (request, response) => {
    const result = await receiveUpload(request, {
      s3,
      bucket: 'inbox',
      secret: SECRET,
      diskSpace,
      maySign: () => true,
    }).catch((error: Error) => error);
    results.push(result);
    response.writeHead('status' in result ? result.status : result instanceof Error ? 500 : 204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await fauxqs.stop();
});

/** The fields that the desk gives out for one upload, by the SDK. */
async function signed(limit: number, { key = 'uploads/a', seconds = 600, by = SECRET } = {}) {
  const { fields } = await createPresignedPost(
    new S3Client({
      region: 'ap-northeast-1',
      endpoint: url,
      credentials: { accessKeyId: 'test', secretAccessKey: by },
    }),
    {
      Bucket: 'inbox',
      Key: key,
      Expires: seconds,
      Conditions: [
        ['content-length-range', 0, limit],
        ['starts-with', '$Content-Type', 'application/'],
      ],
      Fields: { 'Content-Type': 'application/zip' },
    },
  );
  return fields;
}
const encoded = (policy: object) => Buffer.from(JSON.stringify(policy)).toString('base64');

function post(fields: Record<string, string>, file?: Blob): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file) form.append('file', file, 'x.zip');
  return fetch(url, { method: 'POST', body: form });
}

async function keys(): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'inbox' }));
  return Contents.map(({ Key }) => Key!);
}

const x = new Blob(['x']);
const own = encoded({
  expiration: '2999-01-01T00:00:00Z',
  conditions: [['starts-with', '$key', '']],
});

describe('a presigned POST', () => {
  it.each([
    ['no form', () => fetch(url, { method: 'POST', body: '{}' }), 400],
    ['a form without a file', async () => post(await signed(10)), 400],
    ['a form without a policy', () => post({ key: 'uploads/a' }, x), 400],
    ['another key', async () => post({ ...(await signed(10)), key: 'uploads/b' }, x), 403],
    ['another type', async () => post({ ...(await signed(10)), 'Content-Type': 'text/html' }, x), 403],
    [
      'a field that the policy does not name',
      async () => post({ ...(await signed(10)), acl: 'public' }, x),
      403,
    ],
    ['an expired policy', async () => post(await signed(10, { seconds: -60 }), x), 403],
    ['a policy signed with another secret', async () => post(await signed(10, { by: 'guessed' }), x), 403],
    ['a changed policy', async () => post({ ...(await signed(10)), Policy: own }, x), 403],
    ['a policy without a signature', () => post({ key: 'uploads/a', Policy: own }, x), 403],
    ['a signed key outside the folder', async () => post(await signed(10, { key: 'a/../../b' }), x), 400],
    ['a file over the limit', async () => post(await signed(10), new Blob(['x'.repeat(11)])), 400],
    [
      'a file in parts over the limit',
      async () => post(await signed(9 * MB), new Blob([new Uint8Array(20 * MB)])),
      400,
    ],
  ])('with %s is refused and stores nothing', async (_, send, status) => {
    expect((await send()).status).toBe(status);
    expect(await keys()).toEqual([]);
  });

  it('that is cut off stores nothing', async () => {
    results = [];
    const fields = Object.entries(await signed(MB)).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`,
    );
    const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nhalf';
    const body = [...fields, file].join('\r\n');
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n${body}`,
    );
    await once(server, 'request');
    socket.destroy();
    await vi.waitUntil(() => results.length === 1, { timeout: 200_000 });
    expect(results[0]).toBeInstanceOf(Error);
    expect(await keys()).toEqual([]);
  });

  it('with a valid form stores the file under its key', async () => {
    const response = await post(await signed(20 * MB), new Blob([new Uint8Array(9 * MB)]));
    expect(response.status).toBe(204);
    expect(await keys()).toEqual(['uploads/a']);
  });
});
