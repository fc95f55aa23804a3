import type { Ledger, PacketVerdict } from '../decision/verdict.ts';
import type { DeskRecords, IntakeRecords } from './desk-records.ts';
import {
  append,
  clearOutbox,
  type DeskEvent,
  openShardOf,
  readEvent,
  readStream,
  uploadStream,
} from './event-log.ts';
import { scannedKey, type UploadScanned, waitsForScan } from './malware-scan.ts';
import { type PacketDecided, readDecision, recordPacket, settlePacket } from './record-packet.ts';
import { putPacketLine, putUploadLine, type UploadState } from './submission.ts';
import { type InboxObject, isSameObject, uploadIdsOf } from './upload-id.ts';

/** An office said it would send a file. Nothing has arrived yet. */
export interface UploadAnnounced extends DeskEvent {
  type: 'upload.announced';
  upload_id: string;
  name: string;
  /** the office that signed in, where one did */
  office: string | null;
  /** sha256 of the bytes it said it would send */
  digest?: string | null;
}

/**
 * The object is in the inbox. Its outbox says `intake` until the last packet is answered; where it awaits its malware
 * scan there is nothing to do yet, and the outbox is that of the scan.
 */
export interface UploadReceived extends DeskEvent {
  type: 'upload.received';
  upload_id: string;
  name: string;
  office: string | null;
  key: string;
  etag: string;
  /** which version of the object: another one under the same key is another upload */
  version_id?: string;
  size: number | null;
  /** it is opened only once the malware scan has ended (malware-scan.ts) */
  awaits_scan?: boolean;
}

/** One packet of the upload has its answer. */
export interface PacketAnswered extends DeskEvent {
  type: 'packet.answered';
  ordinal: number;
  packet: string;
  packet_id: string;
  /** repeated: these bytes were decided in an earlier upload; its decision is the answer */
  outcome: 'decided' | 'repeated';
  /** the packet was erased after its time; what the receipt still counts, and whose receipt it is */
  erased?: { decision: string; ledger: Ledger; office_number: string | null };
}

export interface UploadFinished extends DeskEvent {
  type: 'upload.finished';
  upload_id: string;
  packets: number;
  repeated: number;
  /** sha256 of the object, hex: the same bytes again need not be read again */
  digest: string;
}

const RECEIVED = '1#received';
const FINISHED = '3#finished';

export const announceUpload = (
  records: DeskRecords,
  upload: { upload_id: string; name: string; office: string | null; digest?: string | null },
): Promise<boolean> =>
  append(records.store, {
    stream: uploadStream(upload.upload_id),
    seq: '0#announced',
    type: 'upload.announced',
    at: records.now().toISOString(),
    ...upload,
    open: openShardOf(uploadStream(upload.upload_id)),
  } as UploadAnnounced);

/** Where an interrupted upload of the same bytes finds the number it already has. */
export const pointerOf = (upload: { office: string | null; digest: string; name: string }) => ({
  upload_id: `announced#${upload.office ?? ''}#${upload.digest}#${upload.name}`,
  part: 'pointer',
});

export const readAnnounced = (records: DeskRecords, uploadId: string): Promise<UploadAnnounced | null> =>
  readEvent<UploadAnnounced>(records.store, uploadStream(uploadId), '0#announced');
export const readReceived = (records: DeskRecords, uploadId: string): Promise<UploadReceived | null> =>
  readEvent<UploadReceived>(records.store, uploadStream(uploadId), RECEIVED);
export const readFinished = (records: DeskRecords, uploadId: string): Promise<UploadFinished | null> =>
  readEvent<UploadFinished>(records.store, uploadStream(uploadId), FINISHED);
export const readAnswers = (records: DeskRecords, uploadId: string): AsyncGenerator<PacketAnswered> =>
  readStream<PacketAnswered>(records.store, uploadStream(uploadId), { begins: '2#' });

/**
 * An object has arrived, as S3, the malware scan or the sweeper tells: under the number of its key, or under one of its
 * own where another version of the same key was received first. Told twice or at the same moment, it is received once.
 */
