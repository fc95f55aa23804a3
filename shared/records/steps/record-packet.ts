import { randomUUID } from 'node:crypto';
import { ownerOf } from '../../access/rights.ts';
import { NO_OFFICE, officeOf, type Sender } from '../../access/sender.ts';
import type { PacketVerdict } from '../../decision/verdict.ts';
import { packetIdAfter } from '../../packet/packet-id.ts';
import { isSamePosition, type PacketPosition } from '../../packet/position.ts';
import { packetKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { Effect, PacketDecided } from '../events/packet-events.ts';
import { readActs } from '../events/read-acts.ts';
import { withdrawalOf } from '../events/read-case.ts';
import { readDecision, readRuns } from '../events/read-packet.ts';
import {
  type IntakeRecords,
  type RecordContext,
  UNKNOWN_CITY,
  UNKNOWN_MONTH,
  UNRESOLVED_AREA,
} from '../store/record-context.ts';
import type { VerdictRef } from '../store/result-store.ts';
import { reviewDue } from '../views/review-item.ts';
import { recordTextUse } from './record-text-use.ts';
import { leftOf, settlePacket } from './settle-packet.ts';

/**
 * Records the decision on one packet, once, and does what follows from it. `repeated`: the same bytes were decided
 * before, in another upload or at another position of this one; the first decision stays and nothing is sent again. Bytes
 * that were withdrawn before the upload came are a new packet.
 * @param picturesRead its pictures have been read already
 * @param isNoticeLater the caller asks for the notice of a first decision (settlePacket)
 */
export async function recordPacket(
  records: IntakeRecords,
  upload: BroughtBy,
  position: PacketPosition,
  fresh: PacketVerdict,
  { picturesRead = false, isNoticeLater = false } = {},
): Promise<{ decided: PacketDecided; verdict: PacketVerdict; repeated: boolean }> {
  const { existing, packet_id } = await findPacket(records, fresh.packet_id, upload.received_at);
  const verdict = { ...fresh, packet_id };
  let decided = existing;
  if (!decided) {
    await recordTextUse(records, verdict.packet_id, textsIn(verdict));
    const ref = await records.results.keepVerdict(verdict);
    const first = decidedEvent(records, upload, position, verdict, { ...ref, run: 1 });
    const asks = first.asks.filter((effect) => effect !== 'ocr' || !picturesRead);
    // No outbox: until its packet is answered, all that must follow is done again.
    const event = { ...first, asks };
    if (await append(records.store, event)) {
      await settlePacket(records, event, { runs: [event], verdict }, { isNoticeLater });
      return { decided: event, verdict, repeated: false };
    }
    decided = (await readDecision(records, verdict.packet_id))!;
  }
  const repeated = decided.upload_id !== upload.upload_id || !isSamePosition(decided.position, position);
  // A redelivered message finds its step done and only finishes the rest.
  if (!repeated) await settlePacket(records, decided, undefined, { isNoticeLater });
  // What is answered is what was decided, not what this run would decide today.
  return { decided, verdict: await records.results.readVerdict(decided), repeated };
}

/** The packet that bytes received then belong to: after each withdrawal before that time they are another one. */
async function findPacket(records: RecordContext, packetId: string, receivedAt: string) {
  for (let packet_id = packetId; ; packet_id = packetIdAfter(packet_id)) {
    const existing = await readDecision(records, packet_id);
    const withdrawn = existing && (await withdrawalOf(records.store, existing));
    if (!withdrawn || withdrawn >= receivedAt) return { existing, packet_id };
  }
}

/**
 * Records a further run of a decided packet, once: its pictures have been read and it was decided again with their text.
 * The packet keeps its id, its upload and its receipt date; case, review item and notice follow the new run.
 * @param since the run it was decided after
 * @throws Error where papers beside it joined it meanwhile, which the verdict may lack
 */
export async function recordAgain(
  records: IntakeRecords,
  since: PacketDecided,
  verdict: PacketVerdict,
): Promise<PacketDecided> {
  const packetId = since.packet_id;
  const same = { ...verdict, packet_id: packetId };
  await recordTextUse(records, packetId, textsIn(same));
  for (;;) {
    const runs = await readRuns(records, packetId);
    const before = runs.at(-1)!;
    if (runs.some(({ run, because }) => run > since.run && because === 'beside'))
      throw new Error(`papers joined packet ${packetId} while it was decided`);
    const read = runs.findLast(({ because }) => because === 'ocr');
    if (read) {
      await settlePacket(records, before);
      return before;
    }
    // Nothing new was read (the texts were stored before, or nothing is legible): the decision stays as it is.
    if (isSameAnswer(await records.results.readVerdict(before), same)) {
      // Recorded all the same, or the sweeper would wait for a further run for ever.
      await append(records.store, { ...packetKeys.ocrRead(packetId), at: records.now().toISOString() });
      return before;
    }
    const acts = (await readActs(records.store, packetId)).at(-1)?.act;
    const decided = await appendRun(records, before, same, 'ocr', acts);
    if (decided) return decided;
  }
}

/**
 * Records a further run of a decided packet: scans beside it in its upload were read, and papers in them joined it or can
 * no longer be what it lacks. Null: another run came in between, and the caller must look again.
 */
export async function recordBeside(
  records: IntakeRecords,
  before: PacketDecided,
  verdict: PacketVerdict,
): Promise<PacketDecided | null> {
  const same = { ...verdict, packet_id: before.packet_id };
  await recordTextUse(records, before.packet_id, textsIn(same));
  if (isSameAnswer(await records.results.readVerdict(before), same)) return before;
  const acts = (await readActs(records.store, before.packet_id)).at(-1)?.act;
  return appendRun(records, before, same, 'beside', acts);
}

/**
 * Records a further run of a decided packet: another office sent papers of the same month. Null: another run came in
 * between, and the caller must look again.
 */
export const recordRivals = (
  records: IntakeRecords,
  before: PacketDecided,
  verdict: PacketVerdict,
): Promise<PacketDecided | null> => appendRun(records, before, verdict, 'rivals', before.acts);

/**
 * Records a further run of a decided packet: a reviewer entered answers, or ended the review. Null: another run came in
 * between.
 * @param acts the last act the verdict rests on
 */
export const recordReviewed = (
  records: IntakeRecords,
  before: PacketDecided,
  verdict: PacketVerdict,
  because: 'answers' | 'reviewed',
  acts: number,
): Promise<PacketDecided | null> =>
  appendRun(records, before, { ...verdict, packet_id: before.packet_id }, because, acts);

async function appendRun(
  records: IntakeRecords,
  before: PacketDecided,
  verdict: PacketVerdict,
  because: NonNullable<PacketDecided['because']>,
  acts: number | undefined,
): Promise<PacketDecided | null> {
  const run = before.run + 1;
  const ref = await records.results.keepVerdict(verdict);
  const fresh = decidedEvent(records, before, before.position, verdict, { ...ref, run });
  // The review has ended: nothing of it is due any more.
  const isEnd = because === 'reviewed';
  // The first date stays: a further run must not put the review off.
  const review_due = [before.review_due, fresh.review_due].filter((due) => due !== null).sort()[0] ?? null;
  // What the run before has not sent yet would be lost with it; new papers may show whose the packet is.
  const left = await leftOf(records, before);
  const hasNewPapers = because === 'ocr' || because === 'beside';
  const effects: Effect[] = [
    'case',
    ...((hasNewPapers ? fresh.asks : left).includes('rivals') ? (['rivals'] as const) : []),
    // An open review item must follow, even when there is nothing to review any more.
    ...(!isEnd && (before.review_due || fresh.review_due) ? (['review'] as const) : []),
    'notice',
  ];
  const awaitsOcr = because !== 'ocr' && before.asks.includes('ocr');
  const event: PacketDecided = {
    ...fresh,
    because,
    ...(acts !== undefined && { acts }),
    review_due: isEnd ? null : fresh.review_due && review_due,
    asks: [...effects, ...(awaitsOcr ? (['ocr'] as const) : [])],
    outbox: [...effects, ...(awaitsOcr && left.includes('ocr') ? (['ocr'] as const) : [])],
  };
  if (!(await append(records.store, event))) return null;
  await settlePacket(records, event, { runs: [before, event], verdict });
  return event;
}

/** The upload a packet came in. */
type BroughtBy = Pick<PacketDecided, 'upload_id' | 'received_at' | 'sender' | 'joins'>;

/** Files whose OCR text the verdict rests on. */
const textsIn = ({ documents }: PacketVerdict): string[] =>
  documents.flatMap(({ read_by, digest }) => (read_by === 'ocr' && digest ? [digest] : []));

/** Equal in everything that was reported to an office or the 包括. */
const isSameAnswer = (a: PacketVerdict, b: PacketVerdict): boolean =>
  (
    ['decision', 'packet', 'findings', 'documents', 'ledger', 'insured_number', 'service_month'] as const
  ).every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));

