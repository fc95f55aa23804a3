import type { Ledger, PacketVerdict } from '../../decision/verdict.ts';
import { isSamePosition, type PacketPosition, positionKey } from '../../packet/position.ts';
import {
  append,
  clearOutbox,
  type DeskEvent,
  openShardOf,
  packetStream,
  readEvent,
  readStream,
  uploadStream,
} from '../events/event-log.ts';
import { type InboxObject, isSameObject, uploadIdsOf } from '../events/upload-id.ts';
import type { IntakeRecords, RecordContext } from '../store/record-context.ts';
import { putPacketLine, putUploadLine, type UploadState } from '../views/submission.ts';
import { type MalwareScanned, malwareKey, waitsForMalwareScan } from './record-malware-scan.ts';
import { type PacketDecided, readDecision, recordPacket, settlePacket } from './record-packet.ts';
import { keptName, type UploadRedacted, uploadBehind } from './record-redaction.ts';

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
  awaits_malware_scan?: boolean;
}

/** One packet of the upload has its answer. */
export interface PacketAnswered extends DeskEvent {
  type: 'packet.answered';
  position: PacketPosition;
  /** entries of this upload it accounts for */
  entries?: number;
  packet: string;
  packet_id: string;
  /** repeated: these bytes were decided in an earlier upload; its decision is the answer */
  outcome: 'decided' | 'repeated';
  /** the packet was erased after its time; what the receipt still counts, and whose receipt it is */
  erased?: { decision: string; ledger: Ledger; office_number: string | null };
}

/** The upload was opened, and so many entries were counted in it. It cannot finish before all are accounted for. */
export interface UploadOpened extends DeskEvent {
  type: 'upload.opened';
  entries: number;
}

export interface UploadFinished extends DeskEvent {
  type: 'upload.finished';
  upload_id: string;
  /** entries counted when it was opened; absent where nobody could open it */
  entries?: number;
  packets: number;
  repeated: number;
  /** sha256 of the object, hex: the same bytes again need not be read again */
  digest: string;
}

/** Every packet has its answer, and they do not account for what was counted: the upload cannot finish. */
export interface LedgerOpen extends DeskEvent {
  type: 'ledger.open';
  opened: number;
  accountedFor: number;
}

const RECEIVED = '1#received';
const OPENED = '1#opened';
const UNBALANCED = '3#unbalanced';
const FINISHED = '3#finished';

export const announceUpload = (
  records: RecordContext,
  upload: { upload_id: string; name: string; office: string | null; digest?: string | null },
): Promise<boolean> =>
  append(records.store, {
    stream: uploadStream(upload.upload_id),
    seq: '0#announced',
    type: 'upload.announced',
    at: records.now().toISOString(),
    ...upload,
    name: keptName(upload.name),
    open: openShardOf(uploadStream(upload.upload_id)),
  } as UploadAnnounced);

/** Where an interrupted upload of the same bytes finds the number it already has. */
export const pointerOf = (upload: { office: string | null; digest: string; name: string }) => ({
  upload_id: `announced#${upload.office ?? ''}#${upload.digest}#${keptName(upload.name)}`,
  part: 'pointer',
});

export const readAnnounced = (records: RecordContext, uploadId: string): Promise<UploadAnnounced | null> =>
  readEvent<UploadAnnounced>(records.store, uploadStream(uploadId), '0#announced');
export const readReceived = (records: RecordContext, uploadId: string): Promise<UploadReceived | null> =>
  readEvent<UploadReceived>(records.store, uploadStream(uploadId), RECEIVED);
export const readFinished = (records: RecordContext, uploadId: string): Promise<UploadFinished | null> =>
  readEvent<UploadFinished>(records.store, uploadStream(uploadId), FINISHED);
const readOpened = (records: RecordContext, uploadId: string): Promise<UploadOpened | null> =>
  readEvent<UploadOpened>(records.store, uploadStream(uploadId), OPENED);
