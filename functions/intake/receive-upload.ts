import { CLEAN, isFinal, type MalwareResult } from '../../shared/records/events/malware-result.ts';
import { readUpload } from '../../shared/records/events/read-upload.ts';
import type { InboxObject } from '../../shared/records/events/upload-id.ts';
import { receiveUploadOf } from '../../shared/records/steps/receive-object.ts';
import type { ReadDigest } from '../../shared/records/steps/record-copy.ts';
import { recordMalwareResult } from '../../shared/records/steps/record-malware-scan.ts';
import { showMalwareResult } from '../../shared/records/views/upload-line.ts';
import { log } from '../log.ts';
import { processUpload } from './answer-upload.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { giveUpUpload } from './give-up-upload.ts';
import type { InboxMessage } from './inbox-message.ts';
import { redecidePacket } from './redecide-packet.ts';
import { versionDigest } from './replace-object.ts';
import { takeInReview } from './take-in-review.ts';
import { tellOfRivals } from './tell-of-rivals.ts';

/** One message of the intake queue. */
export async function handleMessage(deps: IntakeDependencies, message: InboxMessage): Promise<void> {
  if (message.kind === 'upload') return resumeUpload(deps, message.upload_id);
  if (message.kind === 'give_up') return giveUpUpload(deps, message.upload_id);
  if (message.kind === 'ocr_done') return redecidePacket(deps, message.packet_id);
  if (message.kind === 'rivals') return tellOfRivals(deps, message.packet_id);
  if (message.kind === 'reviewed') return takeInReview(deps, message.packet_id);
  if (message.kind === 'malware') return handleMalwareResult(deps, message.object, message.result);
  for (const object of message.objects) await receiveUploadMessage(deps, object);
}

/** A notification of an object: the receipt first, then the work, unless it must wait for the malware scan. */
async function receiveUploadMessage(deps: IntakeDependencies, object: InboxObject): Promise<void> {
  const upload = await receiveUploadOf(deps, object, (one) => versionDigest(deps, one));
  const { received } = upload;
  // The scan result starts the work. With both messages on the queue, two functions would otherwise do it at once.
  if (received.awaits_malware_scan && object.size !== 0) return;
  // An empty object holds no malware, and the scanner is not documented to report one.
  const scanned = received.awaits_malware_scan
    ? await recordMalwareResult(deps, received, CLEAN)
    : upload.scanned;
  await processUpload(deps, { ...upload, scanned });
}

/** The malware scan of an object ended. It may come before S3's own notification, twice, and with another result. */
async function handleMalwareResult(
  deps: IntakeDependencies,
  object: InboxObject,
  result: MalwareResult,
): Promise<void> {
  // Only what is clean can be read; a copy of a clean upload is.
  const readDigest: ReadDigest = async (one) => (result === CLEAN ? versionDigest(deps, one) : '');
  const upload = await receiveUploadOf(deps, object, readDigest);
  const { upload_id } = upload.received;
  // The alarms count these lines (infra/constructs/operations.ts).
  if (!isFinal(result)) return log('warn', 'malware scan failed', { upload_id, code: result });
  const scanned = await recordMalwareResult(deps, upload.received, result);
  if (result === 'THREATS_FOUND') log('warn', 'malware found', { upload_id, code: scanned.result });
  await processUpload(deps, { ...upload, scanned });
}

/** The sweeper found an upload that was received and never finished; or a long one has packets left. */
async function resumeUpload(deps: IntakeDependencies, uploadId: string): Promise<void> {
  const { received, ...events } = await readUpload(deps, uploadId);
  if (!received) throw new Error(`upload ${uploadId} was never received`);
  if (events.scanned && !events.finished) await showMalwareResult(deps.store, received, events.scanned.at);
  await processUpload(deps, { ...events, received });
}
