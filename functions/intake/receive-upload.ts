import type { InboxObject } from '../../shared/records/events/upload-id.ts';
import {
  CLEAN,
  isFinal,
  recordScan,
  type ScanResult,
} from '../../shared/records/steps/record-malware-scan.ts';
import { readReceived, receiveObject } from '../../shared/records/steps/record-upload.ts';
import { log } from '../log.ts';
import { workThrough } from './answer-upload.ts';
import type { IntakeDependencies } from './dependencies.ts';
import type { InboxMessage } from './inbox-message.ts';
import { takeAgain } from './redecide-packet.ts';

/** Whatever the intake queue brings. */
export async function take(desk: IntakeDependencies, message: InboxMessage): Promise<void> {
  if (message.kind === 'upload') return takeUp(desk, message.upload_id);
  if (message.kind === 'scanned') return takeAgain(desk, message.packet_id);
  if (message.kind === 'malware') return takeScanned(desk, message.object, message.result);
  for (const object of message.objects) await takeIn(desk, object);
}

/** News of an object: the receipt first, then the work, where it need not wait for the malware scan. */
async function takeIn(desk: IntakeDependencies, object: InboxObject): Promise<void> {
  const upload = await receiveObject(desk, object);
  // The scanner's word brings the work. Where both wait on the queue, two functions would otherwise do it side by side.
  if (upload.awaits_scan && object.size !== 0) return;
  // In nothing is no malware, and nowhere is it said that the scanner speaks of an empty object.
  if (upload.awaits_scan) await recordScan(desk, upload, CLEAN);
  await workThrough(desk, upload);
}

/** The malware scan of an object ended. It may come before S3's own news, more than once, and with another result. */
async function takeScanned(desk: IntakeDependencies, object: InboxObject, result: ScanResult): Promise<void> {
  const upload = await receiveObject(desk, object);
  const { upload_id } = upload;
  // The alarms count these lines (infra/constructs/operations.ts).
  if (!isFinal(result)) return log('warn', 'malware scan failed', { upload_id, code: result });
  const scanned = await recordScan(desk, upload, result);
  if (result === 'THREATS_FOUND') log('warn', 'malware found', { upload_id, code: scanned.result });
  await workThrough(desk, upload);
}

/** The sweeper found an upload that was received and never finished; or the rest of a long one is to be done. */
async function takeUp(desk: IntakeDependencies, uploadId: string): Promise<void> {
  const received = await readReceived(desk, uploadId);
  if (!received) throw new Error(`upload ${uploadId} was never received`);
  await workThrough(desk, received);
}
