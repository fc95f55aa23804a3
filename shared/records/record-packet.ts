import { randomUUID } from 'node:crypto';
import type { Outcome, PacketVerdict } from '../decision/verdict.ts';
import { recordCase } from './case-record.ts';
import {
  type DeskRecords,
  type IntakeRecords,
  UNKNOWN_CITY,
  UNKNOWN_MONTH,
  UNKNOWN_OFFICE,
  UNRESOLVED_AREA,
} from './desk-records.ts';
import { append, clearOutbox, type DeskEvent, packetStream, readEvent } from './event-log.ts';
import { reviewDue } from './review-item.ts';
import type { VerdictRef } from './verdict-store.ts';

/** What must follow a decision. Each is safe to do again. */
export type Effect = 'case' | 'review' | 'notice' | 'scan';

/** The one decision on a packet: who sent it, what was decided, where the whole verdict lies. */
export interface PacketDecided extends DeskEvent, VerdictRef {
  type: 'packet.decided';
  packet_id: string;
  upload_id: string;
  /** place in the upload, from 1 */
  ordinal: number;
  /** one processing of the packet under one edition of the rules */
  run_id: string;
  edition: string;
  packet: string;
  digest: string;
  city: string;
  area: string;
  office: string;
  person: string;
  month: string;
  event: string;
  decision: Outcome;
  /** when the upload was received, ISO time */
  received_at: string;
  /** due date of the review item, when there is one */
  review_due: string | null;
  outbox?: Effect[];
}

const DECIDED = '1#decided';

export const readDecision = (records: DeskRecords, packetId: string): Promise<PacketDecided | null> =>
  readEvent<PacketDecided>(records.store, packetStream(packetId), DECIDED);

/**
 * Records the decision on one packet, once for ever, and does what follows from it.
 * `repeated`: the same bytes were decided before, in another upload or at another place of this one;
 * the first decision stands and nothing is sent a second time.
 */
export async function recordPacket(
  records: IntakeRecords,
  upload: { upload_id: string; received_at: string },
  ordinal: number,
  verdict: PacketVerdict,
): Promise<{ decided: PacketDecided; verdict: PacketVerdict; repeated: boolean }> {
  let decided = await readDecision(records, verdict.packet_id);
  if (!decided) {
    const ref = await records.outbox.keepVerdict(verdict);
    const event = decidedEvent(records, upload, ordinal, verdict, ref);
    if (await append(records.store, event)) {
      await settlePacket(records, event);
      return { decided: event, verdict, repeated: false };
    }
    decided = (await readDecision(records, verdict.packet_id))!;
  }
  const repeated = decided.upload_id !== upload.upload_id || decided.ordinal !== ordinal;
  // A redelivered message finds its step done and only finishes the rest.
  if (!repeated) await settlePacket(records, decided);
  // What is answered is what was decided, not what this run would decide today.
  return { decided, verdict: await records.outbox.readVerdict(decided), repeated };
}

/** Does what the event's outbox still lists, then clears it. Also called by the sweeper. */
export async function settlePacket(records: DeskRecords, decided: PacketDecided): Promise<void> {
  if (!decided.outbox?.length) return;
  const message = { kind: 'packet', packet_id: decided.packet_id } as const;
  for (const effect of decided.outbox) {
    if (effect === 'case') {
      for (const touched of await recordCase(records, decided))
        await records.queues.askSummary(touched, decided.run_id);
    } else if (effect === 'review') await records.queues.send('review', message);
    else if (effect === 'notice') await records.queues.send('notify', message);
    else await records.queues.send('scan', message);
  }
  await clearOutbox(records.store, decided);
}

function decidedEvent(
  records: IntakeRecords,
  upload: { upload_id: string; received_at: string },
  ordinal: number,
  verdict: PacketVerdict,
  ref: VerdictRef,
): PacketDecided {
  const at = records.now().toISOString();
  const due = reviewDue(verdict, at, records.reviewDueDays);
  const unread = verdict.documents.some((document) => document.read_by === 'none');
  return {
    stream: packetStream(verdict.packet_id),
    seq: DECIDED,
    type: 'packet.decided',
    at,
    packet_id: verdict.packet_id,
    upload_id: upload.upload_id,
    ordinal,
    run_id: randomUUID(),
    edition: verdict.edition,
    packet: verdict.packet,
    digest: verdict.digest,
    ...placeOf(records, verdict),
    decision: verdict.decision,
    received_at: upload.received_at,
    review_due: due,
    ...ref,
    outbox: ['case', ...(due ? (['review'] as const) : []), 'notice', ...(unread ? (['scan'] as const) : [])],
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
