import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { latestCategory } from '../../shared/records/case-record.ts';
import { japanDate } from '../../shared/records/japan-time.ts';
import {
  answerAgain,
  answeredPlaces,
  answerPacket,
  finishUpload,
  firstUploadOf,
  readAnnounced,
  readFinished,
  readReceived,
  receiveUpload,
  settleUpload,
  type UploadReceived,
} from '../../shared/records/record-upload.ts';
import { loadRegisters } from '../../shared/records/register-store.ts';
import { overwrittenId, uploadIdOf } from '../../shared/records/upload-id.ts';
import { log } from '../log.ts';
import type { IntakeDependencies } from './dependencies.ts';
import type { InboxObject } from './inbox-message.ts';

/** News of an object: the receipt first, then the work. */
export async function takeIn(desk: IntakeDependencies, object: InboxObject): Promise<void> {
  let upload_id = uploadIdOf(object.key, object.etag);
  const before = await readReceived(desk, upload_id);
  if (before && before.etag !== object.etag) upload_id = overwrittenId(upload_id, object.etag);
  const announced = await readAnnounced(desk, upload_id);
  const name = announced?.name ?? (await nameOf(desk, object.key));
  const office = announced?.office ?? null;
  const received = await receiveUpload(desk, { upload_id, name, office, ...object });
  await workThrough(desk, received);
}

/** The sweeper found an upload that was received and never finished. */
export async function takeUp(desk: IntakeDependencies, uploadId: string): Promise<void> {
  const received = await readReceived(desk, uploadId);
  if (!received) throw new Error(`upload ${uploadId} was never received`);
  await workThrough(desk, received);
}

/** From the object to the last answer. Killed at any moment and started again, it goes on where it stopped. */
async function workThrough(desk: IntakeDependencies, upload: UploadReceived): Promise<void> {
  const started = Date.now();
  const finished = await readFinished(desk, upload.upload_id);
  if (finished) {
    await settleUpload(desk, finished);
    return;
  }
  const scratch = await mkdtemp(join(tmpdir(), 'uketsuke-'));
  try {
    const file = join(scratch, 'upload');
    const digest = await download(desk, upload.key, file);
    const earlier = await firstUploadOf(desk, digest);
    if (earlier && earlier !== upload.upload_id) await answerAgain(desk, upload, earlier);
    else await decideAll(desk, upload, file);
    const { packets, repeated } = await finishUpload(desk, upload, digest);
    const ms = Date.now() - started;
    log('info', 'upload finished', {
      upload_id: upload.upload_id,
      packets,
      repeated,
      bytes: upload.size,
      ms,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function decideAll(desk: IntakeDependencies, upload: UploadReceived, file: string): Promise<void> {
  const answered = await answeredPlaces(desk, upload.upload_id);
  const { decideUpload } = await desk.domain();
  let ordinal = 0;
  const verdicts = decideUpload(
    { name: upload.name, file },
    {
      registries: await loadRegisters(desk.store),
      today: japanDate(desk.now().toISOString()),
      received: japanDate(upload.at),
      previousCase: async ({ city, insurer_number, insured_number }, month) => {
        const person = desk.personKey(insurer_number, insured_number);
        const category = await latestCategory(desk.store, city, person, month);
        return category ? { category } : null;
      },
    },
  );
  for await (const verdict of verdicts) {
    ordinal++;
    if (!answered.has(ordinal)) await answerPacket(desk, upload, ordinal, verdict);
  }
}

/** Streams the object to the scratch folder; returns the sha256 of its bytes. */
async function download(desk: IntakeDependencies, key: string, file: string): Promise<string> {
  const { Body } = await desk.s3.send(new GetObjectCommand({ Bucket: desk.inbox, Key: key }));
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

/** What the office called the file: said with the object, or the end of its key. */
async function nameOf(desk: IntakeDependencies, key: string): Promise<string> {
  const { Metadata } = await desk.s3.send(new HeadObjectCommand({ Bucket: desk.inbox, Key: key }));
  const said = Metadata?.name;
  return said ? decodeURIComponent(said) : (key.split('/').at(-1) ?? key);
}
