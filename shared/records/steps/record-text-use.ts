import { ocrKeys, packetKeys } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { RecordContext } from '../store/record-context.ts';

/** Records which OCR texts a packet uses, by the sha256 of their files. Called before a text is read. */
export async function recordTextUse(
  { store, now }: Pick<RecordContext, 'store' | 'now'>,
  packet_id: string,
  digests: Iterable<string>,
): Promise<void> {
  const at = now().toISOString();
  for (const digest of new Set(digests)) {
    // The packet's side first: an erasure begins there.
    await append(store, { ...packetKeys.usesText(packet_id, digest), at, digest, packet_id });
    await append(store, { ...ocrKeys.used(digest, packet_id), at, digest, packet_id });
  }
}
