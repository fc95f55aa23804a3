import { recomputeSummary } from './area-summary.ts';
import { type AreaMonth, areaMonth, recordCase } from './case-record.ts';
import type { DeskRecords } from './desk-records.ts';
import type { DeskEvent } from './event-log.ts';
import { type PacketDecided, readDecision } from './record-packet.ts';
import { readAnswers, readFinished, type UploadReceived } from './record-upload.ts';
import { openReview } from './review-item.ts';
import { putPacketLine, putUploadLine } from './submission.ts';
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
      for (const at of await recordCase(records, decided)) touched.set(areaMonth(at), at);
      if (await openReview(records, decided.packet_id)) rebuilt.reviews++;
      await writeNotice(records, decided.packet_id);
      rebuilt.packets++;
    } else if (event.type === 'upload.received') uploads.push(event as UploadReceived);
  }
  for (const upload of uploads) {
    await rebuildUpload(records, upload);
    rebuilt.uploads++;
  }
  for (const at of touched.values()) await recomputeSummary(records.store, at, records.now());
  return { ...rebuilt, areas: touched.size };
}

async function rebuildUpload(records: DeskRecords, upload: UploadReceived): Promise<void> {
  for await (const { ordinal, packet_id, outcome } of readAnswers(records, upload.upload_id)) {
    const decided = (await readDecision(records, packet_id))!;
    const verdict = await records.outbox.readVerdict(decided);
    await putPacketLine(records.store, upload, ordinal, decided, verdict, outcome === 'repeated');
  }
  const finished = await readFinished(records, upload.upload_id);
  await putUploadLine(records.store, upload, finished ? 'finished' : 'received', finished ?? undefined);
  if (finished) await writeReceipt(records, upload.upload_id);
}
