import { recordContext } from '../../functions/aws.ts';
import { OPERATOR, type Sender } from '../../shared/access/sender.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { finishUpload } from '../../shared/records/steps/finish-upload.ts';
import { receiveUpload } from '../../shared/records/steps/receive-object.ts';
import { recordMalwareResult } from '../../shared/records/steps/record-malware-scan.ts';
import { progressMonth, showLate, showSweep } from '../../shared/records/views/upload-progress.ts';

/** An upload whose object was deleted. */
export const GONE = 'R20260612-00000000';
/** An upload that was opened, and no packet accounts for its entries. */
export const OPEN = 'R20260612-11111111';

type Records = ReturnType<typeof recordContext>;

/** Records of the desk of this process. */
export const intakeRecords = (): Records => recordContext(['intake']);

/** An upload that awaits its malware scan, without an object. */
export const receiveWithoutObject = (
  records: Records,
  upload_id: string,
  sender: Sender = OPERATOR,
): Promise<UploadReceived> =>
  receiveUpload(records, {
    upload_id,
    name: `${upload_id}.zip`,
    sender,
    key: `uploads/${upload_id}/upload`,
    etag: 'e',
    size: 9,
    awaits_malware_scan: true,
  });

/** Records the uploads GONE and OPEN, which no retry can end. */
export async function recordStuckUploads(records: Records, sender?: Sender): Promise<void> {
  await recordMalwareResult(records, await receiveWithoutObject(records, GONE, sender), 'NO_THREATS_FOUND');
  const open = await receiveWithoutObject(records, OPEN, sender);
  await recordMalwareResult(records, open, 'NO_THREATS_FOUND');
  await finishUpload(records, open, 'digest', { entries: 3 });
}

/** Shows them as the sweeper does once they are past their deadline. */
export async function showStuckUploads(records: Records): Promise<void> {
  for (const id of [GONE, OPEN]) {
    const received = (await readReceived(records, id))!;
    await showLate(records.store, received, { step: 'decide', since: received.at, tries: 3 });
  }
  // The number names the month of an upload: it is no longer the current one.
  const months = [progressMonth({ upload_id: GONE, at: '' })];
  await showSweep(records.store, { at: records.now().toISOString(), months, unsettled: [], erasures: 0 });
}
