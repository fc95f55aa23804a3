import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { DiskSpace } from '../disk-space.ts';
import { type Fields, isPolicySigned, parsePolicy, sizeLimit, violation } from './post-policy.ts';
import { readForm } from './read-form.ts';
import { isSafeKey } from './store-guard.ts';

/** Bytes of a part: below the 11 MB that fauxqs accepts in one request, above S3's minimum of 5 MB. */
const PART_SIZE = 8 * 1024 * 1024;

export interface Inbox {
  s3: S3Client;
  bucket: string;
  /** with which the policies are signed */
  secret: string;
  diskSpace: DiskSpace;
  /** whether the role that signed the policy may put the object */
  maySign: (key: string) => boolean;
}

/** The key of the stored object, or why the upload is refused. */
export type UploadResult = { key: string } | { status: number; message: string };

/**
 * Emulates S3's POST Object: a form whose last field is the file. Streams the file to the object store in parts, so
 * that a large ZIP needs no memory, and enforces the signed policy (signature, fields, size, time). Refuses, before it stores the
 * first byte, what the disk has no space for. Throws when the request is cut off.
 */
export async function receiveUpload(
  request: IncomingMessage,
  { s3, bucket, secret, diskSpace, maySign }: Inbox,
): Promise<UploadResult> {
  const noSpace = await diskSpace.refusal(Number(request.headers['content-length'] ?? 0));
  if (noSpace) {
    // Read to the end: a client that is cut off while sending does not read the answer.
    for await (const _ of request);
    return { status: 507, message: noSpace };
  }
  const form = await readForm(request);
  if (!form) return { status: 400, message: 'フォームの形ではありません。' };
  const { file } = form;
  const fields: Fields = new Map([...form.fields].map(([name, value]) => [name.toLowerCase(), value]));
  const key = fields.get('key');
  const policy = parsePolicy(fields.get('policy'));
  if (!key || !isSafeKey(key) || !policy)
    return { status: 400, message: 'アップロード先のURLが正しくありません。' };
  if (!isPolicySigned(fields, secret))
    return {
      status: 403,
      message:
        'アップロード先のURLが、いま動いている受付のものではありません。もう一度はじめから送ってください。',
    };
  const violated = violation(policy, fields, bucket);
  if (violated) return { status: 403, message: violated };
  if (!maySign(key)) return { status: 403, message: '受付の役割に、この場所へ書く権限がありません。' };
  const limit = sizeLimit(policy);
  try {
    const Body = Readable.from(limitSize(file, limit), { objectMode: false });
    const params = { Bucket: bucket, Key: key, Body, ContentType: fields.get('content-type') };
    await new Upload({ client: s3, params, partSize: PART_SIZE, queueSize: 1 }).done();
    return { key };
  } catch (error) {
    if (!(error instanceof FileTooLargeError)) throw error;
    return { status: 400, message: `ファイルが大きすぎます (一度に送れるのは ${limit} バイトまでです)。` };
  }
}

class FileTooLargeError extends Error {}

/** Throws FileTooLargeError past the limit, in bytes. */
async function* limitSize(file: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of file) {
    size += chunk.length;
    if (size > limit) throw new FileTooLargeError();
    yield chunk;
  }
}
