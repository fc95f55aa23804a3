import { digestKey, uploadKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import { readAnswers, readFinished } from '../events/read-upload.ts';
import type { LedgerOpen, PacketAnswered, UploadFinished, UploadReceived } from '../events/upload-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { putUploadLine } from '../views/upload-line.ts';
import { showProgress } from '../views/upload-progress.ts';

/** Records the count of entries of an upload that takes more than one turn. The first count stays. */
export const recordOpened = (records: RecordContext, uploadId: string, entries: number): Promise<boolean> =>
  append(records.store, { ...uploadKeys.opened(uploadId), at: records.now().toISOString(), entries });

/** What an upload is finished with. */
export interface Answered {
  /** counted when it was opened; absent: it could not be opened */
  entries?: number | undefined;
  /** the answers of all its packets, where the caller has them; otherwise they are read */
  answers?: PacketAnswered[] | undefined;
  /** it cannot be read to its end */
  given_up?: true;
}

/**
 * Every packet has its answer: the upload is finished, and its receipt can be written. Where the packets do not account
 * for every entry counted when it was opened, the ledger is returned instead and the upload stays open.
 */
export async function finishUpload(
  records: RecordContext,
  upload: UploadReceived,
  digest: string,
  { entries, answers, given_up }: Answered = {},
): Promise<UploadFinished | LedgerOpen> {
  const { upload_id } = upload;
  const { packets, repeated, accountedFor } = countAnswers(
    answers ?? (await collect(readAnswers(records, upload_id))),
  );
  const at = records.now().toISOString();
  if (entries !== undefined && entries !== accountedFor) {
    const ledger: LedgerOpen = {
      ...uploadKeys.ledgerOpen(upload_id),
      at,
      opened: entries,
      accountedFor,
    };
    await append(records.store, ledger);
    return ledger;
  }
  const event: UploadFinished = {
    ...uploadKeys.finished(upload_id),
    at,
    upload_id,
    ...(entries !== undefined && { entries }),
    packets,
    repeated,
    digest,
    ...(given_up && { given_up }),
  };
  const finished = (await append(records.store, event)) ? event : (await readFinished(records, upload_id))!;
  await closeUpload(records, upload, finished);
  return finished;
}

function countAnswers(answers: PacketAnswered[]) {
  const counts = { packets: 0, repeated: 0, accountedFor: 0 };
  for (const answer of answers) {
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
  const { store, queues } = records;
  const { upload_id } = upload;
  await append(store, { ...digestKey(finished.digest, upload.sender), at: finished.at, upload_id });
  await putUploadLine(store, upload, 'finished', finished);
  await showProgress(store, upload, 'decided', { since: finished.at, packets: finished.packets });
  await queues.hurry(() => queues.send('notify', { kind: 'receipt', upload_id }));
}
