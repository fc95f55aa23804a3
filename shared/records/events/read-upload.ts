import { positionKey } from '../../packet/position.ts';
import type { Redaction } from '../../packet/withdrawn.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { digestKey, uploadKeys } from './event-keys.ts';
import { readEvent, readRange } from './event-log.ts';
import type {
  LedgerOpen,
  MalwareScanned,
  PacketAnswered,
  ReceiptWritten,
  UploadAnnounced,
  UploadFinished,
  UploadOpened,
  UploadReceived,
} from './upload-events.ts';
import { type InboxObject, isSameObject, uploadIdsOf } from './upload-id.ts';

type Records = Pick<RecordContext, 'store'>;

export const readAnnounced = ({ store }: Records, uploadId: string): Promise<UploadAnnounced | null> =>
  readEvent(store, uploadKeys.announced(uploadId));
export const readReceived = ({ store }: Records, uploadId: string): Promise<UploadReceived | null> =>
  readEvent(store, uploadKeys.received(uploadId));
export const readMalwareResult = ({ store }: Records, uploadId: string): Promise<MalwareScanned | null> =>
  readEvent(store, uploadKeys.malware(uploadId));
export const readOpened = ({ store }: Records, uploadId: string): Promise<UploadOpened | null> =>
  readEvent(store, uploadKeys.opened(uploadId));
export const readOpenLedger = ({ store }: Records, uploadId: string): Promise<LedgerOpen | null> =>
  readEvent(store, uploadKeys.ledgerOpen(uploadId));
export const readFinished = ({ store }: Records, uploadId: string): Promise<UploadFinished | null> =>
  readEvent(store, uploadKeys.finished(uploadId));
export const readReceiptWritten = ({ store }: Records, uploadId: string): Promise<ReceiptWritten | null> =>
  readEvent(store, uploadKeys.receipt(uploadId));
export const readAnswers = ({ store }: Records, uploadId: string): AsyncGenerator<PacketAnswered> =>
  readRange(store, uploadKeys.everyAnswered(uploadId));

/** The answers an upload has already, by their position (`positionKey`): all of their work is done. */
export async function answersByPosition(
  records: Records,
  uploadId: string,
): Promise<Map<string, PacketAnswered>> {
  const answers = new Map<string, PacketAnswered>();
  for await (const answer of readAnswers(records, uploadId))
    answers.set(positionKey(answer.position), answer);
  return answers;
}

/** Time of the last answer of an upload, ISO, or null. */
export async function lastAnswerAt(records: Records, uploadId: string): Promise<string | null> {
  let last: string | null = null;
  for await (const { at } of readAnswers(records, uploadId)) if (!last || at > last) last = at;
  return last;
}

/** The finished upload of this sender that brought exactly these bytes first, or null. */
export async function firstUploadOf(
  { store }: Records,
  digest: string,
  { sender }: Pick<UploadReceived, 'sender'>,
): Promise<string | null> {
  return (await readEvent(store, digestKey(digest, sender)))?.upload_id ?? null;
}

/** The upload this object is, or null: it was not received yet. */
export async function uploadOf(
  records: Records,
  object: Pick<InboxObject, 'key' | 'etag' | 'version_id'>,
): Promise<UploadReceived | null> {
  for (const uploadId of uploadIdsOf(object)) {
    const received = await readReceived(records, uploadId);
    if (received && isSameObject(received, object)) return received;
  }
  return null;
}

/** True for a received upload whose malware scan has not ended: it must not be opened. */
export const waitsForMalwareScan = async (records: Records, upload: UploadReceived): Promise<boolean> =>
  Boolean(upload.awaits_malware_scan) && (await readMalwareResult(records, upload.upload_id)) === null;

/** What was taken out of an upload, and whether no version with it is left. */
export interface StoredRedaction extends Redaction {
  isDone: boolean;
  /** ISO time */
  since: string;
}

export async function readRedaction({ store }: Records, uploadId: string): Promise<StoredRedaction | null> {
  const events = await collect(readRange(store, uploadKeys.everyRedacted(uploadId)));
  const [first] = events;
  if (!first) return null;
  return {
    digest: first.digest,
    files: events.map(({ file }) => file),
    isDone: events.every(({ outbox }) => !outbox?.length),
    since: first.at,
  };
}
