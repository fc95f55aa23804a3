import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { listKey, OFFICE_NUMBER, officeOf, type Sender } from '../../shared/access/sender.ts';
import { readUpload } from '../../shared/records/events/read-upload.ts';
import type { JoinsPacket } from '../../shared/records/events/upload-events.ts';
import { newUploadId, uploadKey } from '../../shared/records/events/upload-id.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { announceUpload } from '../../shared/records/steps/receive-object.ts';
import { pointerKey } from '../../shared/records/views/upload-line.ts';
import { printable } from '../../shared/text/printable.ts';
import { log } from '../log.ts';
import { auditChange } from './audit-access.ts';
import { requireSender } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';
import { type Door, doorOf } from './door.ts';
import type { ApiContext, Env } from './env.ts';
import { body } from './inputs.ts';
import { joinedPacket, joinsInput, requireAnswered } from './joined-packet.ts';

const announcement = z.strictObject({
  name: z.string().min(1).max(255).transform(printable),
  office: z.string().regex(OFFICE_NUMBER).nullish(),
  /** sha256 of the bytes: an interrupted upload of the same bytes resumes under its first number */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
  /** the files complete a packet that was sent before */
  joins: joinsInput.nullish(),
});

const readAnnouncement = (raw: unknown): z.output<typeof announcement> => {
  const input = announcement.safeParse(raw);
  if (input.success) return input.data;
  throw new HTTPException(400, { message: '送るファイルの名前 (name) を JSON で指定してください。' });
};

/**
 * An announcement → a receipt number and an address to upload to. Bytes that have arrived and await their answers are not
 * sent again: their number alone.
 */
export const announceRoute = new Hono<Env>().post(
  '/uploads',
  body(announcement, readAnnouncement),
  async (c) => {
    const { deps, caller } = c.var;
    const { name, digest = null, ...input } = c.req.valid('json');
    const joined = input.joins ? await joinedPacket(c, input.joins) : null;
    // What the operator or a 包括 sent for an office is completed for the same office.
    const office = input.office ?? (joined && officeOf(joined.decided.sender));
    const sender = requireSender(caller, office ?? null);
    if (joined) await requireAnswered(deps, listKey(sender), joined.joins.packet_id);
    // Before anything is written: a refusal leaves nothing behind.
    if (!(await deps.backlog.tryAdmit(deps.maxWaitingUploads))) throw serviceUnavailable(c);
    const { upload_id, isReceived } = await announce(deps, { name, sender, digest, joins: joined?.joins });
    if (isReceived) return c.json({ upload_id, received: true as const });
    await auditChange(c, auditOf.upload(upload_id));
    const address = await uploadAddress(deps, doorOf(c.env.event), uploadKey(upload_id));
    return c.json({ upload_id, ...address, max_bytes: deps.maxUploadBytes }, 201);
  },
);

/** Too many uploads wait. 503 like the HTTP API's own 429: clients wait and retry. */
function serviceUnavailable(c: ApiContext): HTTPException {
  const seconds = c.var.deps.busyRetrySeconds;
  log('info', 'upload put off', { status: 503 });
  const message =
    `提出が集中しているため、新しい受付を一時止めています。この送付物はまだ受け付けていません。${seconds} 秒ほどおいて、もう一度送ってください。` +
    '受付番号が出ているものは失われておらず、順に判定しています。';
  const res = c.json({ message }, 503, { 'retry-after': String(seconds) });
  return new HTTPException(503, { message, res });
}

/**
 * A new receipt number; where the same bytes were announced and never finished, the number they already have: a second
 * copy beside the first would be decided at the same time, as a version of its own.
 */
async function announce(
  deps: ApiDependencies,
  {
    name,
    sender,
    digest,
    joins,
  }: { name: string; sender: Sender; digest: string | null; joins?: JoinsPacket | undefined },
): Promise<{ upload_id: string; isReceived: boolean }> {
  // The same bytes for a packet are another upload than the bytes alone.
  const pointer = digest && !joins ? pointerKey({ sender, digest, name }) : null;
  const fresh = newUploadId(deps.now());
  const { upload_id, isReceived } = pointer
    ? await numberOf(deps, pointer, fresh)
    : { upload_id: fresh, isReceived: false };
  // Announced twice it is announced once; a pointer may have been written just before its announcement.
  await announceUpload(deps, {
    upload_id,
    name,
    sender,
    digest: joins ? null : digest,
    ...(joins && { joins }),
  });
  return { upload_id, isReceived };
}

/** The number these bytes have, where their upload is not finished; the fresh one, which they have from now on. */
async function numberOf(
  { store }: ApiDependencies,
  pointer: ReturnType<typeof pointerKey>,
  fresh: string,
): Promise<{ upload_id: string; isReceived: boolean }> {
  if (await store.putOnce('submissions', { ...pointer, points_to: fresh }))
    return { upload_id: fresh, isReceived: false };
  const before = await store.get<{ points_to: string }>('submissions', pointer);
  const upload = before && (await readUpload({ store }, before.points_to));
  if (upload && !upload.finished)
    return { upload_id: before.points_to, isReceived: upload.received !== null };
  await store.put('submissions', { ...pointer, points_to: fresh });
  return { upload_id: fresh, isReceived: false };
}

const uploadAddress = (deps: ApiDependencies, door: Door, Key: string) =>
  createPresignedPost(deps.uploads[door], {
    Bucket: deps.inbox,
    Key,
    Expires: deps.uploadAddressSeconds,
    Conditions: [
      ['content-length-range', 0, deps.maxUploadBytes],
      ['eq', '$Content-Type', 'application/octet-stream'],
    ],
    Fields: { 'Content-Type': 'application/octet-stream' },
  });
