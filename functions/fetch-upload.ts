import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { once } from './memoize.ts';

/** Where uploads lie. */
export interface Inbox {
  s3: S3Client;
  inbox: string;
}
/** The very version of an object that was received: what came later under the same key is another upload. */
type UploadedObject = { key: string; version_id?: string; size?: number | null };

/** Streams an uploaded object to the scratch folder, lends it to `work`, and removes it whatever happens. */
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

const SCRATCH = 'uketsuke-upload-';

/**
 * What a process that was killed left in the scratch folder goes before the first upload is fetched: it is a copy of
 * what somebody sent, and an upload out of which files were taken since would still have them there.
 */
const cleared = once(async () => {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(SCRATCH) && Number.parseInt(name.slice(SCRATCH.length), 10);
    // What another user of the machine left is not ours to remove.
    if (pid && !isAlive(pid))
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
});

/** This process has fetched nothing yet: what bears its number is of one that had the number before. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Streams the object to a file; returns the sha256 of its bytes. */
async function download({ s3, inbox }: Inbox, object: UploadedObject, file: string): Promise<string> {
  const hash = createHash('sha256');
  // Nobody scans an empty object, and what was not scanned the bucket lets nobody read.
  if (object.size === 0) {
    await writeFile(file, '');
    return hash.digest('hex');
  }
  const place = { Bucket: inbox, Key: object.key, VersionId: object.version_id };
  const { Body } = await onceTagged(() => s3.send(new GetObjectCommand(place)));
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
 * What carries no tag of the scanner the bucket lets nobody read, and the tag may come a moment after the scanner's word;
 * a copy that the desk itself put in an upload's place is scanned too, which takes about half a minute. After so many ms
 * it is asked again.
 */
const TAG_LAG = [500, 1000, 2000, 4000, 8000, 16_000, 32_000];

/** Reads what the scanner may not have tagged yet. */
export async function onceTagged<T>(read: () => Promise<T>): Promise<T> {
  for (const wait of TAG_LAG) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AccessDenied')) throw error;
      await sleep(wait);
    }
  }
  return read();
}
