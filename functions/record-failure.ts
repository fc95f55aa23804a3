import { failureKey } from '../shared/records/events/event-keys.ts';
import type { MessageFailed } from '../shared/records/events/system-events.ts';
import { recordStore } from './aws.ts';
import { errorCode, log } from './log.ts';
import { once } from './memoize.ts';

const store = once(recordStore);

/**
 * Records why a message failed; the reason outlives the message on its queue, for the operator who finds it among the
 * dead letters. The last reason stays. Never stops the work: the message stays on its queue anyway.
 */
export async function recordFailure(failure: Omit<MessageFailed, 'stream' | 'seq' | 'type'>): Promise<void> {
  try {
    await (await store()).put('events', { ...failureKey(failure.message_id), ...failure });
  } catch (error) {
    // Failing storage is often why the message failed.
    log('error', 'failure not recorded', { message_id: failure.message_id, code: errorCode(error) });
  }
}
