import { listedAreas, listKey, type Sender } from '../../access/sender.ts';
import { officeView } from '../../decision/office-view.ts';
import type { Claim, Commission, PacketVerdict } from '../../decision/verdict.ts';
import { type PacketPosition, positionKey } from '../../packet/position.ts';
import type { ReviewDecision } from '../../vocabulary/category.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { closingOf, readActs } from '../events/read-acts.ts';
import { readShown } from '../events/read-packet.ts';
import type { PacketAnswered, UploadReceived } from '../events/upload-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect, type RecordStore } from '../store/record-store.ts';

/** Item of the table `submissions`: one packet of an upload, at part `packet#000001` of the upload's partition. */
export interface PacketLine {
  upload_id: string;
  part: string;
  /** partition of the index: every packet of a sender, by the time it was received */
  office?: string;
  /** of a sender of several areas: who reads the line has them all */
  sender_areas?: string[];
  position: PacketPosition;
  /** the run of the packet whose decision is shown */
  run?: number;
  /** the name it came under in this upload */
  packet: string;
  /** the name it was first received under, where that is another */
  first_packet?: string;
  packet_id: string;
  outcome: 'decided' | 'repeated';
  decision: string;
  city: string | null;
  area: string | null;
  insurer_number: string | null;
  insured_number: string | null;
  office_number: string | null;
  service_month: string | null;
  event: string | null;
  category: string | null;
  payer: string | null;
  base_units: number | null;
  total_units: number | null;
  /** the fee that is claimed, and what a commissioned office gets; null where the month has none */
  claim: Claim | null;
  commission: Commission | null;
  missing_documents: string[];
  /** findings without the notes (info), which ask for nothing */
  findings: number;
  /** the finding to show first: the most severe, in the order of the verdict */
  first_finding: { code: string; severity: string; message: string; remedy: string } | null;
  ledger: PacketVerdict['ledger'];
  /** its pictures are read after this decision, and it is decided again with their text */
  awaits_ocr?: boolean;
  notice_id: string;
  /** the receipt this packet is answered with: its own upload's, or that of the upload that brought it first */
  receipt: string;
  received_at: string;
  /** the office withdrew it */
  withdrawn_at?: string;
  /** a person ended the review of the run that is shown; its result follows as a further run */
  review_closed?: { decision: ReviewDecision };
}

/** The lines of a withdrawn packet, in every upload that brought it. Idempotent. */
export async function showWithdrawnLines(
  records: Pick<RecordContext, 'store'>,
  decided: PacketDecided,
  at: string,
): Promise<void> {
  const { packet_id } = decided;
  await showWithdrawnLine(records.store, decided, at);
  for await (const { upload_id, position } of readShown(records, packet_id))
    await showWithdrawnLine(records.store, { upload_id, position, packet_id }, at);
}

/** The line of a withdrawn packet in one upload. Idempotent. */
export const showWithdrawnLine = (
  store: RecordStore,
  { upload_id, position, packet_id }: Pick<PacketDecided, 'upload_id' | 'position' | 'packet_id'>,
  at: string,
): Promise<boolean> =>
  store.update(
    'submissions',
    { upload_id, part: packetPart(position) },
    { expression: 'SET withdrawn_at = :at', values: { ':at': at, ':packet': packet_id } },
    'packet_id = :packet',
  );

/** The lines of a packet whose review a person has ended, in every upload that brought it. Idempotent. */
export async function showReviewedLines(
  { store }: Pick<RecordContext, 'store'>,
  decided: PacketDecided,
): Promise<void> {
  if (decided.decision !== 'review') return;
  const { packet_id, run } = decided;
  const closed = closingOf(await readActs(store, packet_id), decided);
  if (!closed) return;
  const how = { decision: closed.decision };
  const shown = (await collect(readShown({ store }, packet_id))).map(({ upload_id, position }) => ({
    upload_id,
    position,
  }));
  for (const { upload_id, position } of [decided, ...shown])
    await store.update(
      'submissions',
      { upload_id, part: packetPart(position) },
      {
        expression: 'SET review_closed = :how',
        names: { '#run': 'run' },
        values: { ':how': how, ':packet': packet_id, ':run': run },
      },
      'packet_id = :packet AND #run = :run',
    );
}

