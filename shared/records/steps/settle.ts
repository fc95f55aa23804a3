import { type UnsentEvent, unknownEvent } from '../events/event.ts';
import type { RecordContext } from '../store/record-context.ts';
import { settleWatch } from './raise-watch.ts';
import { settleAct } from './settle-act.ts';
import { settlePacket } from './settle-packet.ts';
import { settleWithdrawal } from './withdraw-case.ts';

/** Sends what the outbox of an event still lists: the same steps, from where they stopped. */
export async function settle(records: RecordContext, event: UnsentEvent): Promise<void> {
  switch (event.type) {
    case 'packet.decided':
      return settlePacket(records, event);
    case 'watch.raised':
      return settleWatch(records, event);
    case 'review.answered':
    case 'review.received':
    case 'review.advised':
    case 'review.file_removed':
    case 'review.closed':
      return settleAct(records, event);
    case 'case.withdrawn':
      return settleWithdrawal(records, event);
    case 'upload.redacted':
      return records.queues.send('intake', { kind: 'upload', upload_id: event.upload_id });
    default:
      return unknownEvent(event);
  }
}
