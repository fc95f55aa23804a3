import { type DeskEvent, packetStream, readEvent } from '../events/event-log.ts';
import type { CaseErased } from '../lifecycle/erase-case.ts';
import {
  type AreaMonth,
  areaMonth,
  isSameCase,
  leaveCase,
  recordCase,
  versionsOf,
} from '../steps/record-case.ts';
import { type PacketDecided, readDecision, readRuns } from '../steps/record-packet.ts';
import {
  pointerOf,
  readAnswers,
  readFinished,
  showAgain,
  stateOf,
  type UploadAnnounced,
  type UploadReceived,
} from '../steps/record-upload.ts';
import type { RecordContext } from '../store/record-context.ts';
import { recomputeSummary } from '../views/area-summary.ts';
import { openReview, reviewSeq } from '../views/review-item.ts';
import { putErasedLine, putPacketLine, putUploadLine } from '../views/submission.ts';
import { writeNotice, writeReceipt } from '../views/write-notice.ts';

export interface Rebuilt {
  uploads: number;
  packets: number;
  reviews: number;
  areas: number;
}

/**
 * Makes every read model again from the events and the verdicts they point to: cases, review items, notices, receipts,
 * lists and summaries. What is there already stays as it is; what was lost comes back. Can be run while the desk works.
 */
export async function rebuild(records: RecordContext, events: AsyncIterable<DeskEvent>): Promise<Rebuilt> {
  const touched = new Map<string, AreaMonth>();
  const rebuilt: Rebuilt = { uploads: 0, packets: 0, reviews: 0, areas: 0 };
  const uploads: UploadReceived[] = [];
  const pointers = new Map<string, { upload_id: string; part: string; points_to: string; at: string }>();
  for await (const event of events) {
    if (event.type === 'packet.decided') {
      const decided = event as PacketDecided;
      for (const at of await rebuildCase(records, decided)) touched.set(areaMonth(at), at);
      // Of a packet that was decided again, review item and notice follow its last run.
      if ((await readDecision(records, decided.packet_id))?.run !== decided.run) continue;
      if (await rebuildReview(records, decided.packet_id)) rebuilt.reviews++;
      await writeNotice(records, decided.packet_id, { keepText: true });
      rebuilt.packets++;
    } else if (event.type === 'case.erased') {
      for (const stone of (event as CaseErased).tombstones) {
        await records.store.put('cases', stone);
        touched.set(stone.area_month, stone);
      }
    } else if (event.type === 'upload.announced') {
      const { office, digest, name, at, upload_id } = event as UploadAnnounced;
      if (!digest) continue;
      const pointer = pointerOf({ office, digest, name });
      const known = pointers.get(pointer.upload_id);
      // Announced again because the first was finished: the last one counts.
      if (!known || known.at < at) pointers.set(pointer.upload_id, { ...pointer, points_to: upload_id, at });
    } else if (event.type === 'upload.received') uploads.push(event as UploadReceived);
  }
  for (const { at, ...pointer } of pointers.values()) await records.store.put('submissions', pointer);
  for (const upload of uploads) {
    await rebuildUpload(records, upload);
    rebuilt.uploads++;
  }
  for (const at of touched.values()) await recomputeSummary(records.store, at, records.now());
  return { ...rebuilt, areas: touched.size };
}

/** Every version of a case in the order in which they came, when its first one is met; the later ones find it done. */
async function rebuildCase(records: RecordContext, decided: PacketDecided): Promise<AreaMonth[]> {
  const versions = await versionsOf(records.store, decided);
  const place = versions.findIndex((v) => v.packet_id === decided.packet_id && v.run === decided.run);
  if (place < 0) return rebuildVersion(records, decided);
  if (place > 0) return [];
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
  // The next run belongs to another person or month: this place keeps its mark.
  if (next && !isSameCase(decided, next)) touched.push(await leaveCase(records.store, decided));
  return touched;
}

/** The item of each run that opened one, then what became of it. */
async function rebuildReview(records: RecordContext, packetId: string): Promise<boolean> {
  const runs = await readRuns(records, packetId);
  let isOpened = false;
  for (const [n, run] of runs.entries()) {
    const isLast = n === runs.length - 1;
    const wasOpened = await readEvent(records.store, packetStream(packetId), reviewSeq(run.run));
    if (isLast || wasOpened) isOpened = Boolean(await openReview(records, packetId, run)) || isOpened;
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
