import { type RecordEvent, unknownEvent } from '../events/event.ts';
import { packetKeys } from '../events/event-keys.ts';
import { readEvent } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { versionsOf } from '../events/read-case.ts';
import { readDecision, readRuns } from '../events/read-packet.ts';
import { readAnswers, readFinished } from '../events/read-upload.ts';
import type { UploadAnnounced, UploadReceived } from '../events/upload-events.ts';
import { showAgain } from '../steps/answer-packet.ts';
import { isSameCase, recordCase } from '../steps/record-case.ts';
import { type AreaMonth, areaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import { recomputeSummary } from '../views/area-summary.ts';
import { leaveCase } from '../views/case-view.ts';
import { putErasedLine, putPacketLine } from '../views/packet-line.ts';
import { openReview, showReviewClosed } from '../views/review-item.ts';
import { pointerKey, putUploadLine, stateOf } from '../views/upload-line.ts';
import { writeNotice } from '../views/write-notice.ts';
import { writeReceipt } from '../views/write-receipt.ts';

export interface Rebuilt {
  uploads: number;
  packets: number;
  reviews: number;
  areas: number;
}

/** What a rebuild has collected from the log for its end. */
interface Collected {
  areas: Map<string, AreaMonth>;
  uploads: UploadReceived[];
  pointers: Map<string, UploadAnnounced>;
}

/**
 * Rebuilds every read model from the events and the verdicts they refer to: cases, review items, notices, receipts,
 * lists and summaries. What exists stays as it is; what was lost comes back. Safe while the desk is running.
 */
export async function rebuild(records: RecordContext, events: AsyncIterable<RecordEvent>): Promise<Rebuilt> {
  const { store } = records;
  const collected: Collected = { areas: new Map(), uploads: [], pointers: new Map() };
  const rebuilt: Rebuilt = { uploads: 0, packets: 0, reviews: 0, areas: 0 };
  for await (const event of events) await rebuildEvent(records, event, collected, rebuilt);
  for (const { upload_id, sender, digest, name } of collected.pointers.values())
    if (digest)
      await store.put('submissions', { ...pointerKey({ sender, digest, name }), points_to: upload_id });
  for (const upload of collected.uploads) {
    await rebuildUpload(records, upload);
    rebuilt.uploads++;
  }
  for (const area of collected.areas.values()) await recomputeSummary(store, area, records.now());
  return { ...rebuilt, areas: collected.areas.size };
}

/** Exhaustive: a new type of event has to say here which read model it makes. */
async function rebuildEvent(
  records: RecordContext,
  event: RecordEvent,
  collected: Collected,
  rebuilt: Rebuilt,
): Promise<void> {
  switch (event.type) {
    case 'packet.decided':
      return rebuildPacket(records, event, collected, rebuilt);
    case 'case.erased':
      for (const tombstone of event.tombstones) {
        await records.store.put('cases', tombstone);
        collected.areas.set(tombstone.area_month, tombstone);
      }
      return;
    case 'upload.announced':
      return collectPointer(event, collected);
    case 'upload.received':
      collected.uploads.push(event);
      return;
    // Read from the stream of their upload, packet or case.
    case 'malware.scanned':
    case 'upload.redacted':
    case 'packet.answered':
    case 'upload.finished':
    case 'case.version':
    case 'review.opened':
    case 'review.closed':
    case 'packet.shown':
    case 'retention.completed':
    case 'retention.held':
    case 'retention.released':
    case 'retention.erasing':
    // Shown by no read model.
    case 'upload.opened':
    case 'ledger.open':
    case 'receipt.written':
    case 'notice.written':
    case 'digest.first':
    case 'packet.ocr_read':
    case 'packet.uses_text':
    case 'ocr.read':
    case 'ocr.used':
    case 'object.copying':
    case 'object.copied':
    case 'object.replaced':
    case 'registry.imported':
    case 'message.failed':
      return;
    default:
      return unknownEvent(event);
  }
}

async function rebuildPacket(
  records: RecordContext,
  decided: PacketDecided,
  { areas }: Collected,
  rebuilt: Rebuilt,
): Promise<void> {
  for (const area of await rebuildCase(records, decided)) areas.set(areaMonth(area), area);
  // Review item and notice of a packet that was decided again follow its last run.
  if ((await readDecision(records, decided.packet_id))?.run !== decided.run) return;
  if (await rebuildReview(records, decided.packet_id)) rebuilt.reviews++;
  await writeNotice(records, decided.packet_id, { keepText: true });
  rebuilt.packets++;
}

/** Announced again because the first was finished: the last announcement counts. */
function collectPointer(event: UploadAnnounced, { pointers }: Collected): void {
  const { sender, digest, name } = event;
  if (!digest) return;
  const key = pointerKey({ sender, digest, name }).upload_id;
  const existing = pointers.get(key);
  if (!existing || existing.at < event.at) pointers.set(key, event);
}

/** Rebuilds every version of a case, in order, at the first of them; at the later ones it is done already. */
async function rebuildCase(records: RecordContext, decided: PacketDecided): Promise<AreaMonth[]> {
  const versions = await versionsOf(records.store, decided);
  const index = versions.findIndex((v) => v.packet_id === decided.packet_id && v.run === decided.run);
  if (index < 0) return rebuildVersion(records, decided);
  if (index > 0) return [];
  const touched: AreaMonth[] = [];
  for (const { packet_id, run } of versions) {
    const one = (await readRuns(records, packet_id)).find((each) => each.run === run);
    if (one) touched.push(...(await rebuildVersion(records, one)));
  }
  return touched;
}

async function rebuildVersion(records: RecordContext, decided: PacketDecided): Promise<AreaMonth[]> {
  const touched = await recordCase(records, decided);
  const next = (await readRuns(records, decided.packet_id)).find(({ run }) => run === decided.run + 1);
  // The next run belongs to another person or month: this case keeps its mark.
  if (next && !isSameCase(decided, next)) touched.push(await leaveCase(records.store, decided));
  return touched;
}

/** The review item of each run that opened one, then its later state. */
async function rebuildReview(records: RecordContext, packetId: string): Promise<boolean> {
  const runs = await readRuns(records, packetId);
  let isOpened = false;
  for (const [n, run] of runs.entries()) {
    const isLast = n === runs.length - 1;
    const wasOpened = await readEvent(records.store, packetKeys.review(packetId, run.run));
    if (isLast || wasOpened) isOpened = Boolean(await openReview(records, packetId, run)) || isOpened;
    const closed = await readEvent(records.store, packetKeys.reviewClosed(packetId, run.run));
    if (closed) await showReviewClosed(records.store, closed);
  }
  return isOpened;
}

async function rebuildUpload(records: RecordContext, upload: UploadReceived): Promise<void> {
  for await (const answer of readAnswers(records, upload.upload_id)) {
    const { position, erased, outcome } = answer;
    if (erased) {
      await putErasedLine(records.store, upload, { ...answer, erased });
      continue;
    }
    const decided = await readDecision(records, answer.packet_id);
    if (!decided) throw new Error(`packet ${answer.packet_id} was answered without a decision`);
    const isRepeated = outcome === 'repeated';
    if (isRepeated) await showAgain(records, upload, position, decided);
    const verdict = await records.results.readVerdict(decided);
    await putPacketLine(records.store, upload, position, decided, verdict, isRepeated);
  }
  const finished = await readFinished(records, upload.upload_id);
  const state = await stateOf(records, upload, finished);
  await putUploadLine(records.store, upload, state, finished ?? undefined);
  if (finished) await writeReceipt(records, upload.upload_id, { keepText: true });
}
