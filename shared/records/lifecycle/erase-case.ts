import { randomUUID } from 'node:crypto';
import { japanDate } from '../../calendar/japan-time.ts';
import {
  append,
  caseStream,
  type DeskEvent,
  packetStream,
  readStream,
  uploadStream,
} from '../events/event-log.ts';
import type { CaseRecord } from '../steps/record-case.ts';
import { copiesOf, readRedaction } from '../steps/record-redaction.ts';
import { pointerOf } from '../steps/record-upload.ts';
import type { CaseObject, ErasedObject, ObjectKeeper } from '../store/object-keeper.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import { ERASED, linePart, type PacketLine, putErasedLine } from '../views/submission.ts';
import { writeReceipt } from '../views/write-notice.ts';
import { auditOf } from './audit.ts';
import { type CaseContents, type CaseUpload, inboxObject } from './case-contents.ts';
import { textsOnlyOf } from './ocr-use.ts';
import { appendRetention, retentionStream, whyKept } from './retention.ts';

/** What is left of a case after its time: who ended it and why, what was erased, and the numbers it counts in. No person. */
export interface CaseErased extends DeskEvent {
  type: 'case.erased';
  erasure: string;
  by: string;
  reason: string;
  completed_on: string;
  keep_until: string;
  rule: string | null;
  packets: string[];
  objects: ErasedObject[];
  /** uploads that other cases still need: they are erased with the last of them */
  kept_uploads: string[];
  /** the cases without person, name, number and documents, so that the area's numbers stay what they were */
  tombstones: CaseRecord[];
}

export interface ErasurePlan {
  /** empty: it may be erased */
  why_kept: string[];
  objects: CaseObject[];
  packets: string[];
  whole_uploads: string[];
  kept_uploads: string[];
}

/** What an erasure would do. Changes nothing. */
export function planErasure(records: RecordContext, contents: CaseContents): ErasurePlan {
  const today = japanDate(records.now().toISOString());
  const received = contents.versions.map((one) => one.received_at);
  const why_kept = whyKept(contents.retention, today, received);
  if (contents.packets.some(({ review }) => review?.state === 'open'))
    why_kept.push('確認待ちのままです。先に確認を終えてください。');
  const ids = (uploads: CaseUpload[]) => uploads.map((one) => one.received.upload_id);
  return {
    why_kept,
    objects: contents.objects,
    packets: contents.packets.map((one) => one.packet_id),
    whole_uploads: ids(contents.uploads.filter((one) => one.isWhole)),
    kept_uploads: ids(contents.uploads.filter((one) => !one.isWhole)),
  };
}

/**
 * Erases a case after its time: objects first, then records; an event without a person stays.
 * Broken off at any moment and called again, it goes on under the same number.
 * The texts of its scans go with it, unless another case has the same file.
 * Throws when the case may not be erased.
 */
export async function eraseCase(
  records: RecordContext,
  keeper: ObjectKeeper,
  contents: CaseContents,
  by: { by: string; reason: string },
): Promise<CaseErased> {
  const plan = planErasure(records, contents);
  if (plan.why_kept.length > 0) throw new Error(plan.why_kept.join('\n'));
  const { of, retention } = contents;
  const erasure = retention!.erasure ?? randomUUID();
  if (!retention!.erasure) await appendRetention(records, of, { type: 'retention.erasing', erasure });

  const pointers = await pointersOf(records, contents, keeper);
  const texts = await textsOnlyOf(records, contents.packets);
  const erased: ErasedObject[] = [];
  for (const object of [...plan.objects, ...texts.objects]) {
    const sha256 = await keeper.digest(object);
    if (sha256) erased.push({ ...object, sha256 });
  }
  const event: CaseErased = {
    stream: `erased#${of.city}`,
    seq: erasure,
    type: 'case.erased',
    at: records.now().toISOString(),
    erasure,
    ...by,
    completed_on: retention!.completed_on!,
    keep_until: retention!.keep_until!,
    rule: retention!.rule,
    packets: plan.packets,
    objects: erased.map((one) => ({ ...one, key: withoutName(one) })),
    kept_uploads: plan.kept_uploads,
    tombstones: contents.records.map((record) => stoneOf(record, erasure)),
  };
  // Said before it is done: what was said once stands, and a second attempt only goes on.
  await append(records.store, event);
  for (const object of [...plan.objects, ...texts.objects]) await keeper.erase(object);

  const { store } = records;
  for (const stone of event.tombstones) await store.put('cases', stone);
  for (const { area_month, case_key } of contents.records)
    await store.remove('cases', { area_month, case_key });
  for (const { packet_id } of contents.packets) {
    await store.remove('reviews', { packet_id });
    await store.remove('notices', { notice_id: packet_id });
  }
  for (const upload of contents.uploads)
    await (upload.isWhole
      ? eraseUpload(records, keeper, upload)
      : scrubUpload(records, keeper, upload, plan.packets));
  for (const key of pointers) await store.remove('submissions', { upload_id: key, part: 'pointer' });
  for (const { stream, seq } of texts.events) await store.remove('events', { stream, seq });
  for (const packet of plan.packets) await removeStream(store, packetStream(packet));
  await removePartition(store, 'audit', auditOf.case(of), 'record', 'at');
  await removeStream(store, caseStream(of.city, of.person, of.month));
  // Last of all: until now a second attempt finds the case as one that may go.
  await removeStream(store, retentionStream(of));
  return event;
}

