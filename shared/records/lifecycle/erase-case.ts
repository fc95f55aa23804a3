import { randomUUID } from 'node:crypto';
import { japanDate } from '../../calendar/japan-time.ts';
import type { CaseErased } from '../events/case-events.ts';
import { OPEN_ERASURES } from '../events/event-index.ts';
import { answerKeys, caseKeys, erasedKey, packetStream, uploadStream } from '../events/event-keys.ts';
import { append, readEvent } from '../events/event-log.ts';
import { appendRetention } from '../steps/record-retention.ts';
import type { CaseRecord } from '../store/case-record.ts';
import type { CaseObject, ErasedObject, ObjectKeeper } from '../store/object-keeper.ts';
import type { RecordContext } from '../store/record-context.ts';
import { BytesHeldError, NO_REMAINS, type Remains } from '../store/remains.ts';
import { ERASED } from '../views/packet-line.ts';
import { reviewLetterId } from '../views/write-review-letter.ts';
import { auditOf } from './audit.ts';
import { type CaseContents, type CaseUpload, reviewLettersIn } from './case-contents.ts';
import { erasePointers, eraseUpload, pointersOf, receiptOf, scrubUpload } from './erase-upload.ts';
import { eraseWatches } from './erase-watches.ts';
import { textsOnlyOf } from './ocr-use.ts';
import { removeAudit, removeRange, removeRetention, removeStream } from './remove-items.ts';
import { whyKept } from './retention.ts';

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
  // Those an interrupted erasure has removed already are of it too.
  const { packets = [], whole_uploads = [] } = contents.retention?.erasing ?? {};
  return {
    why_kept,
    objects: contents.objects,
    packets: [...new Set([...packets, ...contents.packets.map((one) => one.packet_id)])],
    whole_uploads: [...new Set([...whole_uploads, ...ids(contents.uploads.filter((one) => one.isWhole))])],
    kept_uploads: ids(contents.uploads.filter((one) => !one.isWhole)),
  };
}

/**
 * Erases a case after its time: objects first, then records; an event without a person stays. Its OCR texts go with it,
 * unless another case has the same file. Interrupted at any moment and repeated, it resumes under the same number.
 * @returns what was recorded of it, and the folders of damaged files that a person must look at
 * @throws Error when the case may not be erased, BytesHeldError where it must be repeated
 */
export async function eraseCase(
  records: RecordContext,
  keeper: ObjectKeeper,
  contents: CaseContents,
  operator: { by: string; reason: string },
  remains: Remains = NO_REMAINS,
): Promise<CaseErased & { set_aside: string[] }> {
  const plan = planErasure(records, contents);
  const { of, retention } = contents;
  if (plan.why_kept.length > 0 || !retention) throw new Error(plan.why_kept.join('\n'));
  const erasure = retention.erasure ?? randomUUID();
  const { packets, whole_uploads } = plan;
  const { completed_on, keep_until, rule } = retention;
  if (!retention.erasure)
    await appendRetention(records, of, {
      type: 'retention.erasing',
      erasure,
      open: OPEN_ERASURES,
      packets,
      whole_uploads,
      completed_on: completed_on!,
      keep_until,
      rule,
    });

  const pointers = await pointersOf(records, contents, keeper);
  const texts = await textsOnlyOf(records, contents.packets);
  const objects = [...plan.objects, ...texts.objects];
  const found: CaseErased = {
    ...erasedKey(of.city, erasure),
    at: records.now().toISOString(),
    erasure,
    ...operator,
    completed_on: completed_on!,
    keep_until: keep_until!,
    rule,
    packets,
    objects: await digestsOf(keeper, objects),
    kept_uploads: plan.kept_uploads,
    tombstones: contents.records.map((record) => tombstoneOf(record, erasure)),
  };
  // Recorded before it is done: the first record stays, with what a second attempt does not find any more.
  const isFirst = await append(records.store, found);
  const event = isFirst ? found : (await readEvent(records.store, erasedKey(of.city, erasure)))!;
  const { store } = records;
  // First of all: without the uploads' bytes a second attempt could not find them.
  await erasePointers(store, pointers);
  for (const object of objects) await keeper.erase(object);
  const set_aside = await remains.eraseSetAside({
    ids: [...packets, ...whole_uploads],
    kept: plan.kept_uploads,
    objects: [...objects, ...event.objects, ...contents.uploads.map(receiptOf)],
  });

  for (const tombstone of event.tombstones) await store.put('cases', tombstone);
  for (const { area_month, case_key } of contents.records)
    await store.remove('cases', { area_month, case_key });
  for (const { packet_id, events } of contents.packets) {
    await store.remove('reviews', { packet_id });
    await store.remove('notices', { notice_id: packet_id });
    for (const act of reviewLettersIn(events))
      await store.remove('notices', { notice_id: reviewLetterId(packet_id, act) });
  }
  await eraseWatches(records, of);
  for (const upload of contents.uploads)
    await (upload.isWhole
      ? eraseUpload(records, keeper, upload)
      : scrubUpload(records, keeper, upload, packets));
  for (const id of whole_uploads) await removeStream(store, uploadStream(id));
  for (const { stream, seq } of texts.events) await store.remove('events', { stream, seq });
  for (const packet of packets) await removeStream(store, packetStream(packet));
  await removeAudit(store, auditOf.case(of));
  await removeRange(store, answerKeys.everyInMonth(of));
  await removeRange(store, caseKeys.everyVersion(of));
  if (!(await remains.purge())) throw new BytesHeldError();
  // Last of all: until now a second attempt finds the case as one that may be erased.
  await removeRetention(store, of);
  return { ...event, set_aside };
}

/** The objects that exist, with the digest of their bytes. */
async function digestsOf(keeper: ObjectKeeper, objects: CaseObject[]): Promise<ErasedObject[]> {
  const found: ErasedObject[] = [];
  for (const object of objects) {
    const sha256 = await keeper.digest(object);
    if (sha256) found.push({ ...object, key: withoutName(object), sha256 });
  }
  return found;
}

/** The key of an upload put past the API ends with the file's name, which may be a person's. */
const withoutName = ({ bucket, key }: CaseObject): string =>
  bucket === 'inbox' ? key.split('/').slice(0, 2).join('/') : key;

/** The case with its numbers and without its person. */
function tombstoneOf(record: CaseRecord, erasure: string): CaseRecord {
  const { retention, history_line, overdue_papers, overdue_events, ...rest } = record;
  return {
    ...rest,
    case_key: `erased-${erasure}#${record.event}#${record.owner}`,
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
