import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

import type { DiskSpace } from '../disk-space.ts';

/** Below the 11 MB the local object store takes in one request, and above S3's 5 MB for a part. */
const PART = 8 * 1024 * 1024;
const MAX_FIELDS = 64 * 1024;

interface Policy {
  expiration: string;
  conditions: (Record<string, string> | [string, ...unknown[]])[];
}

/**
 * S3's POST Object on this machine: a form whose last field is the file. Streams the file to the object store in parts,
 * so that a large ZIP costs no memory, and holds it to the policy that the API signed (key, size, time).
 * What the disk has no room for is refused before its first byte is kept. Returns the key of what was kept, or null.
 */
export async function receiveUpload(
  s3: S3Client,
  bucket: string,
  room: DiskSpace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string | null> {
  const full = await room.refusal(Number(request.headers['content-length'] ?? 0));
  if (full) {
    // Heard to its end: who is cut off while sending does not read why.
    for await (const _ of request);
    return refuse(response, 507, full);
  }
  const boundary = /boundary="?([^";]+)"?/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (!boundary) return refuse(response, 400, 'フォームの形ではありません。');
  const form = readForm(request, boundary);
  const fields = (await form.next()).value as Record<string, string> | undefined;
  const policy = fields && policyOf(fields);
  if (!fields?.key || !policy) return refuse(response, 400, 'アップロードの宛先が正しくありません。');
  const broken = violation(policy, fields);
  if (broken) return refuse(response, 403, broken);
  const limit = sizeLimit(policy);
  const size = await store(s3, bucket, fields, form as AsyncGenerator<Buffer>, limit);
  if (size === null)
    return refuse(response, 400, `ファイルが大きすぎます (一度に送れるのは ${limit} バイトまでです)。`);
  response.writeHead(204).end();
  return fields.key;
}

/** First the fields (one object), then the bytes of the file, piece by piece. */
async function* readForm(
  request: IncomingMessage,
  boundary: string,
): AsyncGenerator<Record<string, string> | Buffer> {
  const opening = Buffer.from(`--${boundary}`);
  const closing = Buffer.from(`\r\n--${boundary}`);
  const fields: Record<string, string> = {};
  let held = Buffer.alloc(0);
  let inFile = false;
  for await (const chunk of request) {
    held = Buffer.concat([held, chunk]);
    while (!inFile) {
      const head = held.indexOf('\r\n\r\n');
      if (head < 0) break;
      const header = held.subarray(0, head).toString('utf8');
      const name = /name="([^"]*)"/i.exec(header)?.[1] ?? '';
      if (name === 'file') {
        inFile = true;
        held = held.subarray(head + 4);
        yield fields;
        break;
      }
      const end = held.indexOf(closing, head + 4);
      if (end < 0) break;
      fields[name] = held.subarray(head + 4, end).toString('utf8');
      held = held.subarray(end + 2);
    }
    if (!inFile && held.length > MAX_FIELDS) return;
    if (!inFile) continue;
    const end = held.indexOf(closing);
    if (end >= 0) {
      yield held.subarray(0, end);
      request.resume();
      return;
    }
    // The end of what is held may be the beginning of the closing line.
    const safe = held.length - closing.length;
    if (safe > 0) {
      yield held.subarray(0, safe);
      held = held.subarray(safe);
    }
  }
  if (!inFile && held.indexOf(opening) < 0) return;
  throw new Error('アップロードが途中で切れました');
}

/** Puts a small file at once and a large one in parts. Null: over the limit, nothing is kept. */
async function store(
  s3: S3Client,
  Bucket: string,
  fields: Record<string, string>,
  file: AsyncGenerator<Buffer>,
  limit: number,
): Promise<number | null> {
  const to = { Bucket, Key: fields.key! };
  const ContentType = fields['Content-Type'];
  let held: Buffer[] = [];
  let heldSize = 0;
  let size = 0;
  let UploadId: string | undefined;
  const parts: CompletedPart[] = [];
  const flush = async () => {
    UploadId ??= (await s3.send(new CreateMultipartUploadCommand({ ...to, ContentType }))).UploadId;
    const PartNumber = parts.length + 1;
    const Body = Buffer.concat(held);
    const { ETag } = await s3.send(new UploadPartCommand({ ...to, UploadId, PartNumber, Body }));
    parts.push({ PartNumber, ETag });
    held = [];
    heldSize = 0;
  };
  try {
    for await (const piece of file) {
      size += piece.length;
      if (size > limit) break;
      held.push(piece);
      heldSize += piece.length;
      if (heldSize >= PART) await flush();
    }
    if (size > limit) {
      if (UploadId) await s3.send(new AbortMultipartUploadCommand({ ...to, UploadId }));
      return null;
    }
    if (!UploadId) {
      await s3.send(new PutObjectCommand({ ...to, Body: Buffer.concat(held), ContentType }));
      return size;
    }
    if (heldSize > 0) await flush();
    await s3.send(new CompleteMultipartUploadCommand({ ...to, UploadId, MultipartUpload: { Parts: parts } }));
    return size;
  } catch (error) {
    if (UploadId) await s3.send(new AbortMultipartUploadCommand({ ...to, UploadId })).catch(() => {});
    throw error;
  }
}

function policyOf(fields: Record<string, string>): Policy | null {
  try {
    return JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString('utf8')) as Policy;
  } catch {
    return null;
  }
}

/** What the form does that its policy does not allow, or null. */
function violation(policy: Policy, fields: Record<string, string>): string | null {
  if (Date.parse(policy.expiration) < Date.now())
    return 'アップロードの期限が切れました。もう一度送り直してください。';
  for (const condition of policy.conditions) {
    const [name, wanted] = Array.isArray(condition)
      ? condition[0] === 'eq'
        ? [String(condition[1]).replace('$', ''), condition[2]]
        : [null, null]
      : Object.entries(condition)[0]!;
    if (name === null || name === 'bucket') continue;
    const given = Object.entries(fields).find(([field]) => field.toLowerCase() === name.toLowerCase())?.[1];
    if (given !== wanted) return `アップロードの条件 (${name}) が合いません。`;
  }
  return null;
}

function sizeLimit(policy: Policy): number {
  const range = policy.conditions.find((one) => Array.isArray(one) && one[0] === 'content-length-range');
  return Array.isArray(range) ? Number(range[2]) : Number.POSITIVE_INFINITY;
}

function refuse(response: ServerResponse, status: number, message: string): null {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  response.end(JSON.stringify({ message }));
  return null;
}