export function decidedEvent(
  records: IntakeRecords,
  upload: BroughtBy,
  position: PacketPosition,
  verdict: PacketVerdict,
  ref: VerdictRef & { run: number },
): PacketDecided {
  const at = records.now().toISOString();
  const due = reviewDue(verdict, at, records.reviewDueDays);
  const unread = verdict.documents.some(({ read_by, unread_pages }) => read_by === 'none' || unread_pages);
  const effects: Effect[] = [
    'case',
    ...(isOfPerson(verdict) ? (['rivals'] as const) : []),
    ...(due ? (['review'] as const) : []),
    'notice',
    ...(unread ? (['ocr'] as const) : []),
  ];
  return {
    ...packetKeys.decided(verdict.packet_id, ref.run),
    at,
    packet_id: verdict.packet_id,
    upload_id: upload.upload_id,
    position,
    run_id: randomUUID(),
    edition: verdict.edition,
    packet: verdict.packet,
    digest: verdict.digest,
    ...caseOf(records, verdict, upload.sender),
    decision: verdict.decision,
    received_at: upload.received_at,
    ...(upload.joins && { joins: upload.joins }),
    review_due: due,
    ...ref,
    asks: effects,
  };
}

/** Whether another office can have sent papers of the same person and month. */
const isOfPerson = ({ city, insured_number, service_month, is_read, decision }: PacketVerdict): boolean =>
  is_read && decision !== 'return' && city !== null && insured_number !== null && service_month !== null;

/** City, area, office, owner, person and month of a packet; an unknown one has a name of its own. */
function caseOf(records: IntakeRecords, verdict: PacketVerdict, sender: Sender) {
  const { insurer_number: insurer, insured_number: insured } = verdict;
  return {
    city: verdict.city ?? UNKNOWN_CITY,
    area: verdict.area ?? UNRESOLVED_AREA,
    office: verdict.office_number ?? officeOf(sender) ?? NO_OFFICE,
    sender,
    owner: ownerOf(sender, verdict),
    person: insured
      ? records.personKey(insurer ?? verdict.city ?? '', insured)
      : `unknown-${verdict.packet_id}`,
    month: verdict.service_month ?? UNKNOWN_MONTH,
    event: verdict.event ?? 'unknown',
  };
}
