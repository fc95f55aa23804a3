import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Streams an uploaded object to the scratch folder, lends it to `work`, and removes it whatever happens. */
export async function withUpload<T>(
  from: { s3: S3Client; inbox: string },
  key: string,
  work: (file: string, digest: string) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'uketsuke-'));
  try {
    const file = join(scratch, 'upload');
    return await work(file, await download(from, key, file));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Streams the object to a file; returns the sha256 of its bytes. */
async function download(from: { s3: S3Client; inbox: string }, key: string, file: string): Promise<string> {
  const { Body } = await from.s3.send(new GetObjectCommand({ Bucket: from.inbox, Key: key }));
  const hash = createHash('sha256');
  await pipeline(
    Body as Readable,
    async function* (chunks) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  return hash.digest('hex');
}
