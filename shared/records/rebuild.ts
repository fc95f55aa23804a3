import { recomputeSummary } from './area-summary.ts';
import { type AreaMonth, areaMonth, isSameCase, leaveCase, recordCase } from './case-record.ts';
import type { DeskRecords } from './desk-records.ts';
import type { CaseErased } from './erase-case.ts';
import type { DeskEvent } from './event-log.ts';
import { type PacketDecided, readDecision, readRuns } from './record-packet.ts';
import { type PacketAnswered, readAnswers, readFinished, type UploadReceived } from './record-upload.ts';
import { openReview } from './review-item.ts';
import { putErasedLine, putPacketLine, putUploadLine } from './submission.ts';
import { writeNotice, writeReceipt } from './write-notice.ts';

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
export async function rebuild(records: DeskRecords, events: AsyncIterable<DeskEvent>): Promise<Rebuilt> {
  const touched = new Map<string, AreaMonth>();
  const rebuilt: Rebuilt = { uploads: 0, packets: 0, reviews: 0, areas: 0 };
  const uploads: UploadReceived[] = [];
  for await (const event of events) {
    if (event.type === 'packet.decided') {
      const decided = event as PacketDecided;
      for (const at of await rebuildCase(records, decided)) touched.set(areaMonth(at), at);
      // Of a packet that was decided again, review item and notice follow its last run.
      if ((await readDecision(records, decided.packet_id))?.run !== decided.run) continue;
      if (await openReview(records, decided.packet_id)) rebuilt.reviews++;
      await writeNotice(records, decided.packet_id, { keepText: true });
      rebuilt.packets++;
    } else if (event.type === 'case.erased') {
      for (const stone of (event as CaseErased).stones) {
        await records.store.put('cases', stone);
        touched.set(stone.area_month, stone);
      }
    } else if (event.type === 'upload.received') uploads.push(event as UploadReceived);
  }
  for (const upload of uploads) {
    await rebuildUpload(records, upload);
    rebuilt.uploads++;
  }
  for (const at of touched.values()) await recomputeSummary(records.store, at, records.now());
  return { ...rebuilt, areas: touched.size };
}

async function rebuildCase(records: DeskRecords, decided: PacketDecided): Promise<AreaMonth[]> {
  const touched = await recordCase(records, decided);
  const next = (await readRuns(records, decided.packet_id)).find(({ run }) => run === decided.run + 1);
  // The next run belongs to another person or month: this place keeps its mark.
  if (next && !isSameCase(decided, next)) touched.push(await leaveCase(records.store, decided));
  return touched;
}

async function rebuildUpload(records: DeskRecords, upload: UploadReceived): Promise<void> {
  for await (const answer of readAnswers(records, upload.upload_id)) {
    const { ordinal, erased, outcome } = answer;
    if (erased) {
      await putErasedLine(records.store, upload, { ...answer, erased });
      continue;
    }
    const decided = await answeredWith(records, answer);
    const verdict = await records.outbox.readVerdict(decided);
    await putPacketLine(records.store, upload, ordinal, decided, verdict, outcome === 'repeated');
  }
  const finished = await readFinished(records, upload.upload_id);
  await putUploadLine(records.store, upload, finished ? 'finished' : 'received', finished ?? undefined);
  if (finished) await writeReceipt(records, upload.upload_id, { keepText: true });
}

/** A packet's own line shows its last run; a repeated one what was decided when it was answered. */
async function answeredWith(
  records: DeskRecords,
  { packet_id, outcome, at }: PacketAnswered,
): Promise<PacketDecided> {
  const runs = await readRuns(records, packet_id);
  const then = outcome === 'repeated' ? runs.filter((run) => run.at <= at) : runs;
  const decided = then.at(-1) ?? runs[0];
  if (!decided) throw new Error(`packet ${packet_id} was answered without a decision`);
  return decided;
}