/** @param repeatedAs the name under which this upload brought what came before; null: this upload brought it first */
export async function putPacketLine(
  store: RecordStore,
  upload: Pick<UploadReceived, 'upload_id' | 'sender'>,
  position: PacketPosition,
  decided: PacketDecided,
  whole: PacketVerdict,
  repeatedAs: string | null,
): Promise<void> {
  const line = packetLine(upload, position, decided, whole, repeatedAs);
  // State forward only: a slow process does not put an earlier decision back.
  await store.putIf('submissions', line, {
    expression: 'attribute_not_exists(#run) OR #run <= :run',
    names: { '#run': 'run' },
    values: { ':run': decided.run },
  });
}

/** The line of a packet as a decision makes it. */
export function packetLine(
  upload: Pick<UploadReceived, 'upload_id' | 'sender'>,
  position: PacketPosition,
  decided: PacketDecided,
  whole: PacketVerdict,
  repeatedAs: string | null,
): PacketLine {
  // The list is the sender's.
  const verdict = officeView(whole);
  return {
    upload_id: upload.upload_id,
    part: packetPart(position),
    office: packetList(upload.sender),
    ...listedAreas(upload.sender),
    position,
    run: decided.run,
    packet: repeatedAs ?? verdict.packet,
    ...(repeatedAs !== null && repeatedAs !== verdict.packet && { first_packet: verdict.packet }),
    packet_id: verdict.packet_id,
    outcome: repeatedAs !== null ? 'repeated' : 'decided',
    decision: verdict.decision,
    city: verdict.city,
    area: verdict.area,
    insurer_number: verdict.insurer_number,
    insured_number: verdict.insured_number,
    office_number: verdict.office_number,
    service_month: verdict.service_month,
    event: verdict.event,
    category: verdict.category,
    payer: verdict.payer,
    base_units: verdict.base_units,
    total_units: verdict.total_units,
    claim: verdict.claim ?? null,
    commission: verdict.commission ?? null,
    missing_documents: verdict.missing_documents,
    findings: verdict.findings.filter(({ severity }) => severity !== 'info').length,
    first_finding: worstFinding(verdict),
    ledger: verdict.ledger,
    awaits_ocr: decided.asks.includes('ocr'),
    notice_id: verdict.packet_id,
    receipt: decided.upload_id,
    received_at: decided.received_at,
  };
}

/** The list of a sender's packets in the index of its uploads. */
export const packetList = (sender: Sender): string => `packets#${listKey(sender)}`;

/** Sort key prefix of the packets of an upload. */
export const PACKET_PARTS = 'packet#';
export const packetPart = (position: PacketPosition): string => PACKET_PARTS + positionKey(position);

const SEVERITIES = ['error', 'warn', 'review', 'info'];

function worstFinding({ findings }: PacketVerdict): PacketLine['first_finding'] {
  const [worst] = [...findings].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  if (!worst) return null;
  const { code, severity, message, remedy } = worst;
  return { code, severity, message, remedy };
}

/** What is left of a line once its packet was erased: that there was one, and what was decided. */
export async function putErasedLine(
  store: RecordStore,
  upload: UploadReceived,
  answer: PacketAnswered & { erased: NonNullable<PacketAnswered['erased']> },
): Promise<void> {
  const line: PacketLine = {
    upload_id: upload.upload_id,
    part: packetPart(answer.position),
    position: answer.position,
    packet: ERASED,
    packet_id: answer.packet_id,
    outcome: answer.outcome,
    decision: answer.erased.decision,
    city: null,
    area: null,
    insurer_number: null,
    insured_number: null,
    office_number: answer.erased.office_number,
    service_month: null,
    event: null,
    category: null,
    payer: null,
    base_units: null,
    total_units: null,
    claim: null,
    commission: null,
    missing_documents: [],
    findings: 0,
    first_finding: null,
    ledger: answer.erased.ledger,
    notice_id: answer.packet_id,
    receipt: upload.upload_id,
    received_at: upload.at,
  };
  await store.put('submissions', line);
}

/** What a list shows instead of an erased name. */
export const ERASED = '（廃棄済）';
