import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { sqsClient } from './aws.ts';
import { errorCode, log } from './log.ts';
import { once } from './memoize.ts';

/**
 * Seconds until a failed message is delivered again, by its tries so far. Most faults pass in seconds; the last tries
 * have long pauses, so that an outage of some minutes makes no dead letters.
 */
const RETRY_AFTER_SECONDS = [1, 2, 4, 30, 120, 480, 900];

const client = once(sqsClient);

/**
 * Returns a failed message to its queue soon. Without this it stays hidden for the visibility timeout of the queue, six
 * times that of the function, up to 90 minutes. Never stops the work: without an answer of SQS the timeout holds.
 */
export async function retrySoon(
  { messageId, receiptHandle, eventSourceARN, attributes }: SQSRecord,
  sqs: () => SQSClient | Promise<SQSClient> = client,
): Promise<void> {
  const QueueUrl = queueUrl(eventSourceARN);
  if (!QueueUrl) return;
  const tries = Number(attributes?.ApproximateReceiveCount ?? 1);
  const VisibilityTimeout = RETRY_AFTER_SECONDS[tries - 1] ?? RETRY_AFTER_SECONDS.at(-1)!;
  try {
    await (await sqs()).send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout }),
    );
  } catch (error) {
    log('warn', 'message not returned', { message_id: messageId, code: errorCode(error) });
  }
}

/** `arn:aws:sqs:<region>:<account>:<name>` → the address of the queue; null for another ARN */
function queueUrl(arn: string | undefined): string | null {
  const [, , service, region, account, name] = (arn ?? '').split(':');
  return service === 'sqs' && name ? `https://sqs.${region}.amazonaws.com/${account}/${name}` : null;
}