export const readOpenLedger = (records: RecordContext, uploadId: string): Promise<LedgerOpen | null> =>
  readEvent<LedgerOpen>(records.store, uploadStream(uploadId), UNBALANCED);
export const readAnswers = (records: RecordContext, uploadId: string): AsyncGenerator<PacketAnswered> =>
  readStream<PacketAnswered>(records.store, uploadStream(uploadId), { begins: '2#' });

/**
 * An object has arrived, as S3, the malware scan or the sweeper tells: under the number of its key, or under one of its
 * own where another version of the same key was received first. Told twice or at the same moment, it is received once.
 */
export async function receiveObject(records: RecordContext, object: InboxObject): Promise<UploadReceived> {
  const behind = await uploadBehind(records, object);
  const known = behind && (await readReceived(records, behind));
  if (known) return known;
  const ids = uploadIdsOf(object);
  const announced = await readAnnounced(records, ids[0]!);
  const { name, office } = announced ?? {
    name: keptName(object.key.split('/').at(-1) || object.key),
    office: null,
  };
  for (const upload_id of ids) {
    const awaits_malware_scan = records.scansForMalware || undefined;
    const received = await receiveUpload(records, {
      upload_id,
      name,
      office,
      ...object,
      awaits_malware_scan,
    });
    if (isSameObject(received, object)) return received;
  }
  throw new Error(`another object has the number ${ids.at(-1)}`);
}

/** The upload that this object is, or null: it was not received yet. */
export async function uploadOf(
  records: RecordContext,
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
  records: Pick<RecordContext, 'store'>,
  upload: UploadReceived,
  finished: UploadFinished | null,
): Promise<UploadState> {
  if (finished) return 'finished';
  return (await waitsForMalwareScan(records, upload)) ? 'malware_scan' : 'received';
}

/** The object has arrived: from now on there is a receipt. Returns what stands, also when it was received before. */
export async function receiveUpload(
  records: RecordContext,
  upload: Omit<UploadReceived, keyof DeskEvent>,
): Promise<UploadReceived> {
  const event: UploadReceived = {
    stream: uploadStream(upload.upload_id),
    seq: RECEIVED,
    type: 'upload.received',
    at: records.now().toISOString(),
    ...upload,
    open: openShardOf(uploadStream(upload.upload_id)),
    outbox: upload.awaits_malware_scan ? undefined : ['intake'],
  };
  const received = (await append(records.store, event))
    ? event
    : (await readReceived(records, upload.upload_id))!;
  if (received === event)
    await putUploadLine(records.store, received, upload.awaits_malware_scan ? 'malware_scan' : 'received');
  return received;
}

/** Notes what was counted when the upload was opened. The first count stands. */
export const recordOpened = (records: RecordContext, uploadId: string, entries: number): Promise<boolean> =>
  append(records.store, {
    stream: uploadStream(uploadId),
    seq: OPENED,
    type: 'upload.opened',
    at: records.now().toISOString(),
    entries,
  } as UploadOpened);

/**
 * One packet of the upload, decided: recorded, shown, answered. After a crash each of the three finds itself done.
 * Returns the verdict it is answered with: what was decided first, where the same packet came before.
 * `isScanned`: found in a stack whose pictures have been read already.
 */
export async function answerPacket(
  records: IntakeRecords,
  upload: UploadReceived,
  position: PacketPosition,
  fresh: PacketVerdict,
  { isScanned = false } = {},
): Promise<PacketVerdict> {
  const by = { upload_id: upload.upload_id, received_at: upload.at };
  const { decided, verdict, repeated } = await recordPacket(records, by, position, fresh, { isScanned });
  const entries = fresh.ledger.entries ?? fresh.ledger.files;
  return showAnswer(records, upload, { position, entries }, decided, verdict, repeated);
}

