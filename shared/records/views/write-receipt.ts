import { listKey, officeOf } from '../../access/sender.ts';
import { UploadLedger } from '../../decision/upload-ledger.ts';
import { type Receipt, renderReceipt } from '../../letters/receipt.ts';
import { uploadKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import { readFinished, readReceived } from '../events/read-upload.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { safeKey } from '../store/result-store.ts';
import { type NoticeRecord, writeLetter } from './letter.ts';
import { PACKET_PARTS, type PacketLine } from './packet-line.ts';

/**
 * Writes the receipt of an upload, listing every packet of it, repeated ones with their first receipt. A receipt the
 * office already has stays as it is: a second delivery does not rewrite it with later decisions.
 */
export async function writeReceipt(
  records: RecordContext,
  uploadId: string,
  { keepText = false } = {},
): Promise<NoticeRecord> {
  const existing = await records.store.get<NoticeRecord>('notices', { notice_id: uploadId });
  if (existing && !keepText) return existing;
  const received = await readReceived(records, uploadId);
  const finished = await readFinished(records, uploadId);
  if (!received || !finished) throw new Error(`upload ${uploadId} is not finished`);
  const lines = await collect(
    records.store.partition<PacketLine>('submissions', uploadId, { begins: PACKET_PARTS }),
  );
  const receipt = composeReceipt(lines, {
    receipt: uploadId,
    name: received.name,
    office: officeOf(received.sender),
    received_at: received.at,
    finished_at: finished.at,
    entries: finished.entries,
  });
  const office = listKey(received.sender);
  const unstored: NoticeRecord = {
    notice_id: uploadId,
    kind: 'receipt',
    upload_id: uploadId,
    at: finished.at,
    key: `offices/${safeKey(office)}/receipts/${safeKey(uploadId)}.json`,
  };
  const letter = { text: renderReceipt(receipt), data: receipt };
  const record = await writeLetter(records, unstored, letter, keepText);
  await append(records.store, {
    ...uploadKeys.receipt(uploadId),
    at: records.now().toISOString(),
  });
  await records.store.put('notices', record);
  return record;
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
