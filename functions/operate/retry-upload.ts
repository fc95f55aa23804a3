import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { uploadKeys } from '../../shared/records/events/event-keys.ts';
import type { OperateDependencies } from './dependencies.ts';

/**
 * Lets the sweeper look at an upload at once: it restarts whatever step is past its deadline.
 * @returns false: nothing of the upload is open
 */
export async function retryUpload(
  { store, sqs, queues, now }: Pick<OperateDependencies, 'store' | 'sqs' | 'queues' | 'now'>,
  uploadId: string,
): Promise<boolean> {
  const at = now().toISOString();
  let isOpen = false;
  for (const { stream, seq } of [uploadKeys.received(uploadId), uploadKeys.announced(uploadId)]) {
    const change = {
      expression: 'SET look_at = :at, retries = :none',
      names: { '#open': 'open' },
      values: { ':at': at, ':none': 0 },
    };
    isOpen = (await store.update('events', { stream, seq }, change, 'attribute_exists(#open)')) || isOpen;
  }
  const sweep = queues.find(({ stage }) => stage === 'sweep')!;
  if (isOpen)
    await sqs.send(new SendMessageCommand({ QueueUrl: sweep.url, MessageBody: '{"kind":"sweep"}' }));
  return isOpen;
}
