import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { scratchFolder } from '../shared/packet/scratch-folder.ts';
import { isMissing } from '../shared/records/store/object-keeper.ts';
import { isOneMachine } from './aws.ts';
import { once } from './memoize.ts';
import { clearScratch } from './scratch.ts';

/** The bucket uploads are in. */
export interface Inbox {
  s3: S3Client;
  inbox: string;
}
/** The version of an object that was received: a later one under the same key is another upload. */
export type UploadedObject = { key: string; version_id?: string; size?: number | null; etag?: string };

/** A copy of an object in the scratch folder. */
interface Copy {
  folder: string;
  fetched: Promise<{ file: string; digest: string }>;
  /** works that read it now */
  readers: number;
}
/** Copies that are lent, by bucket, key and version: an upload may be as large as half the scratch folder. */
const lent = new Map<string, Copy>();

/**
 * Streams an uploaded object to the scratch folder, lends it to `work`, and removes it in any case. Work that
 * asks for the same version meanwhile gets the same copy.
 */
export async function withUpload<T>(
  from: Inbox,
  object: UploadedObject,
  work: (file: string, digest: string) => Promise<T>,
): Promise<T> {
  await cleared();
  // Without a version the bytes may have changed since.
  const name = object.version_id ? JSON.stringify([from.inbox, object.key, object.version_id]) : null;
  const copy = (name && lent.get(name)) || fetchCopy(from, object);
  if (name) lent.set(name, copy);
  copy.readers++;
  try {
    const { file, digest } = await copy.fetched;
    return await work(file, digest);
  } finally {
    copy.readers--;
    if (copy.readers === 0) {
      if (name) lent.delete(name);
      await rm(copy.folder, { recursive: true, force: true });
    }
  }
}

function fetchCopy(from: Inbox, object: UploadedObject): Copy {
  const folder = scratchFolder();
  const file = join(folder, 'upload');
  const fetched = download(from, object, file).then((digest) => ({ file, digest }));
  return { folder, fetched, readers: 0 };
}

const cleared = once(clearScratch);

/** The stored bytes of an upload are gone, or not those that were received. */
export class UploadChangedError extends Error {
  override name = 'UploadChanged';
}

/** The stored bytes cannot be had any more: another error may pass. */
export const isUploadLost = (error: unknown): boolean =>
  error instanceof UploadChangedError || isMissing(error);

/**
 * S3 holds the bytes to their checksum itself; the store of one machine hands out what the disk has.
 * @throws UploadChangedError
 */
export function requireUnchanged(object: UploadedObject, md5: string): void {
  const isMd5 = isOneMachine() && /^[0-9a-f]{32}$/.test(object.etag ?? '');
  if (isMd5 && object.etag !== md5) throw new UploadChangedError(`${object.key} has changed`);
}

/** Streams the object to a file; returns the sha256 of its bytes. @throws UploadChangedError */
async function download({ s3, inbox }: Inbox, object: UploadedObject, file: string): Promise<string> {
  const [hash, md5] = [createHash('sha256'), createHash('md5')];
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
        md5.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  requireUnchanged(object, md5.digest('hex'));
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
