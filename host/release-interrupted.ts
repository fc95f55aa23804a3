import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';
import { VISIBLE_SOON } from '../functions/operate/lease-messages.ts';
import type { StageQueue } from '../functions/operate/stage-queue.ts';

/**
 * Makes messages that a killed run had in flight visible again within a second. Safe because this machine is the only
 * reader of its queues. Returns how many.
 */
export async function releaseInterrupted(
  sqs: SQSClient,
  fauxqs: FauxqsServer,
  queues: StageQueue[],
): Promise<number> {
  let released = 0;
  for (const { name, url } of queues)
    for (const { receiptHandle } of fauxqs.inspectQueue(name)?.messages.inflight ?? []) {
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: VISIBLE_SOON,
        }),
      );
      released++;
    }
  return released;
}