export async function receiveObject(records: DeskRecords, object: InboxObject): Promise<UploadReceived> {
  const ids = uploadIdsOf(object);
  const announced = await readAnnounced(records, ids[0]!);
  const { name, office } = announced ?? { name: object.key.split('/').at(-1) || object.key, office: null };
  for (const upload_id of ids) {
    const awaits_scan = records.scansUploads || undefined;
    const received = await receiveUpload(records, { upload_id, name, office, ...object, awaits_scan });
    if (isSameObject(received, object)) return received;
  }
  throw new Error(`another object has the number ${ids.at(-1)}`);
}

/** The upload that this object is, or null: it was not received yet. */
export async function uploadOf(
  records: DeskRecords,
  object: Pick<InboxObject, 'key' | 'etag' | 'version_id'>,
): Promise<UploadReceived | null> {
  for (const upload_id of uploadIdsOf(object)) {
    const received = await readReceived(records, upload_id);
    if (received && isSameObject(received, object)) return received;
  }
  return null;
}

/** How far an upload is. */
export async function stateOf(
  records: Pick<DeskRecords, 'store'>,
  upload: UploadReceived,
  finished: UploadFinished | null,
): Promise<UploadState> {
  if (finished) return 'finished';
  return (await waitsForScan(records, upload)) ? 'scanning' : 'received';
}

/** The object has arrived: from now on there is a receipt. Returns what stands, also when it was received before. */
export async function receiveUpload(
  records: DeskRecords,
  upload: Omit<UploadReceived, keyof DeskEvent>,
): Promise<UploadReceived> {
  const event: UploadReceived = {
    stream: uploadStream(upload.upload_id),
    seq: RECEIVED,
    type: 'upload.received',
    at: records.now().toISOString(),
    ...upload,
    open: openShardOf(uploadStream(upload.upload_id)),
    outbox: upload.awaits_scan ? undefined : ['intake'],
  };
  const received = (await append(records.store, event))
    ? event
    : (await readReceived(records, upload.upload_id))!;
  if (received === event)
    await putUploadLine(records.store, received, upload.awaits_scan ? 'scanning' : 'received');
  return received;
}

/** One packet of the upload, decided: recorded, shown, answered. After a crash each of the three finds itself done. */
export async function answerPacket(
  records: IntakeRecords,
  upload: UploadReceived,
  ordinal: number,
  fresh: PacketVerdict,
): Promise<void> {
  const by = { upload_id: upload.upload_id, received_at: upload.at };
  const { decided, verdict, repeated } = await recordPacket(records, by, ordinal, fresh);
  await showAnswer(records, upload, ordinal, decided, verdict, repeated);
}

/**
 * A packet that was found in a stack after the upload had its answers: recorded and shown at a place of its own behind
 * them. Done twice, it keeps its place.
 */
export async function addPacket(
  records: IntakeRecords,
  upload: UploadReceived,
  fresh: PacketVerdict,
): Promise<void> {
  const by = { upload_id: upload.upload_id, received_at: upload.at };
  const earlier = await readDecision(records, fresh.packet_id);
  let ordinal = earlier?.upload_id === upload.upload_id ? earlier.ordinal : 0;
  if (ordinal === 0) ordinal = Math.max(0, ...(await answeredPlaces(records, upload.upload_id))) + 1;
  const { decided, verdict, repeated } = await recordPacket(records, by, ordinal, fresh, { isScanned: true });
  await showAnswer(records, upload, ordinal, decided, verdict, repeated);
}

/** Places in the upload that have their answer already: all of their work is done. */
export async function answeredPlaces(records: DeskRecords, uploadId: string): Promise<Set<number>> {
  const places = new Set<number>();
  for await (const { ordinal } of readAnswers(records, uploadId)) places.add(ordinal);
  return places;
}

/** When the upload was last answered a packet, ISO time, or null. */
export async function lastAnswerAt(records: DeskRecords, uploadId: string): Promise<string | null> {
  let last: string | null = null;
  for await (const { at } of readAnswers(records, uploadId)) if (!last || at > last) last = at;
  return last;
}

/**
 * The very bytes of an earlier, finished upload: every packet is answered with its first receipt, without reading it again.
 * Returns the number of packets.
 */
