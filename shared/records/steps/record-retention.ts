import { randomBytes } from 'node:crypto';
import { type CaseId, retentionStream } from '../events/event-keys.ts';
import { append } from '../events/event-log.ts';
import type { RetentionEvent } from '../events/retention-events.ts';
import type { RecordContext } from '../store/record-context.ts';

/** A retention event as an operator enters it. */
type Entry<E> = E extends RetentionEvent ? Omit<E, 'stream' | 'seq' | 'at'> : never;

/** Appends what an operator entered about a case. Every entry is kept; the last one counts. */
export async function appendRetention(
  { store, now }: Pick<RecordContext, 'store' | 'now'>,
  id: CaseId,
  entry: Entry<RetentionEvent>,
): Promise<void> {
  const at = now().toISOString();
  const seq = `${at}#${randomBytes(4).toString('hex')}`;
  await append(store, { stream: retentionStream(id), seq, at, ...entry });
}
