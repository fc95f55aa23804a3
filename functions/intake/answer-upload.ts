import { createHash } from 'node:crypto';
import { positionKey } from '../../shared/packet/position.ts';
import type { UploadSource } from '../../shared/packet/upload-source.ts';
import { CLEAN } from '../../shared/records/events/malware-result.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import {
  answersByPosition,
  firstUploadOf,
  readFinished,
  readMalwareResult,
  readRedaction,
} from '../../shared/records/events/read-upload.ts';
import type {
  LedgerOpen,
  PacketAnswered,
  UploadReceived,
} from '../../shared/records/events/upload-events.ts';
import { answerAgain, answerPacket } from '../../shared/records/steps/answer-packet.ts';
import { closeUpload, finishUpload, recordOpened } from '../../shared/records/steps/finish-upload.ts';
import { malwareFinding } from '../../shared/records/steps/malware-finding.ts';
import { recordRedaction } from '../../shared/records/steps/record-redaction.ts';
import { withUpload } from '../fetch-upload.ts';
import { log } from '../log.ts';
import { decisionContext } from './decision-context.ts';
import type { IntakeDependencies } from './dependencies.ts';
import {
  addFilesWithMyNumber,
  type FilesWithMyNumber,
  finishRedaction,
  redactUpload,
} from './redact-upload.ts';

/** From the object to the last answer. Killed at any moment and started again, it goes on where it stopped. */
export async function processUpload(desk: IntakeDependencies, upload: UploadReceived): Promise<void> {
  const started = Date.now();
  const finished = await readFinished(desk, upload.upload_id);
  if (finished) {
    await finishRedaction(desk, upload.upload_id);
    return closeUpload(desk, upload, finished);
  }
  const scanned = await readMalwareResult(desk, upload.upload_id);
  if (!scanned && upload.awaits_malware_scan) return;
  if (scanned && scanned.result !== CLEAN) return refuse(desk, upload, scanned.result);
  const done = await withUpload(desk, upload, async (file, bytes) => {
    const redaction = await readRedaction(desk, upload.upload_id);
    // The same bytes again are known by what came, not by what was left of it.
    const digest = redaction?.digest ?? bytes;
    const earlier = await firstUploadOf(desk, digest);
    if (earlier && earlier !== upload.upload_id) await answerDuplicate(desk, upload, earlier);
    else if (!(await decideAll(desk, upload, { name: upload.name, file, redaction }))) return null;
    const finished = await finishUpload(desk, upload, digest);
    if (finished.type === 'ledger.open') await tellOpenLedger(desk, upload, finished, digest);
    return finished;
  });
  const of = { upload_id: upload.upload_id, ms: Date.now() - started };
  if (!done) return requeueRemainder(desk, upload, of.ms);
  if (done.type === 'ledger.open')
    return log('warn', 'ledger open', { ...of, count: done.opened - done.accountedFor });
  const { packets, repeated } = done;
  log('info', 'upload finished', { ...of, packets, repeated, bytes: upload.size ?? undefined });
}

/** The very bytes of an earlier upload: answered as it was, and rid of what was taken out of it. */
async function answerDuplicate(
  desk: IntakeDependencies,
  upload: UploadReceived,
  earlier: string,
): Promise<void> {
  await answerAgain(desk, upload, earlier);
  const redaction = await readRedaction(desk, earlier);
  if (redaction) await recordRedaction(desk, upload.upload_id, redaction);
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
  if (await readDecision(desk, verdict.packet_id)) return;
  const answered = await answersByPosition(desk, upload.upload_id);
  await answerPacket(desk, upload, { packet: lastPacketIn(answered) + 1, part: 0 }, verdict);
}

/** What the malware scan did not let through is answered as it is: nobody may read it, and nobody tries. */
async function refuse(
  desk: IntakeDependencies,
  upload: UploadReceived,
  result: Parameters<typeof malwareFinding>[1],
): Promise<void> {
  const { uploadVerdict } = await import('../../shared/decision/without-city.ts');
  // Its bytes cannot be read: its place stands for them.
  const place = `${upload.key}\n${upload.version_id ?? upload.etag}`;
  const digest = createHash('sha256').update(place).digest('hex');
  const verdict = uploadVerdict({ name: upload.name, digest, refused: 0 }, [
    malwareFinding(upload.name, result),
  ]);
  await answerPacket(desk, upload, { packet: 1, part: 0 }, verdict);
  await finishUpload(desk, upload, digest);
  log('info', 'upload refused', { upload_id: upload.upload_id, code: result });
}

/** What is left of a long upload gets a message of its own. Lost, the sweeper sends another: the outbox is still there. */
async function requeueRemainder(
  desk: IntakeDependencies,
  { upload_id }: UploadReceived,
  ms: number,
): Promise<void> {
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
  await recordOpened(desk, upload.upload_id, opened.entries);
  const answered = await answersByPosition(desk, upload.upload_id);
  const packetIds = [...answered.values()].map(({ packet_id }) => packet_id);
  const carriers = await carriersOf(desk, packetIds);
  // Answers come in the order of the packets: all before the last one that has one are done.
  const from = Math.max(1, lastPacketIn(answered));
  const context = await decisionContext(desk, upload);
  for await (const { position, verdict } of decideOpened(opened, context, from)) {
    addFilesWithMyNumber(carriers, verdict);
    if (answered.has(positionKey(position))) continue;
    // Of a packet that came before, its scans may have been read since.
    addFilesWithMyNumber(carriers, await answerPacket(desk, upload, position, verdict));
    if (Date.now() - started > desk.timeBudgetMs) return false;
  }
  if (carriers.size > 0 || opened.hasNumberedName || ('redaction' in source && source.redaction))
    await redactUpload(desk, upload, opened, carriers);
  return true;
}

/** Number of the last packet that has an answer; 0: none has. */
const lastPacketIn = (answered: Map<string, PacketAnswered>): number =>
  Math.max(0, ...[...answered.values()].map(({ position }) => position.packet));

/** So many verdicts are read at once. */
const AT_ONCE = 20;

/** The files with a 個人番号 among packets that were answered before, by the verdicts that stand. */
async function carriersOf(desk: IntakeDependencies, packetIds: string[]): Promise<FilesWithMyNumber> {
  const carriers: FilesWithMyNumber = new Map();
  for (let n = 0; n < packetIds.length; n += AT_ONCE)
    await Promise.all(
      packetIds.slice(n, n + AT_ONCE).map(async (packet_id) => {
        const decided = await readDecision(desk, packet_id);
        if (decided) addFilesWithMyNumber(carriers, await desk.results.readVerdict(decided));
      }),
    );
  return carriers;
}
