import type { PacketVerdict } from '../../decision/verdict.ts';
import { type PacketPosition, positionKey } from '../../packet/position.ts';
import type { PacketDecided } from '../steps/record-packet.ts';
import type { PacketAnswered, UploadFinished, UploadReceived } from '../steps/record-upload.ts';
import { UNKNOWN_OFFICE } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';

/** ウイルス検査中 → 受付済 → 判定済. What happened to the upload as a whole. */
export type UploadState = 'malware_scan' | 'received' | 'finished';

/** The upload itself, at part `upload` of its partition. */
export interface UploadLine {
  upload_id: string;
  part: 'upload';
  office: string;
  name: string;
  received_at: string;
  size: number | null;
  state: UploadState;
  packets?: number;
  repeated?: number;
  finished_at?: string;
}

/** One packet of an upload as a list shows it, at part `packet#000001`. */
export interface PacketLine {
  upload_id: string;
  part: string;
  position: PacketPosition;
  /** the run of the packet whose decision is shown */
  run?: number;
  packet: string;
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
  missing_documents: string[];
  findings: number;
  /** the finding to show first: the gravest, in the order of the verdict */
  first_finding: { code: string; severity: string; message: string; remedy: string } | null;
  ledger: PacketVerdict['ledger'];
  notice_id: string;
  /** the receipt this packet is answered with: its own upload's, or that of the upload that brought it first */
  receipt: string;
  received_at: string;
}

/** State forward only: a late redelivery does not turn `finished` back to `received`. */
export async function putUploadLine(
  store: RecordStore,
  upload: UploadReceived,
  state: UploadState,
  finished?: UploadFinished,
): Promise<void> {
  const line: UploadLine = {
    upload_id: upload.upload_id,
    part: 'upload',
    office: upload.office ?? UNKNOWN_OFFICE,
    name: upload.name,
    received_at: upload.at,
    size: upload.size,
    state,
    packets: finished?.packets,
    repeated: finished?.repeated,
    finished_at: finished?.at,
  };
  if (state === 'finished') await store.put('submissions', line);
  else await store.putOnce('submissions', line);
}

/** The malware scan has ended: what was `scanning` is `received`, and what is further stays. */
export async function showMalwareResult(store: RecordStore, { upload_id }: UploadReceived): Promise<void> {
  const change = {
    expression: 'SET #state = :received',
    names: { '#state': 'state' },
    values: { ':received': 'received', ':scanning': 'malware_scan' },
  };
  await store.update('submissions', { upload_id, part: 'upload' }, change, '#state = :scanning');
}

export async function putPacketLine(
  store: RecordStore,
  upload: UploadReceived,
  position: PacketPosition,
  decided: PacketDecided,
  verdict: PacketVerdict,
  repeated: boolean,
): Promise<void> {
  const line: PacketLine = {
    upload_id: upload.upload_id,
    part: linePart(position),
    position,
    run: decided.run,
    packet: verdict.packet,
    packet_id: verdict.packet_id,
    outcome: repeated ? 'repeated' : 'decided',
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
    missing_documents: verdict.missing_documents,
    findings: verdict.findings.length,
    first_finding: gravest(verdict),
    ledger: verdict.ledger,
    notice_id: verdict.packet_id,
    receipt: decided.upload_id,
    received_at: decided.received_at,
  };
  // State forward only: a slow hand does not put an earlier decision back.
  await store.putIf('submissions', line, {
    expression: 'attribute_not_exists(#run) OR #run <= :run',
    names: { '#run': 'run' },
    values: { ':run': decided.run },
  });
}

/** Where the line of a packet stands in the partition of its upload. */
export const linePart = (position: PacketPosition): string => `packet#${positionKey(position)}`;

const GRAVITY = ['error', 'warn', 'review', 'info'];

function gravest({ findings }: PacketVerdict): PacketLine['first_finding'] {
  const [worst] = [...findings].sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
  if (!worst) return null;
  const { code, severity, message, remedy } = worst;
  return { code, severity, message, remedy };
}

/** What stays of a line after its packet was erased: that there was one, and what was decided. */
export async function putErasedLine(
  store: RecordStore,
  upload: UploadReceived,
  answer: PacketAnswered & { erased: NonNullable<PacketAnswered['erased']> },
): Promise<void> {
  const line: PacketLine = {
    upload_id: upload.upload_id,
    part: linePart(answer.position),
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

/** What a list shows where a name stood. */
export const ERASED = '（廃棄済）';
