import { isSamePosition, positionKey } from '../../shared/packet/position.ts';
import type { UploadSource } from '../../shared/packet/upload-source.ts';
import { CLEAN } from '../../shared/records/events/malware-result.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import {
  byPosition,
  firstUploadOf,
  readAnswers,
  readRedaction,
} from '../../shared/records/events/read-upload.ts';
import type {
  LedgerOpen,
  PacketAnswered,
  UploadReceived,
} from '../../shared/records/events/upload-events.ts';
import { answerAgain, answerPacket, isPartWithdrawn } from '../../shared/records/steps/answer-packet.ts';
import {
  type Answered,
  closeUpload,
  finishUpload,
  recordOpened,
} from '../../shared/records/steps/finish-upload.ts';
import { malwareFinding } from '../../shared/records/steps/malware-finding.ts';
import type { ReceivedUpload } from '../../shared/records/steps/receive-object.ts';
import { recordRedaction } from '../../shared/records/steps/record-redaction.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { showMalwareResult } from '../../shared/records/views/upload-line.ts';
import { sha256 } from '../../shared/text/digest.ts';
import { log } from '../log.ts';
import { type StoredSource, withSource } from '../stored-source.ts';
import { AnswersInFlight } from './answers-in-flight.ts';
import { decisionContext } from './decision-context.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { addFilesWithMyNumber, type FilesWithMyNumber } from './my-number-files.ts';
import { finishRedaction, redactUpload } from './redact-upload.ts';

/** From the object to the last answer. Interrupted at any moment and repeated, it resumes where it stopped. */
export async function processUpload(deps: IntakeDependencies, events: ReceivedUpload): Promise<void> {
  const started = Date.now();
  const { received: upload, finished, scanned } = events;
  if (finished) {
    await finishRedaction(deps, upload.upload_id);
    return closeUpload(deps, upload, finished);
  }
  if (!scanned && upload.awaits_malware_scan) return;
  if (scanned && scanned.result !== CLEAN) return refuse(deps, upload, scanned.result);
  const decide = async (source: StoredSource, bytes: string) => {
    const { redaction, joins } = source;
    // A repeated upload is recognised by the original bytes, not by the redacted copy; the same bytes for another packet
    // are another upload.
    const sent = redaction?.digest ?? bytes;
    const digest = joins ? sha256(JSON.stringify([sent, upload.joins])) : sent;
    const earlier = await firstUploadOf(deps, digest, upload);
    const isDuplicate = earlier !== null && (await isAnsweredBy(deps, earlier, upload));
    const answered = isDuplicate
      ? await answerDuplicate(deps, upload, earlier)
      : await deps.queues.gather(() => decideAll(deps, events, source));
    if (!answered) return null;
    const ended = await finishUpload(deps, upload, digest, answered);
    if (ended.type === 'ledger.open') await answerOpenLedger(deps, upload, ended, digest);
    return ended;
  };
  const done = await withSource(deps, upload, decide, events.redaction);
  const fields = { upload_id: upload.upload_id, ms: Date.now() - started };
  if (!done) return requeueRemainder(deps, upload, fields.ms);
  if (done.type === 'ledger.open')
    return log('warn', 'ledger open', { ...fields, count: done.opened - done.accountedFor });
  const { packets, repeated } = done;
  log('info', 'upload finished', { ...fields, packets, repeated, bytes: upload.size ?? undefined });
}

/** Whether the first upload of the same bytes answers this one: nothing of it was withdrawn in between. */
const isAnsweredBy = async (
  deps: IntakeDependencies,
  earlier: string,
  { upload_id, at }: UploadReceived,
): Promise<boolean> => earlier !== upload_id && !(await isPartWithdrawn(deps, earlier, at));

/** The same bytes as an earlier upload: answered like it, and redacted like it. */
async function answerDuplicate(
  deps: IntakeDependencies,
  upload: UploadReceived,
  earlier: string,
): Promise<Answered> {
  const answered = await answerAgain(deps, upload, earlier);
  const redaction = await readRedaction(deps, earlier);
  if (redaction) await recordRedaction(deps, upload.upload_id, redaction);
  await finishRedaction(deps, upload.upload_id);
  return answered;
}

/** An entry is in no packet, or in two: a verdict reports it, the upload stays open and the sweeper reports it. */
async function answerOpenLedger(
  deps: IntakeDependencies,
  upload: UploadReceived,
  ledger: LedgerOpen,
  digest: string,
): Promise<void> {
  const { ledgerVerdict } = await deps.domain();
  const verdict = ledgerVerdict({ name: upload.name, digest }, ledger, upload);
  const answers = await collect(readAnswers(deps, upload.upload_id));
  if (answers.some(({ packet_id }) => packet_id === verdict.packet_id)) return;
  await answerPacket(deps, upload, { packet: lastPacketIn(answers) + 1, part: 0 }, verdict);
  if (answers.length === 1) await askForNotice(deps, answers[0]!);
}

