import { CLEAN, isFinal, type MalwareResult } from '../../shared/records/events/malware-result.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import type { InboxObject } from '../../shared/records/events/upload-id.ts';
import { receiveObject } from '../../shared/records/steps/receive-object.ts';
import { recordMalwareResult } from '../../shared/records/steps/record-malware-scan.ts';
import { log } from '../log.ts';
import { processUpload } from './answer-upload.ts';
import type { IntakeDependencies } from './dependencies.ts';
import type { InboxMessage } from './inbox-message.ts';
import { redecidePacket } from './redecide-packet.ts';

/** Whatever the intake queue brings. */
export async function handleMessage(desk: IntakeDependencies, message: InboxMessage): Promise<void> {
  if (message.kind === 'upload') return resumeUpload(desk, message.upload_id);
  if (message.kind === 'scanned') return redecidePacket(desk, message.packet_id);
  if (message.kind === 'malware') return handleMalwareResult(desk, message.object, message.result);
  for (const object of message.objects) await receiveUploadMessage(desk, object);
}

/** News of an object: the receipt first, then the work, where it need not wait for the malware scan. */
async function receiveUploadMessage(desk: IntakeDependencies, object: InboxObject): Promise<void> {
  const upload = await receiveObject(desk, object);
  // The scanner's word brings the work. Where both wait on the queue, two functions would otherwise do it side by side.
  if (upload.awaits_malware_scan && object.size !== 0) return;
  // In nothing is no malware, and nowhere is it said that the scanner speaks of an empty object.
  if (upload.awaits_malware_scan) await recordMalwareResult(desk, upload, CLEAN);
  await processUpload(desk, upload);
}

/** The malware scan of an object ended. It may come before S3's own news, more than once, and with another result. */
async function handleMalwareResult(
  desk: IntakeDependencies,
  object: InboxObject,
  result: MalwareResult,
): Promise<void> {
  const upload = await receiveObject(desk, object);
  const { upload_id } = upload;
  // The alarms count these lines (infra/constructs/operations.ts).
  if (!isFinal(result)) return log('warn', 'malware scan failed', { upload_id, code: result });
  const scanned = await recordMalwareResult(desk, upload, result);
  if (result === 'THREATS_FOUND') log('warn', 'malware found', { upload_id, code: scanned.result });
  await processUpload(desk, upload);
}

/** The sweeper found an upload that was received and never finished; or the rest of a long one is to be done. */
async function resumeUpload(desk: IntakeDependencies, uploadId: string): Promise<void> {
  const received = await readReceived(desk, uploadId);
  if (!received) throw new Error(`upload ${uploadId} was never received`);
  await processUpload(desk, received);
}
