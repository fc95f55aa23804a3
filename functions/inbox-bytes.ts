import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type ByteSource, bufferSource } from '../shared/packet/zip/byte-source.ts';
import { isMissing } from '../shared/records/store/object-keeper.ts';
import {
  type Inbox,
  onceTagged,
  requireUnchanged,
  UploadChangedError,
  type UploadedObject,
} from './fetch-upload.ts';

/** An upload up to this size is read at once; of a larger one, only the parts that are asked for. */
const WHOLE_BYTES = 4 * 1024 ** 2;

/**
 * The bytes of a stored upload, read from the bucket where they are wanted: one file of a month's ZIP costs no more than
 * itself. Throws UploadChangedError where the upload is gone, or is read whole and has changed: a file of a ZIP is held to
 * its own checksum (packet/zip/unpack-entry.ts).
 */
export async function inboxBytes(from: Inbox, object: UploadedObject): Promise<ByteSource> {
  if (object.size === 0) return bufferSource(Buffer.alloc(0));
  const { bytes, total } = await readRange(from, object, 0, WHOLE_BYTES);
  if (total <= WHOLE_BYTES) {
    requireUnchanged(object, createHash('md5').update(bytes).digest('hex'));
    return bufferSource(bytes);
  }
  return {
    size: total,
    read: async (start, length) => {
      const end = Math.min(start + length, total);
      return end > start ? (await readRange(from, object, start, end)).bytes : Buffer.alloc(0);
    },
    stream: (start, end) =>
      end > start ? Readable.from(chunks(from, object, { start, end }, total)) : Readable.from([]),
  };
}

/** Bytes from `start` up to (not including) `end`, or the end of the object, and the size of the whole object. */
async function readRange(
  from: Inbox,
  object: UploadedObject,
  start: number,
  end: number,
): Promise<{ bytes: Buffer; total: number }> {
  const { Body, ContentRange } = await getRange(from, object, { start, end });
  const bytes = Buffer.from(await Body!.transformToByteArray());
  const [, total] = /\/(\d+)$/.exec(ContentRange ?? '') ?? [];
  return { bytes, total: total ? Number(total) : bytes.length };
}

async function* chunks(
  from: Inbox,
  object: UploadedObject,
  range: Range,
  total: number,
): AsyncGenerator<Uint8Array> {
  const { Body } = await getRange(from, object, range);
  const md5 = createHash('md5');
  for await (const chunk of Body as AsyncIterable<Uint8Array>) {
    md5.update(chunk);
    yield chunk;
  }
  if (range.start === 0 && range.end === total) requireUnchanged(object, md5.digest('hex'));
}

interface Range {
  start: number;
  end: number;
}

const getRange = ({ s3, inbox }: Inbox, { key, version_id }: UploadedObject, { start, end }: Range) =>
  onceTagged(() =>
    s3.send(
      new GetObjectCommand({
        Bucket: inbox,
        Key: key,
        VersionId: version_id,
        Range: `bytes=${start}-${end - 1}`,
      }),
    ),
  ).catch((error: Error) => {
    throw isMissing(error) ? new UploadChangedError(`${key} is gone`) : error;
  });
