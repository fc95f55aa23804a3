import { positionKey } from '../../packet/position.ts';
import type { Redaction } from '../../packet/withdrawn.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { isEvent } from './event.ts';
import { digestKey, uploadKeys, uploadStream } from './event-keys.ts';
import { readEvent, readRange, readStream } from './event-log.ts';
import type { PacketDecided } from './packet-events.ts';
import type {
  LedgerOpen,
  MalwareScanned,
  PacketAnswered,
  ReceiptWritten,
  UploadAnnounced,
  UploadFinished,
  UploadOpened,
  UploadReceived,
  UploadRedacted,
} from './upload-events.ts';
import { type InboxObject, isSameObject, uploadIdsOf } from './upload-id.ts';

type Records = Pick<RecordContext, 'store'>;

export const readAnnounced = ({ store }: Records, uploadId: string): Promise<UploadAnnounced | null> =>
  readEvent(store, uploadKeys.announced(uploadId));
export const readReceived = ({ store }: Records, uploadId: string): Promise<UploadReceived | null> =>
  readEvent(store, uploadKeys.received(uploadId));
export const readMalwareResult = ({ store }: Records, uploadId: string): Promise<MalwareScanned | null> =>
  readEvent(store, uploadKeys.malware(uploadId));
export const readOpenLedger = ({ store }: Records, uploadId: string): Promise<LedgerOpen | null> =>
  readEvent(store, uploadKeys.ledgerOpen(uploadId));
export const readFinished = ({ store }: Records, uploadId: string): Promise<UploadFinished | null> =>
  readEvent(store, uploadKeys.finished(uploadId));
export const readAnswers = ({ store }: Records, uploadId: string): AsyncGenerator<PacketAnswered> =>
  readRange(store, uploadKeys.everyAnswered(uploadId));

/** Whether the upload that brought a packet first has its answer: all that must follow its first decision was done. */
export const hasAnswer = async (
  { store }: Records,
  { upload_id, position }: Pick<PacketDecided, 'upload_id' | 'position'>,
): Promise<boolean> => (await readEvent(store, uploadKeys.answered(upload_id, position))) !== null;

/** The whole stream of an upload, in one read. */
export interface UploadEvents {
  announced: UploadAnnounced | null;
  received: UploadReceived | null;
  scanned: MalwareScanned | null;
  opened: UploadOpened | null;
  redaction: StoredRedaction | null;
  /** in the order of their positions: all of their work is done */
  answers: PacketAnswered[];
  ledger: LedgerOpen | null;
  finished: UploadFinished | null;
  receipt: ReceiptWritten | null;
}

export async function readUpload({ store }: Records, uploadId: string): Promise<UploadEvents> {
  const events = await collect(readStream(store, uploadStream(uploadId)));
  return {
    announced: events.find(isEvent('upload.announced')) ?? null,
    received: events.find(isEvent('upload.received')) ?? null,
    scanned: events.find(isEvent('malware.scanned')) ?? null,
    opened: events.find(isEvent('upload.opened')) ?? null,
    redaction: redactionIn(events.filter(isEvent('upload.redacted'))),
    answers: events.filter(isEvent('packet.answered')),
    ledger: events.find(isEvent('ledger.open')) ?? null,
    finished: events.find(isEvent('upload.finished')) ?? null,
    receipt: events.find(isEvent('receipt.written')) ?? null,
  };
}

/** By their position (`positionKey`). */
export const byPosition = (answers: PacketAnswered[]): Map<string, PacketAnswered> =>
  new Map(answers.map((answer) => [positionKey(answer.position), answer]));

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
  return redactionIn(await collect(readRange(store, uploadKeys.everyRedacted(uploadId))));
}

function redactionIn(events: UploadRedacted[]): StoredRedaction | null {
  const [first] = events;
  if (!first) return null;
  return {
    digest: first.digest,
    files: events.map(({ file }) => file),
    isDone: events.every(({ outbox }) => !outbox?.length),
    since: first.at,
  };
}
