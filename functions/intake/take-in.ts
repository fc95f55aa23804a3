import { createHash } from 'node:crypto';
import type { Desk } from '../../shared/desk.ts';
import { packetOfPlace, placeInStack } from '../../shared/packet/place.ts';
import type { UploadSource } from '../../shared/packet/upload-source.ts';
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
  answerAgain,
  answeredPlaces,
  answerPacket,
  closeUpload,
  finishUpload,
  firstUploadOf,
  type LedgerOpen,
  noteOpened,
  readFinished,
  readReceived,
  readShown,
  receiveObject,
  showPacket,
  type UploadReceived,
} from '../../shared/records/record-upload.ts';
import { noteRedaction, readRedaction } from '../../shared/records/redaction.ts';
import { loadRegisters } from '../../shared/records/register-store.ts';
import type { InboxObject } from '../../shared/records/upload-id.ts';
import { withUpload } from '../fetch-upload.ts';
import { log } from '../log.ts';
import type { IntakeDependencies } from './dependencies.ts';
import type { InboxMessage } from './inbox-message.ts';
import { addCarriers, type Carriers, finishRedaction, redactUpload } from './redact-upload.ts';

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

/** From the object to the last answer. Killed at any moment and started again, it goes on where it stopped. */
async function workThrough(desk: IntakeDependencies, upload: UploadReceived): Promise<void> {
  const started = Date.now();
  const finished = await readFinished(desk, upload.upload_id);
  if (finished) {
    await finishRedaction(desk, upload.upload_id);
    return closeUpload(desk, upload, finished);
  }
  const scanned = await readScanned(desk, upload.upload_id);
  if (!scanned && upload.awaits_scan) return;
  if (scanned && scanned.result !== CLEAN) return refuse(desk, upload, scanned.result);
  const done = await withUpload(desk, upload, async (file, bytes) => {
    const redaction = await readRedaction(desk, upload.upload_id);
    // The same bytes again are known by what came, not by what was left of it.
    const digest = redaction?.digest ?? bytes;
    const earlier = await firstUploadOf(desk, digest);
    if (earlier && earlier !== upload.upload_id) await repeatAll(desk, upload, earlier);
    else if (!(await decideAll(desk, upload, { name: upload.name, file, redaction }))) return null;
    const finished = await finishUpload(desk, upload, digest);
    if (finished.type === 'ledger.open') await tellOpenLedger(desk, upload, finished, digest);
    return finished;
  });
  const of = { upload_id: upload.upload_id, ms: Date.now() - started };
  if (!done) return goOn(desk, upload, of.ms);
  if (done.type === 'ledger.open')
    return log('warn', 'ledger open', { ...of, count: done.opened - done.accountedFor });
  const { packets, repeated } = done;
  log('info', 'upload finished', { ...of, packets, repeated, bytes: upload.size ?? undefined });
}

/** The very bytes of an earlier upload: answered as it was, and rid of what was taken out of it. */
async function repeatAll(desk: IntakeDependencies, upload: UploadReceived, earlier: string): Promise<void> {
  await answerAgain(desk, upload, earlier);
  const redaction = await readRedaction(desk, earlier);
  if (redaction) await noteRedaction(desk, upload.upload_id, redaction);
  await finishRedaction(desk, upload.upload_id);
}

/** Some entry is in no packet, or in two: somebody must look. The upload stays open, and the sweeper says so. */
async function tellOpenLedger(
  desk: IntakeDependencies,
  upload: UploadReceived,
  ledger: LedgerOpen,
  digest: string,
): Promise<void> {
  const { ledgerVerdict } = await desk.domain();
  const verdict = ledgerVerdict({ name: upload.name, digest }, ledger);
  const places = (await answeredPlaces(desk, upload.upload_id)).keys();
  if (await readDecision(desk, verdict.packet_id)) return;
  await answerPacket(desk, upload, Math.max(0, ...[...places].map(packetOfPlace)) + 1, verdict);
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
  await redactOthers(desk, decided);
  log('info', 'packet decided again', { packet_id: packetId, decision: decided.decision });
}

