import { lostUpload } from '../../shared/findings/lost-upload.ts';
import { readAnswers, readUpload } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { answerPacket } from '../../shared/records/steps/answer-packet.ts';
import { finishUpload } from '../../shared/records/steps/finish-upload.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { sha256 } from '../../shared/text/digest.ts';
import { errorCode, log } from '../log.ts';
import { lastPacketIn, processUpload } from './answer-upload.ts';
import type { IntakeDependencies } from './dependencies.ts';

/**
 * The operator gives an upload up. It is tried once more; if it cannot end, its sender reads that it was lost, and it
 * counts as finished. Repeated, it resumes where it stopped.
 */
export async function giveUpUpload(deps: IntakeDependencies, uploadId: string): Promise<void> {
  const { received, ...events } = await readUpload(deps, uploadId);
  if (!received || events.finished) return;
  try {
    await processUpload(deps, { ...events, received });
    // The rest of a long upload has a message of its own, and its packets are answered in turns.
    const { finished, ledger, scanned } = await readUpload(deps, uploadId);
    const waitsForScan = received.awaits_malware_scan && !scanned;
    if (finished || !(ledger || waitsForScan)) return;
  } catch (error) {
    log('warn', 'upload given up', { upload_id: uploadId, code: errorCode(error) });
  }
  await answerLost(deps, received);
}

async function answerLost(deps: IntakeDependencies, upload: UploadReceived): Promise<void> {
  const { uploadVerdict } = await import('../../shared/decision/upload-verdict.ts');
  // Its bytes cannot be read: the digest is that of its key and version. The same bytes sent again are another upload.
  const digest = sha256(`lost ${upload.key}\n${upload.version_id ?? upload.etag}`);
  const verdict = uploadVerdict({ name: upload.name, digest, refused: 0 }, [lostUpload(upload.name)], upload);
  const answers = await collect(readAnswers(deps, upload.upload_id));
  const isAnswered = answers.some(({ packet_id }) => packet_id === verdict.packet_id);
  const position = { packet: lastPacketIn(answers) + 1, part: 0 };
  if (!isAnswered) answers.push((await answerPacket(deps, upload, position, verdict)).answered);
  await finishUpload(deps, upload, digest, { answers, given_up: true });
}
