import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { putObject } from '../../../functions/intake/put-object.ts';
import { bufferSource } from '../../../shared/packet/zip/byte-source.ts';

const MB = 1024 ** 2;
let server: Server;
let s3: S3Client;
/** method and size of each request, bytes */
let requests: [method: string, bytes: number][];
let status = 200;
/** the checksum that the begin of an upload in parts names, and the list of its parts */
let begun: unknown;
let completed = '';

beforeEach(async () => {
  requests = [];
  status = 200;
  begun = undefined;
  server = createServer(async (request, response) => {
    const body = await textOf(request);
    const bytes = body.length;
    begun ??= request.headers['x-amz-checksum-algorithm'];
    if (body.includes('CompleteMultipartUpload')) completed = body;
    const checksum = request.headers['x-amz-checksum-crc32'];
    if (checksum) response.setHeader('x-amz-checksum-crc32', checksum);
    requests.push([request.method ?? '', bytes]);
    response.statusCode = request.method === 'PUT' ? status : 200;
    response.setHeader('etag', '"e"').setHeader('x-amz-version-id', 'v1');
    response.setHeader('content-type', 'application/xml');
    response.end(
      request.url?.includes('uploads=') || request.url?.includes('?uploads')
        ? '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>'
        : '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>',
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  s3 = clientWith('WHEN_REQUIRED');
});
const clientWith = (requestChecksumCalculation: 'WHEN_REQUIRED' | 'WHEN_SUPPORTED') =>
  new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'ap-northeast-1',
    forcePathStyle: true,
    requestChecksumCalculation,
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
afterEach(() => {
  s3.destroy();
  server.closeAllConnections();
  server.close();
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk.toString('latin1');
  return text;
}

const put = (size: number) =>
  putObject({ s3, inbox: 'inbox' }, 'uploads/R1/upload', bufferSource(Buffer.alloc(size)));

it('puts a small object in one request', async () => {
  expect(await put(3 * MB)).toEqual({ version_id: 'v1', etag: 'e' });
  expect(requests).toEqual([['PUT', 3 * MB]]);
});

it('puts a large object in parts, and returns the version of the whole', async () => {
  expect(await put(17 * MB)).toEqual({ version_id: 'v1', etag: 'whole' });
  expect(requests.filter(([method]) => method === 'PUT').map(([, bytes]) => bytes)).toEqual([
    8 * MB,
    8 * MB,
    MB,
  ]);
});

it('names the checksum at the begin and with each part, as S3 wants where the SDK sends one', async () => {
  const asOnAws = clientWith('WHEN_SUPPORTED');
  await putObject({ s3: asOnAws, inbox: 'inbox' }, 'uploads/R1/upload', bufferSource(Buffer.alloc(9 * MB)));
  asOnAws.destroy();
  expect(begun).toBe('CRC32');
  expect(completed.match(/<ChecksumCRC32>/g)).toHaveLength(2);
});

it('leaves the parts of a failed upload to the bucket, because it may not abort it', async () => {
  status = 403;
  await expect(put(17 * MB)).rejects.toThrow();
  expect(requests.map(([method]) => method)).not.toContain('DELETE');
});
