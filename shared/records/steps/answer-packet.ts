import type { PacketVerdict } from '../../decision/verdict.ts';
import { isSamePosition, type PacketPosition } from '../../packet/position.ts';
import { packetKeys, uploadKeys } from '../events/event-keys.ts';
import { append, readEvent } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { withdrawalOf } from '../events/read-case.ts';
import { readDecision, readShown } from '../events/read-packet.ts';
import { readAnswers, readReceived, readUpload } from '../events/read-upload.ts';
import type { PacketAnswered, UploadReceived } from '../events/upload-events.ts';
import type { IntakeRecords, RecordContext } from '../store/record-context.ts';
import {
  putPacketLine,
  showReviewedLines,
  showWithdrawnLine,
  showWithdrawnLines,
} from '../views/packet-line.ts';
import type { Answered } from './finish-upload.ts';
import { recordPacket } from './record-packet.ts';
import { settlePacket } from './settle-packet.ts';

/**
 * One packet of the upload, decided: recorded, shown, answered. After a crash each of the three finds itself done.
 * The verdict it is answered with is the first one, where the same packet came before.
 * @param how.picturesRead found in a stack whose pictures have been read already
 * @param how.isNoticeLater the caller asks for the notice, which may go with the receipt
 */
export async function answerPacket(
  records: IntakeRecords,
  upload: UploadReceived,
  position: PacketPosition,
  fresh: PacketVerdict,
  how: { picturesRead?: boolean; isNoticeLater?: boolean } = {},
): Promise<AnsweredPacket> {
  const joins = upload.joins?.packet_id;
  const by = { upload_id: upload.upload_id, received_at: upload.at, sender: upload.sender, joins };
  const { decided, verdict, repeated } = await recordPacket(records, by, position, fresh, how);
  const entries = fresh.ledger.entries ?? fresh.ledger.files;
  const answer = { position, entries, packet: fresh.packet };
  return showAnswer(records, upload, answer, decided, verdict, repeated);
}

export interface AnsweredPacket {
  verdict: PacketVerdict;
  answered: PacketAnswered;
}

/** Whether a packet of an upload was withdrawn before a time (ISO): the same bytes are to be decided anew from then on. */
export async function isPartWithdrawn(
  records: RecordContext,
  uploadId: string,
  before: string,
): Promise<boolean> {
  for await (const { packet_id } of readAnswers(records, uploadId)) {
    const decided = await readDecision(records, packet_id);
    const withdrawn = decided && (await withdrawalOf(records.store, decided));
    if (withdrawn && withdrawn < before) return true;
  }
  return false;
}

/**
 * The same bytes as an earlier, finished upload: every packet is answered with its first receipt, without reading it
 * again.
 */
export async function answerAgain(
  records: RecordContext,
  upload: UploadReceived,
  earlier: string,
): Promise<Answered> {
  const { finished, answers: first } = await readUpload(records, earlier);
  const answers: PacketAnswered[] = [];
  for (const { position, entries, packet, packet_id } of first) {
    const decided = await readDecision(records, packet_id);
    if (!decided) throw new Error(`packet ${packet_id} was answered without a decision`);
    const verdict = await records.results.readVerdict(decided);
    // Sent twice and interrupted, the other upload may have finished first: a packet decided in this one is its own.
    const isOwn = decided.upload_id === upload.upload_id && isSamePosition(decided.position, position);
    if (isOwn) await settlePacket(records, decided);
    const answer = { position, entries, packet };
    const { answered } = await showAnswer(records, upload, answer, decided, verdict, !isOwn);
    answers.push(answered);
  }
  return { entries: finished?.entries, answers };
}

/** A packet that was decided again: its line shows the last decision, in every upload that brought it. */
export async function showPacket(
  records: RecordContext,
  upload: UploadReceived,
  decided: PacketDecided,
): Promise<void> {
  const verdict = await records.results.readVerdict(decided);
  await putPacketLine(records.store, upload, decided.position, decided, verdict, null);
  for await (const { upload_id, position } of readShown(records, decided.packet_id)) {
    const other = await readReceived(records, upload_id);
    if (!other) continue;
    const answered = await readEvent(records.store, uploadKeys.answered(upload_id, position));
    const name = answered?.packet ?? verdict.packet;
    await putPacketLine(records.store, other, position, decided, verdict, name);
  }
  await showReviewedLines(records, decided);
  const withdrawn = await withdrawalOf(records.store, decided);
  if (withdrawn) await showWithdrawnLines(records, decided, withdrawn);
}

/** The line first, the event after it: an answered packet always has its line. Returns the verdict that is shown and the event. */
async function showAnswer(
  records: RecordContext,
  upload: UploadReceived,
  { position, entries, packet }: Pick<PacketAnswered, 'position' | 'entries' | 'packet'>,
  decided: PacketDecided,
  verdict: PacketVerdict,
  repeated: boolean,
): Promise<AnsweredPacket> {
  const shown = repeated ? await showRepeated(records, upload, position, decided, packet) : verdict;
  if (!repeated) await putPacketLine(records.store, upload, position, decided, verdict, null);
  const event: PacketAnswered = {
    ...uploadKeys.answered(upload.upload_id, position),
    at: records.now().toISOString(),
    position,
    ...(entries !== undefined && { entries }),
    packet,
    packet_id: decided.packet_id,
    outcome: repeated ? 'repeated' : 'decided',
  };
  const isFirst = await append(records.store, event);
  return { verdict: shown, answered: isFirst ? event : (await readEvent(records.store, event))! };
}

/**
 * Records that this upload shows the packet too, and only then reads its decision and withdrawal: a process that decides it
 * again or withdraws it is either read here, or finds the event and updates the line. Returns the verdict that is shown.
 */
export async function showRepeated(
  records: RecordContext,
  upload: UploadReceived,
  position: PacketPosition,
  { packet_id }: PacketDecided,
  name: string,
): Promise<PacketVerdict> {
  const { upload_id } = upload;
  await append(records.store, {
    ...packetKeys.shown(packet_id, upload_id, position),
    at: records.now().toISOString(),
    upload_id,
    position,
  });
  const decided = (await readDecision(records, packet_id))!;
  const verdict = await records.results.readVerdict(decided);
  await putPacketLine(records.store, upload, position, decided, verdict, name);
  await showReviewedLines(records, decided);
  const withdrawn = await withdrawalOf(records.store, decided);
  if (withdrawn) await showWithdrawnLine(records.store, { packet_id, upload_id, position }, withdrawn);
  return verdict;
}
