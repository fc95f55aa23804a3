import type { Packet } from '../../packet/packet.ts';
import type { ReadDocument } from '../document.ts';
import { quarantineWholeFiles } from '../quarantine.ts';
import type { OcrTexts } from './ocr-text.ts';
import { awaitsOcr } from './unread-image.ts';

/** The documents, with unread images replaced by their OCR texts where there are any. */
export async function withOcr(
  packet: Packet,
  documents: ReadDocument[],
  scans: OcrTexts | undefined,
): Promise<ReadDocument[]> {
  if (!scans || !documents.some(awaitsOcr)) return documents;
  await scans.readNow?.(packet, documents);
  // Loaded only when there is a picture: recognising forms is heavy, and most packets have none.
  const { applyOcr } = await import('./apply-ocr.ts');
  return quarantineWholeFiles(await applyOcr(documents, scans));
}
