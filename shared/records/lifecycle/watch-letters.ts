import type { CaseId } from '../events/event-keys.ts';
import { readActs } from '../events/read-acts.ts';
import { readWatches } from '../events/read-watches.ts';
import type { ReviewEvent } from '../events/review-events.ts';
import type { CaseObject } from '../store/object-keeper.ts';
import type { RecordStore } from '../store/record-store.ts';
import { hasLetter, reviewLetterKey } from '../views/write-review-letter.ts';

/** The acts on the item of an awaited paper that a letter was written about. */
export const lettersAbout = async (store: RecordStore, watchId: string): Promise<ReviewEvent[]> =>
  (await readActs(store, watchId)).filter(hasLetter);

/** The letters to `owner` about papers that a case awaited. */
export async function watchLetters(
  store: RecordStore,
  of: CaseId,
  owners: Set<string>,
): Promise<CaseObject[]> {
  const { watches } = await readWatches(store, of);
  const objects: CaseObject[] = [];
  for (const { watch_id, opened } of watches) {
    if (opened.month !== of.month) continue;
    for (const { act } of await lettersAbout(store, watch_id))
      for (const owner of owners)
        objects.push({ bucket: 'results', key: reviewLetterKey(owner, watch_id, act) });
  }
  return objects;
}