/** The second run of a packet; a stack that turned out to be of several persons gives packets of their own beside it. */
async function decideAgain(
  desk: IntakeDependencies,
  upload: UploadReceived,
  before: PacketDecided,
): Promise<PacketDecided> {
  const { decidePacket, findPacket, openUpload } = await desk.domain();
  return withUpload(desk, upload, async (file) => {
    const source = { name: upload.name, file, redaction: await readRedaction(desk, upload.upload_id) };
    const packet = await findPacket(source, before.digest);
    if (!packet) throw new Error(`packet ${before.packet_id} is not in its upload any more`);
    const verdicts = await Array.fromAsync(decidePacket(packet, await judgement(desk, upload)));
    const carriers: Carriers = new Map();
    for (const [part, verdict] of verdicts.entries()) {
      addCarriers(carriers, verdict);
      const place = placeInStack(before.ordinal, part);
      if (part > 0) await answerPacket(desk, upload, place, verdict, { isScanned: true });
    }
    if (carriers.size > 0) await redactUpload(desk, upload, await openUpload(source), carriers);
    // The run comes last: while it is not there, a second delivery does all of this again and finds it done.
    return recordAgain(desk, before, verdicts[0]!);
  });
}

/** Other uploads brought the same packet and were answered before its pictures were read. */
async function redactOthers(desk: IntakeDependencies, decided: PacketDecided): Promise<void> {
  const carriers: Carriers = new Map();
  addCarriers(carriers, await desk.outbox.readVerdict(decided));
  if (carriers.size === 0) return;
  const { openUpload } = await desk.domain();
  for await (const { upload_id } of readShown(desk, decided.packet_id)) {
    const other = await readReceived(desk, upload_id);
    if (!other) continue;
    await withUpload(desk, other, async (file) => {
      const redaction = await readRedaction(desk, upload_id);
      await redactUpload(desk, other, await openUpload({ name: other.name, file, redaction }), carriers);
    });
  }
}

/** What is left of a long upload gets a message of its own. Lost, the sweeper sends another: the outbox is still there. */
async function goOn(desk: IntakeDependencies, { upload_id }: UploadReceived, ms: number): Promise<void> {
  await desk.queues.send('intake', { kind: 'upload', upload_id });
  log('info', 'upload goes on', { upload_id, ms });
}

/**
 * Answers packet by packet, from the first that has no answer. True: all have theirs. False: it took long enough, and
 * the function might be ended by its own time with the next one; each run answers one packet or more.
 */
async function decideAll(
  desk: IntakeDependencies,
  upload: UploadReceived,
  source: UploadSource,
): Promise<boolean> {
  const started = Date.now();
  const { decideOpened, openUpload } = await desk.domain();
  const opened = await openUpload(source);
  await noteOpened(desk, upload.upload_id, opened.entries);
  const answered = await answeredPlaces(desk, upload.upload_id);
  const carriers = await carriersOf(desk, [...answered.values()]);
  // Answers come in the order of the packets: all before the last one that has one are done.
  const from = Math.max(1, ...[...answered.keys()].map(packetOfPlace));
  for await (const { place, verdict } of decideOpened(opened, await judgement(desk, upload), from)) {
    addCarriers(carriers, verdict);
    if (answered.has(place)) continue;
    // Of a packet that came before, its scans may have been read since.
    addCarriers(carriers, await answerPacket(desk, upload, place, verdict));
    if (Date.now() - started > desk.enoughMs) return false;
  }
  if (carriers.size > 0 || opened.hasNumberedName || ('redaction' in source && source.redaction))
    await redactUpload(desk, upload, opened, carriers);
  return true;
}

/** So many verdicts are read at once. */
const AT_ONCE = 20;

/** The files with a 個人番号 among packets that were answered before, by the verdicts that stand. */
async function carriersOf(desk: IntakeDependencies, packetIds: string[]): Promise<Carriers> {
  const carriers: Carriers = new Map();
  for (let n = 0; n < packetIds.length; n += AT_ONCE)
    await Promise.all(
      packetIds.slice(n, n + AT_ONCE).map(async (packet_id) => {
        const decided = await readDecision(desk, packet_id);
        if (decided) addCarriers(carriers, await desk.outbox.readVerdict(decided));
      }),
    );
  return carriers;
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