/** An upload the malware scan refused is answered without being read. */
async function refuse(
  deps: IntakeDependencies,
  upload: UploadReceived,
  result: Parameters<typeof malwareFinding>[1],
): Promise<void> {
  const { uploadVerdict } = await import('../../shared/decision/upload-verdict.ts');
  // Its bytes must not be read: the digest is that of its key and version.
  const digest = sha256(`${upload.key}\n${upload.version_id ?? upload.etag}`);
  const verdict = uploadVerdict(
    { name: upload.name, digest, refused: 0 },
    [malwareFinding(upload.name, result)],
    upload,
  );
  const { answered } = await answerPacket(deps, upload, FIRST, verdict, {
    isNoticeLater: true,
  });
  await finishUpload(deps, upload, digest, { answers: [answered] });
  log('info', 'upload refused', { upload_id: upload.upload_id, code: result });
}

/** The rest of a long upload gets a message of its own. If it is lost, the sweeper sends another: the upload is still open. */
async function requeueRemainder(
  deps: IntakeDependencies,
  { upload_id }: UploadReceived,
  ms: number,
): Promise<void> {
  await deps.queues.hurry(() => deps.queues.send('intake', { kind: 'upload', upload_id }));
  log('info', 'upload requeued', { upload_id, ms });
}

/**
 * Decides packet by packet those that may lack an answer, and records the answers meanwhile. Returns all of them.
 * Null: its turn is over, and the rest waits for the next one; each turn answers at least one.
 */
async function decideAll(
  deps: IntakeDependencies,
  { received: upload, scanned, opened: before, answers: earlier }: ReceivedUpload,
  source: UploadSource,
): Promise<Answered | null> {
  const started = Date.now();
  const { decideOpened, openUpload } = await deps.domain();
  const opened = await openUpload(source);
  const answered = byPosition(earlier);
  const isAnswered = new Set(answered.keys());
  const packetIds = earlier.map(({ packet_id }) => packet_id);
  const files: FilesWithMyNumber = new Map();
  const done = new Set(earlier.map(({ position }) => position.packet));
  const answers = new AnswersInFlight((work) => deps.queues.hurry(work));
  const context = await decisionContext(deps, upload, answers);
  // An upload of one packet ends with it: its lists go from the malware scan to the end.
  const showScanned = async () => {
    if (scanned) await showMalwareResult(deps.store, upload, scanned.at);
  };
  let opening: number | null = null;
  let isTurnOver = false;
  let fresh = 0;
  try {
    for await (const { position, verdict } of decideOpened(opened, context, {
      answered: done,
      ahead: AHEAD,
    })) {
      opening ??= Date.now() - started;
      addFilesWithMyNumber(files, verdict);
      if (isAnswered.has(positionKey(position))) continue;
      if (fresh++ === 1) await showScanned();
      // The notice of an only packet goes with the receipt: of the first one it is not known yet whether another follows.
      const isNoticeLater = fresh === 1 && earlier.length === 0 && isSamePosition(position, FIRST);
      await answers.add(position, verdict.insured_number ?? verdict.packet_id, async () => {
        // The pictures of an earlier packet may have been read since.
        const own = await answerPacket(deps, upload, position, verdict, { isNoticeLater });
        addFilesWithMyNumber(files, own.verdict);
        answered.set(positionKey(position), own.answered);
      });
      isTurnOver = await deps.isTurnOver(opening, Date.now() - started - opening);
      if (isTurnOver) break;
    }
  } finally {
    await answers.end();
  }
  if (isTurnOver || answered.size > 1) await askForFirstNotice(deps, answered);
  if (isTurnOver) {
    await showScanned();
    if (!before) await recordOpened(deps, upload.upload_id, opened.entries);
    return null;
  }
  // Read once, in the last turn: a long upload has many.
  for (const [digest, file] of await filesWithMyNumberIn(deps, packetIds)) files.set(digest, file);
  if (files.size > 0 || opened.hasNumberedName || ('redaction' in source && source.redaction))
    await redactUpload(deps, upload, opened, files);
  return { entries: before?.entries ?? opened.entries, answers: [...answered.values()] };
}

const FIRST = { packet: 1, part: 0 };

/** Another packet follows the first, whose notice does not go with the receipt. Repeated, it does nothing. */
async function askForFirstNotice(
  deps: IntakeDependencies,
  answered: ReadonlyMap<string, PacketAnswered>,
): Promise<void> {
  const first = answered.get(positionKey(FIRST));
  if (first?.outcome === 'decided') await askForNotice(deps, first);
}

/** In a hurry: its packets are answered, and no message follows that could share the batch. */
const askForNotice = ({ queues }: IntakeDependencies, { packet_id }: PacketAnswered): Promise<void> =>
  queues.hurry(() => queues.send('notify', { kind: 'packet', packet_id, run: 1 }));

/** Number of the last packet that has an answer; 0: no packet has one. */
export const lastPacketIn = (answers: PacketAnswered[]): number =>
  Math.max(0, ...answers.map(({ position }) => position.packet));

/** Packets that are read at most while the records are asked for the one before. */
const AHEAD = 6;

/** Verdicts read at once. */
const AT_ONCE = 20;

/** The files with a 個人番号 among packets answered before, by their stored verdicts. */
async function filesWithMyNumberIn(
  deps: IntakeDependencies,
  packetIds: string[],
): Promise<FilesWithMyNumber> {
  const files: FilesWithMyNumber = new Map();
  for (let n = 0; n < packetIds.length; n += AT_ONCE)
    await Promise.all(
      packetIds.slice(n, n + AT_ONCE).map(async (packet_id) => {
        const decided = await readDecision(deps, packet_id);
        if (decided) addFilesWithMyNumber(files, await deps.results.readVerdict(decided));
      }),
    );
  return files;
}
