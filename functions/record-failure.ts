import { failureKey } from '../shared/records/events/event-keys.ts';
import type { MessageFailed } from '../shared/records/events/system-events.ts';
import { recordStore } from './aws.ts';
import { once } from './memoize.ts';

const store = once(recordStore);

/**
 * Puts down why a message failed, beside the message and outliving it on its queue: whoever finds it among the dead
 * letters reads its reason here. The last reason stands. Never stops the work: the message stays on its queue anyway.
 */
export async function recordFailure(failure: Omit<MessageFailed, 'stream' | 'seq' | 'type'>): Promise<void> {
  try {
    await (await store()).put('events', { ...failureKey(failure.message_id), ...failure });
  } catch {
    // The log line of the failure is there; storage that fails is often why the message failed.
  }
}
