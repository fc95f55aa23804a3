import { senderOfKey } from '../../access/sender.ts';
import { maskedPath } from '../../text/my-number.ts';
import { printable } from '../../text/printable.ts';
import type { EventBase, OpenUpload } from '../events/event-base.ts';
import { openShardOf } from '../events/event-index.ts';
import { uploadKeys, uploadStream } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import { readReceived, readUpload, type UploadEvents, uploadOf } from '../events/read-upload.ts';
import type { UploadAnnounced, UploadReceived } from '../events/upload-events.ts';
import { type InboxObject, isSameObject, uploadIdsOf } from '../events/upload-id.ts';
import type { RecordContext } from '../store/record-context.ts';
import { putUploadLine } from '../views/upload-line.ts';
import { showProgress } from '../views/upload-progress.ts';
import { ownerByContent, type ReadDigest, recordedOwner } from './record-copy.ts';

export async function announceUpload(
  records: RecordContext,
  upload: Pick<UploadAnnounced, 'upload_id' | 'name' | 'sender' | 'digest' | 'joins'>,
): Promise<void> {
  const at = records.now().toISOString();
  await append(records.store, {
    ...uploadKeys.announced(upload.upload_id),
    at,
    ...upload,
    name: printable(maskedPath(upload.name)),
    open: openShardOf(uploadStream(upload.upload_id)),
  });
  await showProgress(records.store, { ...upload, at }, 'announced', { since: at });
}

/**
 * Receives an object S3, the malware scan or the sweeper reported: under the receipt number of its key, or under one of
 * its own where another version of the same key was received first. Reported twice, or twice at once, it is received
 * once. A copy that the desk put itself is not received: its upload is returned.
 * @param readDigest reads the version; without it one that may be such a copy is not received (throws)
 */
export const receiveObject = async (
  records: RecordContext,
  object: InboxObject,
  readDigest?: ReadDigest,
): Promise<UploadReceived> => (await receiveUploadOf(records, object, readDigest)).received;

/** The same, with what the stream of the upload holds. */
export async function receiveUploadOf(
  records: RecordContext,
  object: InboxObject,
  readDigest?: ReadDigest,
): Promise<ReceivedUpload> {
  const ids = uploadIdsOf(object);
  const events = await readUpload(records, ids[0]!);
  const { announced, received } = events;
  if (received && isSameObject(received, object)) return { ...events, received };
  // Announced and not received: no other version of its key was received, and of none was a copy put.
  const existing = announced && !received ? null : await findReceived(records, object, readDigest);
  if (existing) return { ...(await readUpload(records, existing.upload_id)), received: existing };
  const { name, sender, joins } = announced ?? {
    name: printable(maskedPath(object.key.split('/').at(-1) || object.key)),
    sender: senderOfKey(object.key),
    joins: undefined,
  };
  const awaits_malware_scan = records.scansForMalware || undefined;
  for (const upload_id of ids) {
    const upload = { upload_id, name, sender, ...object, ...(joins && { joins }), awaits_malware_scan };
    const isMarked = upload_id === ids[0] && announced !== null && isMarkKept(announced, records.now());
    const arrived = await receiveUpload(records, upload, { isMarked });
    if (isSameObject(arrived, object))
      return { ...(upload_id === ids[0] ? events : NONE), received: arrived };
  }
  throw new Error(`another object has the number ${ids.at(-1)}`);
}

/** What the stream of a received upload holds. */
export type ReceivedUpload = UploadEvents & { received: UploadReceived };

const NONE: UploadEvents = {
  announced: null,
  received: null,
  scanned: null,
  opened: null,
  redaction: null,
  answers: [],
  ledger: null,
  finished: null,
  receipt: null,
};

async function findReceived(
  records: RecordContext,
  object: InboxObject,
  readDigest?: ReadDigest,
): Promise<UploadReceived | null> {
  const recorded = await recordedOwner(records, object);
  if (recorded) return readReceived(records, recorded);
  const own = await uploadOf(records, object);
  if (own) return own;
  const owner = await ownerByContent(records, object, readDigest);
  return owner ? readReceived(records, owner) : null;
}

/**
 * Records that the object has arrived: from now on there is a receipt. Returns the event that is stored, the first one.
 * @param isMarked its announcement carries the mark of an open upload, and keeps it
 */
export async function receiveUpload(
  records: RecordContext,
  upload: Omit<UploadReceived, keyof EventBase<'upload.received'> | keyof OpenUpload>,
  { isMarked = false } = {},
): Promise<UploadReceived> {
  const event: UploadReceived = {
    ...uploadKeys.received(upload.upload_id),
    at: records.now().toISOString(),
    ...upload,
    ...(!isMarked && { open: openShardOf(uploadStream(upload.upload_id)) }),
  };
  if (!(await append(records.store, event))) return (await readReceived(records, upload.upload_id))!;
  const state = upload.awaits_malware_scan ? 'malware_scan' : 'received';
  await putUploadLine(records.store, event, state);
  await showProgress(records.store, event, state, { since: event.at });
  return event;
}

/** An announcement loses its mark a day later where no file has come: one that may be about to is not relied on. */
const isMarkKept = ({ open, at }: UploadAnnounced, now: Date): boolean =>
  open !== undefined && now.getTime() - Date.parse(at) < (ABANDONED_AFTER / 2) * 60_000;

/** Minutes after its announcement when a file will not come any more: its upload address has expired. */
export const ABANDONED_AFTER = 24 * 60;
