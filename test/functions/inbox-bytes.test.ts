import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, it, vi } from 'vitest';
import { inboxBytes } from '../../functions/inbox-bytes.ts';
import type { ByteSource } from '../../shared/packet/zip/byte-source.ts';

afterEach(() => vi.unstubAllEnvs());

const RECEIVED = Buffer.alloc(5 * 1024 ** 2, 'paper');
/** The store hands out these bytes of an upload that was received as RECEIVED. */
function stored(bytes: Buffer): Promise<ByteSource> {
  vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:1');
  const send = async ({ input }: GetObjectCommand) => {
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(input.Range!)!;
    const part = bytes.subarray(Number(start), Number(end) + 1);
    const Body = Object.assign(Readable.from([part]), { transformToByteArray: async () => part });
    return { Body, ContentRange: `bytes ${start}-${end}/${bytes.length}` };
  };
  const etag = createHash('md5').update(RECEIVED).digest('hex');
  const s3 = { send } as unknown as S3Client;
  return inboxBytes({ s3, inbox: 'inbox' }, { key: 'k', version_id: 'v1', size: bytes.length, etag });
}
async function streamed(source: ByteSource, start: number, end: number): Promise<number> {
  let size = 0;
  for await (const chunk of source.stream(start, end)) size += (chunk as Buffer).length;
  return size;
}

it('refuses a large upload that is streamed whole and is not the one that was received', async () => {
  const changed = Buffer.from(RECEIVED);
  changed[RECEIVED.length - 10]! ^= 1;
  expect(await streamed(await stored(RECEIVED), 0, RECEIVED.length)).toBe(RECEIVED.length);
  const source = await stored(changed);
  await expect(streamed(source, 0, changed.length)).rejects.toMatchObject({ name: 'UploadChanged' });
  // A part of it proves nothing: a file of a ZIP has a checksum of its own.
  expect(await streamed(source, 10, changed.length)).toBe(changed.length - 10);
});
