import { isOneMachine, recordContext } from '../functions/aws.ts';
import { setting } from '../functions/environment.ts';
import { withUpload } from '../functions/fetch-upload.ts';
import { isEvent, type RecordEvent } from '../shared/records/events/event.ts';
import { readAnswers } from '../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../shared/records/events/upload-events.ts';
import type { Rebuilt } from '../shared/records/recovery/rebuild.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';

/** The uploads whose stored bytes are gone or have changed. S3 does not lose them; the disk of one machine may. */
export async function lostUploads(): Promise<Rebuilt['failed']> {
  if (!isOneMachine()) return [];
  const records = recordContext([]);
  const inbox = { s3: records.s3, inbox: setting('INBOX') };
  const lost: Rebuilt['failed'] = [];
  for await (const event of records.store.everything<RecordEvent>('events')) {
    if (!isEvent('upload.received')(event) || (await isErased(records, event))) continue;
    await withUpload(inbox, event, async () => {}).catch(({ name }: Error) => {
      lost.push({ subject: event.upload_id, reason: name });
    });
  }
  return lost;
}

/** True: each of its packets was erased, and its object with the last of them. */
async function isErased(records: RecordContext, { upload_id }: UploadReceived): Promise<boolean> {
  const answers = await Array.fromAsync(readAnswers(records, upload_id));
  return answers.length > 0 && answers.every(({ erased }) => erased);
}
