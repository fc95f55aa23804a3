import { listKey, officeOf, type Sender } from '../../access/sender.ts';
import { UploadLedger } from '../../decision/upload-ledger.ts';
import { type Receipt, renderReceipt } from '../../letters/receipt.ts';
import { uploadKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import { readUpload, type UploadEvents } from '../events/read-upload.ts';
import type { UploadFinished, UploadReceived } from '../events/upload-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { safeKey } from '../store/result-store.ts';
import { answerKey, type NoticeRecord, type StoredLetter, writeLetter } from './letter.ts';
import { PACKET_PARTS, type PacketLine } from './packet-line.ts';

/** The record of a receipt, from the events of its upload; null: it was not written. */
export const receiptIn = ({ received, finished, receipt }: UploadEvents): NoticeRecord | null =>
  received && finished && receipt
    ? {
        notice_id: received.upload_id,
        kind: 'receipt',
        upload_id: received.upload_id,
        at: finished.at,
        key: receipt.key,
        digest: receipt.digest,
      }
    : null;

/**
 * Writes the receipt of an upload, listing every packet of it, repeated ones with their first receipt. A receipt the
 * office already has stays as it is: a second delivery does not rewrite it with later decisions.
 * @param again a packet in it was erased
 */
export async function writeReceipt(
  records: RecordContext,
  uploadId: string,
  {
    keepText = false,
    again = false,
    read,
  }: { keepText?: boolean; again?: boolean; read?: UploadEvents } = {},
): Promise<NoticeRecord> {
  const events = requireFinished(read ?? (await readUpload(records, uploadId)), uploadId);
  const recorded = receiptIn(events);
  if (recorded && !keepText && !again) return recorded;
  const lines = await collect(
    records.store.partition<PacketLine>('submissions', uploadId, { begins: PACKET_PARTS }),
  );
  const { unstored, letter } = receiptOf(events, lines);
  const elsewhere = [answerKey(listKey(events.received.sender), uploadId)];
  const record = await writeLetter(records, unstored, letter, { keepText, elsewhere, recorded });
  await recordReceipt(records, events, record);
  return record;
}

/** Where a receipt is that is in an object of its own. */
export const receiptKey = (sender: Sender, uploadId: string): string =>
  `offices/${safeKey(listKey(sender))}/receipts/${safeKey(uploadId)}.json`;

/** An upload whose every packet has its answer. */
export type FinishedUpload = UploadEvents & { received: UploadReceived; finished: UploadFinished };

/** @throws Error where an upload is not finished */
export function requireFinished(events: UploadEvents, uploadId: string): FinishedUpload {
  const { received, finished } = events;
  if (!received || !finished) throw new Error(`upload ${uploadId} is not finished`);
  return { ...events, received, finished };
}

/** The receipt of an upload with these lines, and its record before it is stored. */
export function receiptOf(
  { received, finished }: FinishedUpload,
  lines: PacketLine[],
): { unstored: NoticeRecord; letter: StoredLetter<Receipt> } {
  const { upload_id } = received;
  const receipt = composeReceipt(lines, {
    receipt: upload_id,
    name: received.name,
    office: officeOf(received.sender),
    received_at: received.at,
    finished_at: finished.at,
    entries: finished.entries,
  });
  const unstored: NoticeRecord = {
    notice_id: upload_id,
    kind: 'receipt',
    upload_id,
    at: finished.at,
    key: receiptKey(received.sender, upload_id),
  };
  return { unstored, letter: { text: renderReceipt(receipt), data: receipt } };
}

/**
 * Records that a receipt was written, and where it is stored. One that was written again keeps the first date; of two
 * written at once the last counts, as in the bucket.
 */
export async function recordReceipt(
  { store, now }: RecordContext,
  { received, receipt }: FinishedUpload,
  { key, digest }: NoticeRecord,
): Promise<void> {
  if (receipt?.key === key && receipt.digest === digest) return;
  const at = receipt?.at ?? now().toISOString();
  const event = { ...uploadKeys.receipt(received.upload_id), at, key, digest: digest! };
  if (receipt || !(await append(store, event))) await store.put('events', event);
}

/** Totals are those of the upload: a file in two packets (of a stack of papers that was split) counts once. */
function composeReceipt(
  lines: PacketLine[],
  {
    entries,
    ...head
  }: Pick<Receipt, 'receipt' | 'name' | 'office' | 'received_at' | 'finished_at'> & { entries?: number },
): Receipt {
  const own = lines.filter((line) => line.outcome === 'decided');
  const decided = (decision: string) => own.filter((line) => line.decision === decision).length;
  const ledger = new UploadLedger(entries ?? 0);
  for (const line of lines) ledger.add(line);
  // An upload that could not be opened is one file.
  const files = entries || lines.reduce((sum, line) => sum + line.ledger.files, 0);
  return {
    ...head,
    packets: lines,
    counts: {
      accept: decided('accept'),
      review: decided('review'),
      return: decided('return'),
      repeated: lines.length - own.length,
    },
    files,
    pages: ledger.pages,
    rows: ledger.rows,
    persons: ledger.persons,
    months: ledger.months,
    accounted: ledger.open === 0 && (entries === undefined || ledger.isClosed),
  };
}
