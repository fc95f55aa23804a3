import type { PacketStream } from '../events/read-packet.ts';
import type { UploadEvents } from '../events/read-upload.ts';
import type { ReviewItem } from '../views/review-item.ts';
import { markOf } from './open-uploads.ts';

export type LostRecord = 'DecisionLost' | 'RunsLost' | 'ActsLost' | 'AnswersLost' | 'FinishLost';

/** Events are missing from the log, as the others show: nothing makes them again. */
export class RecordsLostError extends Error {
  constructor(kind: LostRecord) {
    super(kind);
    this.name = kind;
  }
}

/** @throws RecordsLostError where the events of an upload do not add up */
export function requireWholeUpload(events: UploadEvents): void {
  const { finished, answers } = events;
  // Closed by the sweeper, which saw its end.
  if (!finished && !markOf(events)) throw new RecordsLostError('FinishLost');
  if (finished && finished.packets !== answers.length) throw new RecordsLostError('AnswersLost');
}

/**
 * @param item its review item as it was shown
 * @throws RecordsLostError where the runs or the acts of a packet have gaps
 */
export function requireWholePacket({ runs, acts }: PacketStream, item: ReviewItem | null): void {
  if (runs.some(({ run }, n) => run !== n + 1)) throw new RecordsLostError('RunsLost');
  const last = Math.max(0, item?.acts ?? 0, ...acts, ...runs.map(({ acts: known = 0 }) => known));
  if (acts.length !== last) throw new RecordsLostError('ActsLost');
}
