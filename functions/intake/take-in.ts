import { createHash } from 'node:crypto';
import type { Desk } from '../../shared/desk.ts';
import { latestCategory, sendersOf } from '../../shared/records/case-record.ts';
import { japanDate } from '../../shared/records/japan-time.ts';
import {
  CLEAN,
  isFinal,
  readScanned,
  recordScan,
  type ScanResult,
  scanFinding,
} from '../../shared/records/malware-scan.ts';
import {
  type PacketDecided,
  readDecision,
  recordAgain,
  settlePacket,
} from '../../shared/records/record-packet.ts';
import {
  addPacket,
  answerAgain,
  answeredPlaces,
  answerPacket,
  closeUpload,
  finishUpload,
  firstUploadOf,
  readFinished,
  readReceived,
  receiveObject,
  showPacket,
  type UploadReceived,
} from '../../shared/records/record-upload.ts';
import { loadRegisters } from '../../shared/records/register-store.ts';
import type { InboxObject } from '../../shared/records/upload-id.ts';
import { withUpload } from '../fetch-upload.ts';
import { log } from '../log.ts';
import type { IntakeDependencies } from './dependencies.ts';
import type { InboxMessage } from './inbox-message.ts';

/** Whatever the intake queue brings. */
export async function take(desk: IntakeDependencies, message: InboxMessage): Promise<void> {
  if (message.kind === 'upload') return takeUp(desk, message.upload_id);
  if (message.kind === 'scanned') return takeAgain(desk, message.packet_id);
  if (message.kind === 'malware') return takeScanned(desk, message.object, message.result);
  for (const object of message.objects) await takeIn(desk, object);
}

/** News of an object: the receipt first, then the work, where it need not wait for the malware scan. */
async function takeIn(desk: IntakeDependencies, object: InboxObject): Promise<void> {
  await workThrough(desk, await receiveObject(desk, object));
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

/** From the object to the last answer. Killed at any moment and started again, it goes on where it stopped. */
async function workThrough(desk: IntakeDependencies, upload: UploadReceived): Promise<void> {
  const started = Date.now();
  const finished = await readFinished(desk, upload.upload_id);
  if (finished) return closeUpload(desk, upload, finished);
  const scanned = await readScanned(desk, upload.upload_id);
  if (!scanned && upload.awaits_scan) return;
  if (scanned && scanned.result !== CLEAN) return refuse(desk, upload, scanned.result);
  await withUpload(desk, upload, async (file, digest) => {
    const earlier = await firstUploadOf(desk, digest);
    if (earlier && earlier !== upload.upload_id) await answerAgain(desk, upload, earlier);
    else await decideAll(desk, upload, file);
    const { packets, repeated } = await finishUpload(desk, upload, digest);
    const ms = Date.now() - started;
    log('info', 'upload finished', {
      upload_id: upload.upload_id,
      packets,
      repeated,
      bytes: upload.size ?? undefined,
      ms,
    });
  });
}

/** What the malware scan did not let through is answered as it is: nobody may read it, and nobody tries. */
async function refuse(
  desk: IntakeDependencies,
  upload: UploadReceived,
  result: Parameters<typeof scanFinding>[1],
): Promise<void> {
  const { uploadVerdict } = await import('../../shared/decision/without-city.ts');
  // Its bytes cannot be read: its place stands for them.
  const place = `${upload.key}\n${upload.version_id ?? upload.etag}`;
  const digest = createHash('sha256').update(place).digest('hex');
  const verdict = uploadVerdict({ name: upload.name, digest, refused: 0 }, [
    scanFinding(upload.name, result),
  ]);
  await answerPacket(desk, upload, 1, verdict);
  await finishUpload(desk, upload, digest);
  log('info', 'upload refused', { upload_id: upload.upload_id, code: result });
}

/** The scans of a packet were read: the packet is decided again with their text, and what follows from it follows once. */
async function takeAgain(desk: IntakeDependencies, packetId: string): Promise<void> {
  const before = await readDecision(desk, packetId);
  const upload = before && (await readReceived(desk, before.upload_id));
  if (!before || !upload) throw new Error(`packet ${packetId} was never decided`);
  // A redelivered message finds the second run there and only finishes the rest.
  if (before.run > 1) await settlePacket(desk, before);
  const decided = before.run > 1 ? before : await decideAgain(desk, upload, before);
  await showPacket(desk, upload, decided);
  log('info', 'packet decided again', { packet_id: packetId, decision: decided.decision });
}

/** The second run of a packet; a stack that turned out to be of several persons gives packets of their own beside it. */
async function decideAgain(
  desk: IntakeDependencies,
  upload: UploadReceived,
  before: PacketDecided,
): Promise<PacketDecided> {
  const { decidePacket, findPacket } = await desk.domain();
  return withUpload(desk, upload, async (file) => {
    const packet = await findPacket({ name: upload.name, file }, before.digest);
    if (!packet) throw new Error(`packet ${before.packet_id} is not in its upload any more`);
    const verdicts = await Array.fromAsync(decidePacket(packet, await judgement(desk, upload)));
    for (const split of verdicts.slice(1)) await addPacket(desk, upload, split);
    // The run comes last: while it is not there, a second delivery does all of this again and finds it done.
    return recordAgain(desk, before, verdicts[0]!);
  });
}

async function decideAll(desk: IntakeDependencies, upload: UploadReceived, file: string): Promise<void> {
  const answered = await answeredPlaces(desk, upload.upload_id);
  const { decideUpload } = await desk.domain();
  let ordinal = 0;
  const verdicts = decideUpload({ name: upload.name, file }, await judgement(desk, upload));
  for await (const verdict of verdicts) {
    ordinal++;
    if (!answered.has(ordinal)) await answerPacket(desk, upload, ordinal, verdict);
  }
}

/** What the desk knows beside the upload. */
const judgement = async (desk: IntakeDependencies, upload: UploadReceived): Promise<Desk> => ({
  registries: await loadRegisters(desk.store),
  today: japanDate(desk.now().toISOString()),
  received: japanDate(upload.at),
  previousCase: async ({ city, insurer_number, insured_number }, month) => {
    const person = desk.personKey(insurer_number, insured_number);
    const category = await latestCategory(desk.store, city, person, month);
    return category ? { category } : null;
  },
  sendersOf: ({ city, insurer_number, insured_number }, month) =>
    sendersOf(desk.store, city, desk.personKey(insurer_number, insured_number), month),
  scans: desk.scans,
});
