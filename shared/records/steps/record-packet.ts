import { randomUUID } from 'node:crypto';
import type { PacketVerdict } from '../../decision/verdict.ts';
import { isSamePosition, type PacketPosition } from '../../packet/position.ts';
import type { DecisionOutcome } from '../../vocabulary/category.ts';
import { append, clearOutbox, type DeskEvent, packetStream, readStream } from '../events/event-log.ts';
import { recordTextUse } from '../lifecycle/ocr-use.ts';
import {
  type IntakeRecords,
  type RecordContext,
  UNKNOWN_CITY,
  UNKNOWN_MONTH,
  UNKNOWN_OFFICE,
  UNRESOLVED_AREA,
} from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import type { VerdictRef } from '../store/verdict-store.ts';
import { reviewDue } from '../views/review-item.ts';
import { isSameCase, leaveCase, recordCase } from './record-case.ts';

/** What must follow a decision. Each is safe to do again. */
type Effect = 'case' | 'review' | 'notice' | 'ocr';

/** The one decision on a packet: who sent it, what was decided, where the whole verdict lies. */
export interface PacketDecided extends DeskEvent, VerdictRef {
  type: 'packet.decided';
  packet_id: string;
  upload_id: string;
  position: PacketPosition;
  /** one processing of the packet under one edition of the rules */
  run_id: string;
  /** 1, and 2 once the packet's scans were read; the last run is the decision */
  run: number;
  edition: string;
  packet: string;
  digest: string;
  city: string;
  area: string;
  office: string;
  person: string;
  month: string;
  event: string;
  decision: DecisionOutcome;
  /** when the upload was received, ISO time */
  received_at: string;
  /** due date of the review item, when there is one */
  review_due: string | null;
  /** what must follow; unlike the outbox it stays, so that it can be checked whether it did */
  asks: Effect[];
  outbox?: Effect[];
}

const DECIDED = '1#decided';
const runSeq = (run: number): string => (run === 1 ? DECIDED : `${DECIDED}#${String(run).padStart(4, '0')}`);

/** The decision on a packet: that of its last run. */
export async function readDecision(records: RecordContext, packetId: string): Promise<PacketDecided | null> {
  return (await readRuns(records, packetId)).at(-1) ?? null;
}

/** Every run of a packet, the first one first. */
export const readRuns = (records: RecordContext, packetId: string): Promise<PacketDecided[]> =>
  collect(readStream<PacketDecided>(records.store, packetStream(packetId), { begins: DECIDED }));

/**
 * Records the decision on one packet, once for ever, and does what follows from it.
 * `repeated`: the same bytes were decided before, in another upload or at another position of this one;
 * the first decision stands and nothing is sent a second time. `isScanned`: its pictures have been read already.
 */
export async function recordPacket(
  records: IntakeRecords,
  upload: { upload_id: string; received_at: string },
  position: PacketPosition,
  verdict: PacketVerdict,
  { isScanned: picturesRead = false } = {},
): Promise<{ decided: PacketDecided; verdict: PacketVerdict; repeated: boolean }> {
  let decided = await readDecision(records, verdict.packet_id);
  if (!decided) {
    await recordTextUse(records, verdict.packet_id, textsIn(verdict));
    const ref = await records.results.keepVerdict(verdict);
    const fresh = decidedEvent(records, upload, position, verdict, { ...ref, run: 1 });
    const asks = fresh.asks.filter((effect) => effect !== 'ocr' || !picturesRead);
    const event = { ...fresh, asks, outbox: asks };
    if (await append(records.store, event)) {
      await settlePacket(records, event, { runs: [event], verdict });
      return { decided: event, verdict, repeated: false };
    }
    decided = (await readDecision(records, verdict.packet_id))!;
  }
  const repeated = decided.upload_id !== upload.upload_id || !isSamePosition(decided.position, position);
  // A redelivered message finds its step done and only finishes the rest.
  if (!repeated) await settlePacket(records, decided);
  // What is answered is what was decided, not what this run would decide today.
  return { decided, verdict: await records.results.readVerdict(decided), repeated };
}

/**
 * Records a second run of a decided packet, once: its scans have been read and it was decided again with their text.
 * The packet keeps its id, its upload and its receipt date; case, review item and notice follow the new run.
 */