/** The answers an upload has already, by their position (`positionKey`): all of their work is done. */
export async function answersByPosition(
  records: RecordContext,
  uploadId: string,
): Promise<Map<string, PacketAnswered>> {
  const answers = new Map<string, PacketAnswered>();
  for await (const answer of readAnswers(records, uploadId))
    answers.set(positionKey(answer.position), answer);
  return answers;
}

/** When the upload was last answered a packet, ISO time, or null. */
export async function lastAnswerAt(records: RecordContext, uploadId: string): Promise<string | null> {
  let last: string | null = null;
  for await (const { at } of readAnswers(records, uploadId)) if (!last || at > last) last = at;
  return last;
}

/**
 * The very bytes of an earlier, finished upload: every packet is answered with its first receipt, without reading it again.
 * Returns the number of packets.
 */
export async function answerAgain(
  records: RecordContext,
  upload: UploadReceived,
  earlier: string,
): Promise<number> {
  let packets = 0;
  const opened = await readOpened(records, earlier);
  if (opened) await recordOpened(records, upload.upload_id, opened.entries);
  for await (const { position, entries, packet_id } of readAnswers(records, earlier)) {
    const decided = await readDecision(records, packet_id);
    if (!decided) throw new Error(`packet ${packet_id} was answered without a decision`);
    const verdict = await records.results.readVerdict(decided);
    // Sent twice and interrupted, the other upload may have finished first: what was decided here is still answered here.
    const isOwn = decided.upload_id === upload.upload_id && isSamePosition(decided.position, position);
    if (isOwn) await settlePacket(records, decided);
    await showAnswer(records, upload, { position, entries }, decided, verdict, !isOwn);
    packets++;
  }
  return packets;
}

/**
 * Every packet has its answer: the upload is finished, and its receipt can be written.
 * The ledger is returned instead, and the upload stays open, where its packets do not account for every entry that was
 * counted when it was opened.
 */