export async function answerAgain(
  records: DeskRecords,
  upload: UploadReceived,
  earlier: string,
): Promise<number> {
  let packets = 0;
  for await (const { ordinal, packet_id } of readAnswers(records, earlier)) {
    const decided = await readDecision(records, packet_id);
    if (!decided) throw new Error(`packet ${packet_id} was answered without a decision`);
    const verdict = await records.outbox.readVerdict(decided);
    // Sent twice and interrupted, the other upload may have finished first: what was decided here is still answered here.
    const isOwn = decided.upload_id === upload.upload_id && decided.ordinal === ordinal;
    if (isOwn) await settlePacket(records, decided);
    await showAnswer(records, upload, ordinal, decided, verdict, !isOwn);
    packets++;
  }
  return packets;
}

/** Every packet has its answer: the upload is finished, and its receipt can be written. */
export async function finishUpload(
  records: DeskRecords,
  upload: UploadReceived,
  digest: string,
): Promise<UploadFinished> {
  let packets = 0;
  let repeated = 0;
  for await (const answer of readAnswers(records, upload.upload_id)) {
    packets++;
    if (answer.outcome === 'repeated') repeated++;
  }
  const at = records.now().toISOString();
  const event: UploadFinished = {
    stream: uploadStream(upload.upload_id),
    seq: FINISHED,
    type: 'upload.finished',
    at,
    upload_id: upload.upload_id,
    packets,
    repeated,
    digest,
    outbox: ['receipt'],
  };
  const won = await append(records.store, event);
  const finished = won ? event : (await readFinished(records, upload.upload_id))!;
  await closeUpload(records, upload, finished);
  return finished;
}

/** What follows from a finished upload. A redelivered message comes here at once and does what a kill had left undone. */
export async function closeUpload(
  records: DeskRecords,
  upload: UploadReceived,
  finished: UploadFinished,
): Promise<void> {
  await append(records.store, {
    stream: `digest#${finished.digest}`,
    seq: '1#first',
    type: 'digest.first',
    at: finished.at,
    upload_id: upload.upload_id,
  } as DeskEvent);
  await putUploadLine(records.store, upload, 'finished', finished);
  await settleUpload(records, finished);
  await clearOutbox(records.store, upload);
  if (upload.awaits_scan || records.scansUploads)
    await clearOutbox(records.store, scannedKey(upload.upload_id));
}

/** The finished upload that brought exactly these bytes first, or null. */
export async function firstUploadOf(records: DeskRecords, digest: string): Promise<string | null> {
  const first = await readEvent<DeskEvent & { upload_id: string }>(
    records.store,
    `digest#${digest}`,
    '1#first',
  );
  return first?.upload_id ?? null;
}

/** Sends the receipt of a finished upload. Also called by the sweeper. */
export async function settleUpload(records: DeskRecords, finished: UploadFinished): Promise<void> {
  if (!finished.outbox?.length) return;
  await records.queues.send('notify', { kind: 'receipt', upload_id: finished.upload_id });
  await clearOutbox(records.store, finished);
}

/** Takes up an event whose outbox was left: the same steps, from where they stopped. */
export async function settle(records: DeskRecords, event: DeskEvent): Promise<boolean> {
  if (event.type === 'packet.decided') await settlePacket(records, event as PacketDecided);
  else if (event.type === 'upload.finished') await settleUpload(records, event as UploadFinished);
  else if (event.type === 'upload.received' || event.type === 'upload.scanned')
    await records.queues.send('intake', {
      kind: 'upload',
      upload_id: (event as UploadReceived | UploadScanned).upload_id,
    });
  else return false;
  return true;
}

/** A packet that was decided again: its line in the upload shows the last decision. */
export async function showPacket(
  records: DeskRecords,
  upload: UploadReceived,
  decided: PacketDecided,
): Promise<void> {
  const verdict = await records.outbox.readVerdict(decided);
  await putPacketLine(records.store, upload, decided.ordinal, decided, verdict, false);
}

/** The line first, the event after it: an answered packet always has its line. */
async function showAnswer(
  records: DeskRecords,
  upload: UploadReceived,
  ordinal: number,
  decided: PacketDecided,
  verdict: PacketVerdict,
  repeated: boolean,
): Promise<void> {
  await putPacketLine(records.store, upload, ordinal, decided, verdict, repeated);
  await append(records.store, {
    stream: uploadStream(upload.upload_id),
    seq: `2#${String(ordinal).padStart(6, '0')}`,
    type: 'packet.answered',
    at: records.now().toISOString(),
    ordinal,
    packet: verdict.packet,
    packet_id: decided.packet_id,
    outcome: repeated ? 'repeated' : 'decided',
  } as PacketAnswered);
}