/** The key of an upload ends with the file's name, which may be a person's. */
const withoutName = ({ bucket, key }: CaseObject): string =>
  bucket === 'inbox' ? key.split('/').slice(0, 2).join('/') : key;

/** A case that still counts and says of nobody. */
function stoneOf(record: CaseRecord, erasure: string): CaseRecord {
  const { retention, ...rest } = record;
  return {
    ...rest,
    case_key: `erased-${erasure}#${record.event}`,
    person: `${record.city}#erased-${erasure}`,
    packet: ERASED,
    packet_id: '',
    upload_id: '',
    insured_number: null,
    name: null,
    deadlines: [],
    verdict_key: '',
    verdict_digest: '',
    erased: true,
  };
}

/** An upload whose every packet has gone: everything of it goes. */
async function eraseUpload(records: RecordContext, keeper: ObjectKeeper, upload: CaseUpload): Promise<void> {
  const { store } = records;
  const { upload_id } = upload.received;
  await eraseReceipt(records, keeper, upload_id);
  await removePartition(store, 'submissions', upload_id, 'upload_id', 'part');
  for (const digest of upload.digests) await removeStream(store, digest);
  await removePartition(store, 'audit', auditOf.upload(upload_id), 'record', 'at');
  for (const { stream, seq } of await copiesOf(records, upload.received))
    await store.remove('events', { stream, seq });
  await removeStream(store, uploadStream(upload_id));
}

/** An upload that other cases still need: its line, its answer and its receipt say no more of this one. */
async function scrubUpload(
  records: RecordContext,
  keeper: ObjectKeeper,
  upload: CaseUpload,
  packets: string[],
): Promise<void> {
  const { store } = records;
  const { upload_id } = upload.received;
  for (const answer of upload.answers.filter((one) => packets.includes(one.packet_id) && !one.erased)) {
    const part = linePart(answer.position);
    const line = await store.get<PacketLine>('submissions', { upload_id, part });
    if (!line) continue;
    const { decision, ledger, office_number } = line;
    const erased = { decision, ledger, office_number };
    await putErasedLine(store, upload.received, { ...answer, erased });
    await store.put('events', { ...answer, packet: ERASED, erased });
  }
  // The same bytes once more would be answered from what is no longer there.
  for (const digest of upload.digests) await removeStream(store, digest);
  await eraseReceipt(records, keeper, upload_id);
  await writeReceipt(records, upload_id);
}

async function eraseReceipt(records: RecordContext, keeper: ObjectKeeper, upload_id: string): Promise<void> {
  const receipt = await records.store.get<{ text_key: string; json_key: string }>('notices', {
    notice_id: upload_id,
  });
  for (const key of receipt ? [receipt.text_key, receipt.json_key] : [])
    await keeper.erase({ bucket: 'results', key });
  await records.store.remove('notices', { notice_id: upload_id });
}

/** Where an interrupted upload of the same bytes would have gone on: the pointer carries the file's name. */
async function pointersOf(
  records: RecordContext,
  contents: CaseContents,
  keeper: ObjectKeeper,
): Promise<string[]> {
  const pointers: string[] = [];
  for (const { received, isWhole } of contents.uploads) {
    if (!isWhole) continue;
    // It was announced with the bytes that came, of which some may have been taken out since.
    const redaction = await readRedaction(records, received.upload_id);
    const digest = redaction?.digest ?? (await keeper.digest(inboxObject(received)));
    if (digest) pointers.push(pointerOf({ ...received, digest }).upload_id);
  }
  return pointers;
}

async function removeStream(store: RecordStore, stream: string): Promise<void> {
  for (const { seq } of await collect(readStream<DeskEvent>(store, stream)))
    await store.remove('events', { stream, seq });
}

async function removePartition(
  store: RecordStore,
  table: 'audit' | 'submissions',
  value: string,
  partition: string,
  sort: string,
): Promise<void> {
  for (const item of await collect(store.partition<Record<string, string>>(table, value)))
    await store.remove(table, { [partition]: value, [sort]: item[sort]! });
}
