import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SCRATCH } from '../shared/packet/scratch-name.ts';
import { once } from './memoize.ts';
import { clearScratch } from './scratch.ts';

/** The bucket uploads are in. */
export interface Inbox {
  s3: S3Client;
  inbox: string;
}
/** The version of an object that was received: a later one under the same key is another upload. */
export type UploadedObject = { key: string; version_id?: string; size?: number | null };

/** Streams an uploaded object to the scratch folder, lends it to `work`, and removes it in any case. */
export async function withUpload<T>(
  from: Inbox,
  object: UploadedObject,
  work: (file: string, digest: string) => Promise<T>,
): Promise<T> {
  await cleared();
  const scratch = await mkdtemp(join(tmpdir(), `${SCRATCH}${process.pid}-`));
  try {
    const file = join(scratch, 'upload');
    return await work(file, await download(from, object, file));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const cleared = once(clearScratch);

/** Streams the object to a file; returns the sha256 of its bytes. */
async function download({ s3, inbox }: Inbox, object: UploadedObject, file: string): Promise<string> {
  const hash = createHash('sha256');
  // The scanner skips an empty object, and the bucket policy refuses to read what was not scanned.
  if (object.size === 0) {
    await writeFile(file, '');
    return hash.digest('hex');
  }
  const command = new GetObjectCommand({ Bucket: inbox, Key: object.key, VersionId: object.version_id });
  const { Body } = await onceTagged(() => s3.send(command));
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

/**
 * Waits between tries, ms. The bucket policy refuses an object without the scanner's tag, and the tag may come a moment
 * after the scanner's result; a copy put by the desk itself is scanned too, which takes about half a minute.
 */
const RETRY_AFTER_MS = [500, 1000, 2000, 4000, 8000, 16_000, 32_000];

/** Reads an object the scanner may not have tagged yet. */
export async function onceTagged<T>(read: () => Promise<T>): Promise<T> {
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AccessDenied')) throw error;
      await sleep(wait);
    }
  }
  return read();
}
