import { isFinal } from '../events/malware-result.ts';
import type { UploadReceived } from '../events/upload-events.ts';
import { recordMalwareResult } from '../steps/record-malware-scan.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { InboxListing, OpenStep } from './steps.ts';

/** Starts a step of an upload again: its message is sent once more. */
export async function restartStep(
  records: RecordContext,
  upload: UploadReceived,
  open: OpenStep,
  inbox: InboxListing,
): Promise<void> {
  const { queues } = records;
  const { upload_id } = upload;
  switch (open.step) {
    case 'malware':
      return findMissedMalwareResult(records, upload, inbox);
    case 'receive':
    case 'decide':
    case 'ledger':
    case 'redact':
      return queues.send('intake', { kind: 'upload', upload_id });
    case 'receipt':
      return queues.send('notify', { kind: 'receipt', upload_id });
    case 'summary':
      return queues.requestSummary(open.area, `open.${records.now().toISOString()}`);
    case 'notice':
      return queues.send('notify', { kind: 'packet', packet_id: open.packet_id });
    case 'review':
    case 'ocr':
      return queues.send(open.step, { kind: 'packet', packet_id: open.packet_id });
  }
}

/**
 * The notification of a scan may have been lost: its result is a tag of the object as well. Without one, the operator
 * has to look.
 */
async function findMissedMalwareResult(
  records: RecordContext,
  upload: UploadReceived,
  inbox: InboxListing,
): Promise<void> {
  const result = await inbox.findMalwareResult(upload);
  if (!result || !isFinal(result)) return;
  await recordMalwareResult(records, upload, result);
  await records.queues.send('intake', { kind: 'upload', upload_id: upload.upload_id });
}
