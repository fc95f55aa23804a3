import { isEvent } from '../events/event.ts';
import { ocrKeys } from '../events/event-keys.ts';
import { readRange } from '../events/event-log.ts';
import type { CaseObject } from '../store/object-keeper.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import type { CasePacket } from './case-contents.ts';

export interface TextsToErase {
  objects: CaseObject[];
  /** events about the texts and about their use */
  events: { stream: string; seq: string }[];
}

/** The OCR texts no other packet uses; of a text another packet uses too, only the use by these. */
export async function textsOnlyOf(
  { store }: Pick<RecordContext, 'store'>,
  packets: Pick<CasePacket, 'packet_id' | 'events'>[],
): Promise<TextsToErase> {
  const own = new Set(packets.map(({ packet_id }) => packet_id));
  const uses = packets.flatMap(({ events }) => events).filter(isEvent('packet.uses_text'));
  const found: TextsToErase = { objects: [], events: [] };
  for (const digest of new Set(uses.map((one) => one.digest))) {
    const events = await collect(readRange(store, ocrKeys.every(digest)));
    const isShared = events.some((event) => event.type === 'ocr.used' && !own.has(event.packet_id));
    for (const event of events) {
      if (isShared && !(event.type === 'ocr.used' && own.has(event.packet_id))) continue;
      found.events.push({ stream: event.stream, seq: event.seq });
      if (event.type === 'ocr.read') found.objects.push({ bucket: 'results', key: event.key });
    }
  }
  return found;
}
