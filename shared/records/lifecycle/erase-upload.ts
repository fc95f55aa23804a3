import { uploadStream } from '../events/event-keys.ts';
import { readRedaction } from '../events/read-upload.ts';
import type { UploadReceived } from '../events/upload-events.ts';
import { copiesOf } from '../steps/record-copy.ts';
import type { CaseObject, ObjectKeeper } from '../store/object-keeper.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';
import { ERASED, type PacketLine, packetPart, putErasedLine } from '../views/packet-line.ts';
import { pointerKey } from '../views/upload-line.ts';
import { progressMonth } from '../views/upload-progress.ts';
import { receiptKey, writeReceipt } from '../views/write-receipt.ts';
import { auditOf } from './audit.ts';
import { type CaseContents, type CaseUpload, inboxObject } from './case-contents.ts';
import { removeAudit, removeLines, removeStream } from './remove-items.ts';

type Pointer = ReturnType<typeof pointerKey>;

/** Erases an upload with no other case in it, with everything stored about it. */
export async function eraseUpload(
  records: RecordContext,
  keeper: ObjectKeeper,
  upload: CaseUpload,
): Promise<void> {
  const { store } = records;
  const { upload_id } = upload.received;
  await eraseReceipt(keeper, upload.received);
  await removeLines(store, upload_id);
  await store.remove('progress', { month: progressMonth(upload.received), upload_id });
  for (const digest of upload.digests) await removeStream(store, digest);
  await removeAudit(store, auditOf.upload(upload_id));
  for (const { stream, seq } of await copiesOf(records, upload.received))
    await store.remove('events', { stream, seq });
  await removeStream(store, uploadStream(upload_id));
}

/** Takes the packets of a case out of the line, the answers and the receipt of an upload that other cases still need. */
export async function scrubUpload(
  records: RecordContext,
  keeper: ObjectKeeper,
  upload: CaseUpload,
  packets: string[],
): Promise<void> {
  const { store } = records;
  const { upload_id } = upload.received;
  for (const answer of upload.answers.filter((one) => packets.includes(one.packet_id) && !one.erased)) {
    const part = packetPart(answer.position);
    const line = await store.get<PacketLine>('submissions', { upload_id, part });
    if (!line) continue;
    const { decision, ledger, office_number } = line;
    const erased = { decision, ledger, office_number };
    await putErasedLine(store, upload.received, { ...answer, erased });
    await store.put('events', { ...answer, packet: ERASED, erased });
  }
  // Otherwise the same bytes would be answered from what was erased.
  for (const digest of upload.digests) await removeStream(store, digest);
  await eraseReceipt(keeper, upload.received);
  await writeReceipt(records, upload_id, { again: true });
}

export const receiptOf = ({ received }: Pick<CaseUpload, 'received'>): CaseObject => ({
  bucket: 'results',
  key: receiptKey(received.sender, received.upload_id),
});

/** A receipt that is in one object with a notice is erased with the objects of the case. */
const eraseReceipt = (keeper: ObjectKeeper, received: UploadReceived) =>
  keeper.erase(receiptOf({ received }));

/** The pointers to the uploads of a case: their keys carry the files' names. */
export async function pointersOf(
  records: RecordContext,
  contents: CaseContents,
  keeper: ObjectKeeper,
): Promise<Pointer[]> {
  const pointers: Pointer[] = [];
  for (const { received, isWhole } of contents.uploads) {
    if (!isWhole) continue;
    // Announced with the bytes that came; files may have been taken out since.
    const redaction = await readRedaction(records, received.upload_id);
    const digest = redaction?.digest ?? (await keeper.digest(inboxObject(received)));
    if (digest) pointers.push(pointerKey({ ...received, digest }));
  }
  return pointers;
}

export async function erasePointers(store: RecordStore, pointers: Pointer[]): Promise<void> {
  for (const pointer of pointers) await store.remove('submissions', pointer);
}
