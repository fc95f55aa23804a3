import { append, type DeskEvent, packetStream, readStream } from '../events/event-log.ts';
import type { CaseObject } from '../store/object-keeper.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import type { CasePacket } from './case-contents.ts';

/**
 * The text of a scanned file is kept once, under the digest of the file, for every packet that has it. Who uses it is
 * noted on both sides before it is read: with the packet the digests, with the digest the packets. So an erasure finds
 * the texts of a case without its files, and leaves those that another case still has.
 */
interface TextUsed extends DeskEvent {
  type: 'text.used' | 'ocr_text.used';
  /** sha256 of the file, hex */
  digest: string;
  packet_id: string;
}

/** Where the text of a scanned file is noted: that it is there (`ocr.read`), and who uses it. */
export const ocrStream = (digest: string): string => `ocr#${digest}`;
const TEXT = '6#text#';
const USED = '2#used#';

export async function recordTextUse(
  { store, now }: Pick<RecordContext, 'store' | 'now'>,
  packet_id: string,
  digests: Iterable<string>,
): Promise<void> {
  const at = now().toISOString();
  for (const digest of new Set(digests)) {
    const of = { at, digest, packet_id };
    // The packet's side first: an erasure begins there.
    const text = { stream: packetStream(packet_id), seq: `${TEXT}${digest}`, type: 'text.used', ...of };
    await append(store, text as TextUsed);
    const used = { stream: ocrStream(digest), seq: `${USED}${packet_id}`, type: 'ocr_text.used', ...of };
    await append(store, used as TextUsed);
  }
}

export interface TextsToErase {
  objects: CaseObject[];
  /** events that say of the texts and of their use */
  events: { stream: string; seq: string }[];
}

/** The texts that no other packet uses; of a text that another one uses, only that these used it. */
export async function textsOnlyOf(
  { store }: Pick<RecordContext, 'store'>,
  packets: Pick<CasePacket, 'packet_id' | 'events'>[],
): Promise<TextsToErase> {
  const own = new Set(packets.map(({ packet_id }) => packet_id));
  const digests = packets
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.type === 'text.used' ? [(event as TextUsed).digest] : []));
  const found: TextsToErase = { objects: [], events: [] };
  for (const digest of new Set(digests)) {
    const events = await collect(readStream<TextUsed & { key?: string }>(store, ocrStream(digest)));
    const isOthers = events.some(({ type, packet_id }) => type === 'ocr_text.used' && !own.has(packet_id));
    for (const { stream, seq, packet_id, key } of events) {
      if (isOthers && !own.has(packet_id)) continue;
      found.events.push({ stream, seq });
      if (key) found.objects.push({ bucket: 'results', key });
    }
  }
  return found;
}