export async function recordAgain(
  records: IntakeRecords,
  before: PacketDecided,
  verdict: PacketVerdict,
): Promise<PacketDecided> {
  const same = { ...verdict, packet_id: before.packet_id };
  // Nothing new was read (the texts were there before, or nothing is legible): the decision stands as it is.
  if (isSameAnswer(await records.results.readVerdict(before), same)) {
    // Said all the same, or the sweeper would wait for a second run for ever.
    const at = records.now().toISOString();
    const stream = packetStream(before.packet_id);
    await append(records.store, { stream, seq: '4#scanned', type: 'packet.ocr_read', at });
    return before;
  }
  await recordTextUse(records, before.packet_id, textsIn(same));
  const run = before.run + 1;
  const ref = await records.results.keepVerdict(same);
  const { upload_id, received_at, position } = before;
  const fresh = decidedEvent(records, { upload_id, received_at }, position, same, { ...ref, run });
  // A review item that is open must follow, even when nobody has to look any more.
  const effects: Effect[] = [
    'case',
    ...(before.review_due || fresh.review_due ? ['review' as const] : []),
    'notice',
  ];
  const event: PacketDecided = { ...fresh, asks: effects, outbox: effects };
  if (await append(records.store, event)) {
    await settlePacket(records, event, { runs: [before, event], verdict: same });
    return event;
  }
  const decided = (await readDecision(records, before.packet_id))!;
  await settlePacket(records, decided);
  return decided;
}

/** Files of which the verdict rests on the text that was read from their pictures. */
const textsIn = ({ documents }: PacketVerdict): string[] =>
  documents.flatMap(({ read_by, digest }) => (read_by === 'ocr' && digest ? [digest] : []));

/** Equal in everything somebody was told. */
const isSameAnswer = (a: PacketVerdict, b: PacketVerdict): boolean =>
  (
    ['decision', 'packet', 'findings', 'documents', 'ledger', 'insured_number', 'service_month'] as const
  ).every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));

/**
 * Does what the event's outbox still lists, then clears it. Also called by the sweeper.
 * What an earlier run left undone is done by the run after it. `known`: whoever has just written the event need not
 * read it back.
 */
export async function settlePacket(
  records: RecordContext,
  decided: PacketDecided,
  known?: { runs: PacketDecided[]; verdict: PacketVerdict },
): Promise<void> {
  if (!decided.outbox?.length) return;
  const runs = known?.runs ?? (await readRuns(records, decided.packet_id));
  if (runs.some(({ run }) => run > decided.run)) return clearOutbox(records.store, decided);
  const before = runs.find(({ run }) => run === decided.run - 1);
  const message = { kind: 'packet', packet_id: decided.packet_id } as const;
  for (const effect of decided.outbox) {
    if (effect === 'case') {
      const touched = await recordCase(records, decided, known?.verdict);
      if (before && !isSameCase(before, decided)) touched.push(await leaveCase(records.store, before));
      for (const area of touched) await records.queues.requestSummary(area, decided.run_id);
    } else if (effect === 'review') await records.queues.send('review', message);
    else if (effect === 'notice') await records.queues.send('notify', message);
    else await records.queues.send('ocr', message);
  }
  await clearOutbox(records.store, decided);
}

function decidedEvent(
  records: IntakeRecords,
  upload: { upload_id: string; received_at: string },
  position: PacketPosition,
  verdict: PacketVerdict,
  of: VerdictRef & { run: number },
): PacketDecided {
  const at = records.now().toISOString();
  const due = reviewDue(verdict, at, records.reviewDueDays);
  const unread = verdict.documents.some((document) => document.read_by === 'none');
  const effects: Effect[] = [
    'case',
    ...(due ? (['review'] as const) : []),
    'notice',
    ...(unread ? (['ocr'] as const) : []),
  ];
  return {
    stream: packetStream(verdict.packet_id),
    seq: runSeq(of.run),
    type: 'packet.decided',
    at,
    packet_id: verdict.packet_id,
    upload_id: upload.upload_id,
    position,
    run_id: randomUUID(),
    edition: verdict.edition,
    packet: verdict.packet,
    digest: verdict.digest,
    ...placeOf(records, verdict),
    decision: verdict.decision,
    received_at: upload.received_at,
    review_due: due,
    ...of,
    asks: effects,
    outbox: effects,
  };
}

/** City, area, office, person and month of a packet; what nobody could tell has a name of its own. */
function placeOf(records: IntakeRecords, verdict: PacketVerdict) {
  const { insurer_number: insurer, insured_number: insured } = verdict;
  return {
    city: verdict.city ?? UNKNOWN_CITY,
    area: verdict.area ?? UNRESOLVED_AREA,
    office: verdict.office_number ?? UNKNOWN_OFFICE,
    person: insured
      ? records.personKey(insurer ?? verdict.city ?? '', insured)
      : `unknown-${verdict.packet_id}`,
    month: verdict.service_month ?? UNKNOWN_MONTH,
    event: verdict.event ?? 'unknown',
  };
}
