import { OCR_EDITION } from '../../documents/ocr/ocr-text.ts';
import { ocrKeys, packetKeys } from '../events/event-keys.ts';
import { readEvent, readRange } from '../events/event-log.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { PacketLine } from './packet-line.ts';

/** Reading the pictures of a packet: its files with pictures, and how many of them have been begun. */
export interface PictureProgress {
  files: number;
  begun: number;
}

/** Null: no picture of the packet waits to be read, so that its decision is the last one. */
export async function pictureProgress(
  store: RecordStore,
  { packet_id, awaits_ocr }: Pick<PacketLine, 'packet_id' | 'awaits_ocr'>,
): Promise<PictureProgress | null> {
  if (!awaits_ocr || (await readEvent(store, packetKeys.ocrRead(packet_id)))) return null;
  const progress = { files: 0, begun: 0 };
  for await (const { digest } of readRange(store, packetKeys.everyText(packet_id))) {
    progress.files++;
    if (await readEvent(store, ocrKeys.read(digest, OCR_EDITION))) progress.begun++;
  }
  return progress;
}
