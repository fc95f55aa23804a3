import { digestKey, uploadKeys } from '../events/event-keys.ts';
import { append, clearOutbox } from '../events/event-log.ts';
import { readAnswers, readFinished, readOpened } from '../events/read-upload.ts';
import type { LedgerOpen, UploadFinished, UploadReceived } from '../events/upload-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { putUploadLine } from '../views/upload-line.ts';
import { showProgress } from '../views/upload-progress.ts';

/** Records the count of entries when the upload was opened. The first count stays. */
export const recordOpened = (records: RecordContext, uploadId: string, entries: number): Promise<boolean> =>
  append(records.store, { ...uploadKeys.opened(uploadId), at: records.now().toISOString(), entries });

/**
 * Every packet has its answer: the upload is finished, and its receipt can be written. Where the packets do not account
 * for every entry counted when it was opened, the ledger is returned instead and the upload stays open.
 */
export async function finishUpload(
  records: RecordContext,
  upload: UploadReceived,
  digest: string,
): Promise<UploadFinished | LedgerOpen> {
  const { upload_id } = upload;
  const { packets, repeated, accountedFor } = await countAnswers(records, upload_id);
  const opened = await readOpened(records, upload_id);
  const at = records.now().toISOString();
  if (opened && opened.entries !== accountedFor) {
    const ledger: LedgerOpen = {
      ...uploadKeys.ledgerOpen(upload_id),
      at,
      opened: opened.entries,
      accountedFor,
    };
    await append(records.store, ledger);
    return ledger;
  }
  const event: UploadFinished = {
    ...uploadKeys.finished(upload_id),
    at,
    upload_id,
    ...(opened && { entries: opened.entries }),
    packets,
    repeated,
    digest,
    outbox: ['receipt'],
  };
  const finished = (await append(records.store, event)) ? event : (await readFinished(records, upload_id))!;
  await closeUpload(records, upload, finished);
  return finished;
}

async function countAnswers(records: RecordContext, uploadId: string) {
  const counts = { packets: 0, repeated: 0, accountedFor: 0 };
  for await (const answer of readAnswers(records, uploadId)) {
    counts.packets++;
    counts.accountedFor += answer.entries ?? 0;
    if (answer.outcome === 'repeated') counts.repeated++;
  }
  return counts;
}

/** What follows from a finished upload. A redelivered message comes here at once and does what a crash left undone. */
export async function closeUpload(
  records: RecordContext,
  upload: UploadReceived,
  finished: UploadFinished,
): Promise<void> {
  const { store } = records;
  const { upload_id } = upload;
  await append(store, { ...digestKey(finished.digest, upload.sender), at: finished.at, upload_id });
  await putUploadLine(store, upload, 'finished', finished);
  await showProgress(store, upload, 'decided', { since: finished.at, packets: finished.packets });
  await sendReceipt(records, finished);
  if (!upload.awaits_malware_scan) await clearOutbox(store, upload);
  if (upload.awaits_malware_scan || records.scansForMalware)
    await clearOutbox(store, uploadKeys.malware(upload_id));
}

/** Requests the receipt of a finished upload. Also called by the sweeper. */
export async function sendReceipt(records: RecordContext, finished: UploadFinished): Promise<void> {
  if (!finished.outbox?.length) return;
  const { queues } = records;
  await queues.hurry(() => queues.send('notify', { kind: 'receipt', upload_id: finished.upload_id }));
  await clearOutbox(records.store, finished);
}
