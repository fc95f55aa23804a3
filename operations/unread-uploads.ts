import { isOneMachine, recordContext } from '../functions/aws.ts';
import { setting } from '../functions/environment.ts';
import { isUploadLost, withUpload } from '../functions/fetch-upload.ts';
import { isEvent } from '../shared/records/events/event.ts';
import { readLog } from '../shared/records/events/event-log.ts';
import { isBeingErased } from '../shared/records/events/read-retention.ts';
import { readAnswers, readFinished } from '../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../shared/records/events/upload-events.ts';
import type { Rebuilt } from '../shared/records/recovery/rebuild.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';

interface UnreadUploads {
  /** their stored bytes are gone or have changed */
  lost: Rebuilt['failed'];
  /** could not be read for another reason, which may pass */
  failed: Rebuilt['failed'];
}

/** The uploads whose stored bytes cannot be read. S3 does not lose them; the disk of one machine may. */
export async function unreadUploads(): Promise<UnreadUploads> {
  const unread: UnreadUploads = { lost: [], failed: [] };
  if (!isOneMachine()) return unread;
  const records = recordContext([]);
  const inbox = { s3: records.s3, inbox: setting('INBOX') };
  for await (const event of readLog(records.store)) {
    if (!isEvent('upload.received')(event) || (await isExcused(records, event))) continue;
    await withUpload(inbox, event, async () => {}).catch((error: Error) => {
      const list = isUploadLost(error) ? unread.lost : unread.failed;
      list.push({ subject: event.upload_id, reason: error.name });
    });
  }
  return unread;
}

/** True: the operator gave it up; or each of its packets was or is being erased, and its object with the last of them. */
async function isExcused(records: RecordContext, { upload_id }: UploadReceived): Promise<boolean> {
  if ((await readFinished(records, upload_id))?.given_up) return true;
  const answers = await Array.fromAsync(readAnswers(records, upload_id));
  for (const { erased, packet_id } of answers)
    if (!erased && !(await isBeingErased(records, packet_id))) return false;
  return answers.length > 0;
}