export async function finishUpload(
  records: RecordContext,
  upload: UploadReceived,
  digest: string,
): Promise<UploadFinished | LedgerOpen> {
  let packets = 0;
  let repeated = 0;
  let accountedFor = 0;
  for await (const answer of readAnswers(records, upload.upload_id)) {
    packets++;
    accountedFor += answer.entries ?? 0;
    if (answer.outcome === 'repeated') repeated++;
  }
  const counted = await readOpened(records, upload.upload_id);
  const at = records.now().toISOString();
  if (counted && counted.entries !== accountedFor) {
    const place = { stream: uploadStream(upload.upload_id), seq: UNBALANCED };
    const open: LedgerOpen = { ...place, type: 'ledger.open', at, opened: counted.entries, accountedFor };
    await append(records.store, open);
    return open;
  }
  const event: UploadFinished = {
    stream: uploadStream(upload.upload_id),
    seq: FINISHED,
    type: 'upload.finished',
    at,
    upload_id: upload.upload_id,
    ...(counted && { entries: counted.entries }),
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
  records: RecordContext,
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
  if (upload.awaits_malware_scan || records.scansForMalware)
    await clearOutbox(records.store, malwareKey(upload.upload_id));
}

/**
 * A copy without some of its files took the place of the upload's object. The one thing of a received upload that
 * changes: whoever reads it from now on reads the copy.
 */
export async function showCopy(
  { store }: RecordContext,
  { stream, seq }: UploadReceived,
  { version_id, etag }: Pick<InboxObject, 'version_id' | 'etag'>,
): Promise<void> {
  const change = version_id
    ? {
        expression: 'SET etag = :etag, version_id = :version',
        values: { ':etag': etag, ':version': version_id },
      }
    : { expression: 'SET etag = :etag', values: { ':etag': etag } };
  await store.update('events', { stream, seq }, change, 'attribute_exists(etag)');
}

/** The finished upload that brought exactly these bytes first, or null. */
export async function firstUploadOf(records: RecordContext, digest: string): Promise<string | null> {
  const first = await readEvent<DeskEvent & { upload_id: string }>(
    records.store,
    `digest#${digest}`,
    '1#first',
  );
  return first?.upload_id ?? null;
}

/** Sends the receipt of a finished upload. Also called by the sweeper. */
async function settleUpload(records: RecordContext, finished: UploadFinished): Promise<void> {
  if (!finished.outbox?.length) return;
  await records.queues.send('notify', { kind: 'receipt', upload_id: finished.upload_id });
  await clearOutbox(records.store, finished);
}

/** Takes up an event whose outbox was left: the same steps, from where they stopped. */
export async function settle(records: RecordContext, event: DeskEvent): Promise<boolean> {
  if (event.type === 'packet.decided') await settlePacket(records, event as PacketDecided);
  else if (event.type === 'upload.finished') await settleUpload(records, event as UploadFinished);
  else if (['upload.received', 'malware.scanned', 'upload.redacted'].includes(event.type))
    await records.queues.send('intake', {
      kind: 'upload',
      upload_id: (event as UploadReceived | MalwareScanned | UploadRedacted).upload_id,
    });
  else return false;
  return true;
}

/** An upload whose list shows a packet that another one brought first. */
interface PacketShown extends DeskEvent {
  type: 'packet.shown';
  upload_id: string;
  position: PacketPosition;
}
const SHOWN = '5#shown#';

/** Uploads that brought a packet again, and where it stands in them. */
export const readShown = (records: RecordContext, packetId: string): AsyncGenerator<PacketShown> =>
  readStream<PacketShown>(records.store, packetStream(packetId), { begins: SHOWN });

/** A packet that was decided again: its line shows the last decision, in every upload that brought it. */
export async function showPacket(
  records: RecordContext,
  upload: UploadReceived,
  decided: PacketDecided,
): Promise<void> {
  const verdict = await records.results.readVerdict(decided);
  await putPacketLine(records.store, upload, decided.position, decided, verdict, false);
  for await (const { upload_id, position } of readShown(records, decided.packet_id)) {
    const other = await readReceived(records, upload_id);
    if (other) await putPacketLine(records.store, other, position, decided, verdict, true);
  }
}

/** The line first, the event after it: an answered packet always has its line. Returns the verdict that is shown. */
async function showAnswer(
  records: RecordContext,
  upload: UploadReceived,
  { position, entries }: Pick<PacketAnswered, 'position' | 'entries'>,
  decided: PacketDecided,
  verdict: PacketVerdict,
  repeated: boolean,
): Promise<PacketVerdict> {
  const shown = repeated ? await showAgain(records, upload, position, decided) : { decided, verdict };
  await putPacketLine(records.store, upload, position, shown.decided, shown.verdict, repeated);
  await append(records.store, {
    stream: uploadStream(upload.upload_id),
    seq: `2#${positionKey(position)}`,
    type: 'packet.answered',
    at: records.now().toISOString(),
    position,
    entries,
    packet: shown.verdict.packet,
    packet_id: decided.packet_id,
    outcome: repeated ? 'repeated' : 'decided',
  } as PacketAnswered);
  return shown.verdict;
}

/**
 * Notes that this upload shows the packet too, and only then reads its decision: whoever decides it again either is read
 * here, or finds the note and brings the line up to date.
 */
export async function showAgain(
  records: RecordContext,
  { upload_id }: UploadReceived,
  position: PacketPosition,
  { packet_id }: PacketDecided,
): Promise<{ decided: PacketDecided; verdict: PacketVerdict }> {
  await append(records.store, {
    stream: packetStream(packet_id),
    seq: `${SHOWN}${upload_id}#${positionKey(position)}`,
    type: 'packet.shown',
    at: records.now().toISOString(),
    upload_id,
    position,
  } as PacketShown);
  const decided = (await readDecision(records, packet_id))!;
  return { decided, verdict: await records.results.readVerdict(decided) };
}
