import { type CaseId, packetStream, watchKeys } from '../events/event-keys.ts';
import { readRange } from '../events/event-log.ts';
import { foldWatches } from '../events/read-watches.ts';
import type { WatchEvent } from '../events/watch-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { reviewLetterId } from '../views/write-review-letter.ts';
import { removeStream } from './remove-items.ts';
import { lettersAbout } from './watch-letters.ts';

/**
 * Erases what a case opened of the awaited papers, with the review items raised for them. What it closed of another
 * month stays closed: that event keeps its rules and loses its packet and office. Interrupted and repeated, it resumes.
 */
export async function eraseWatches({ store }: RecordContext, of: CaseId): Promise<void> {
  const events = await collect(readRange(store, watchKeys.every(of)));
  const own = events.filter((event) => event.type === 'watch.recorded' && event.month === of.month);
  if (own.length === 0) return;
  const kept = events.filter((event) => !own.includes(event));
  const staying = foldWatches([...kept, ...own.map(withoutOpening)]);
  const stays = new Set(staying.map(({ watch_id }) => watch_id));
  const gone = foldWatches(events).filter(({ watch_id }) => !stays.has(watch_id));
  for (const { watch_id } of gone) {
    await store.remove('reviews', { packet_id: watch_id });
    await store.remove('watches', { watch_id });
    for (const { act } of await lettersAbout(store, watch_id))
      await store.remove('notices', { notice_id: reviewLetterId(watch_id, act) });
    // how a person ended its review
    await removeStream(store, packetStream(watch_id));
    for (const event of kept)
      if (event.type !== 'watch.recorded' && event.watch_id === watch_id)
        await store.remove('events', { stream: event.stream, seq: event.seq });
  }
  // Last of all: until now a second attempt finds what the case opened.
  const closing = new Set(staying.map(({ closed_by }) => closed_by?.seq));
  for (const event of own)
    if (closing.has(event.seq)) await store.put('events', withoutOpening(event));
    else await store.remove('events', { stream: event.stream, seq: event.seq });
}

const withoutOpening = (event: WatchEvent): WatchEvent =>
  event.type === 'watch.recorded' ? { ...event, opens: [], packet_id: '', office: '', area: '' } : event;
