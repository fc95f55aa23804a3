import type { OcrTexts } from '../documents/ocr/ocr-text.ts';
import { openUpload } from '../packet/open-upload.ts';
import type { Packet } from '../packet/packet.ts';
import { DEFAULT_LIMITS } from '../packet/upload-limits.ts';
import type { UploadSource } from '../packet/upload-source.ts';
import { splitUpload } from './split-upload.ts';

/**
 * Lends the packet of an upload whose contents have this digest; null where none has. The upload must stay in its
 * place, and its parts can be read, until `use` has ended.
 * @param texts what OCR read so far of scans beside it; absent: its own papers alone
 */
export async function withPacket<T>(
  source: UploadSource,
  digest: string,
  use: (packet: Packet) => Promise<T>,
  texts?: OcrTexts,
): Promise<T | null> {
  // The parts can be read until the loop is left: not before `use` has ended.
  for (const identity of ['contents', 'name'] as const) {
    const upload = await openUpload(source, DEFAULT_LIMITS, identity);
    for await (const { packet } of splitUpload(upload, new Set(), texts))
      if (packet?.digest === digest) return await use(packet);
  }
  return null;
}

/** The packets of an upload that are beside scans of no one, with what joined them out of these. */
export async function* packetsBesideScans(
  source: UploadSource,
  texts: OcrTexts | undefined,
): AsyncGenerator<{ packet: Packet; number: number }> {
  for await (const { packet, number } of splitUpload(await openUpload(source), new Set(), texts))
    if (packet?.beside) yield { packet, number };
}
