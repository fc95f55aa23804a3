import { DeleteMessageCommand, type Message, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { leaseMessages, returnMessages } from './lease-messages.ts';
import type { StageQueue } from './stage-queue.ts';

export interface RedriveOptions {
  /** only this message */
  messageId?: string;
  /** LONG_POLL_SECONDS in the cloud, and where another reader may have just looked */
  waitSeconds?: number;
  /** bodies of messages that are on the queue already */
  queued?: Iterable<string>;
}

/**
 * Moves dead letters back to their queue and returns how many. Sends first and deletes after: a kill in between doubles
 * a message (harmless) and never loses one. Of equal messages one is moved: every step is done once anyway.
 */
export async function redrive(
  sqs: SQSClient,
  queue: StageQueue,
  { messageId, waitSeconds = 0, queued = [] }: RedriveOptions = {},
): Promise<number> {
  let moved = 0;
  const sent = new Set(queued);
  const others: Message[] = [];
  try {
    for await (const messages of leaseMessages(sqs, queue.deadUrl, waitSeconds)) {
      const selected = messageId ? messages.filter((message) => message.MessageId === messageId) : messages;
      others.push(...messages.filter((message) => !selected.includes(message)));
      for (const message of selected) {
        if (!sent.has(message.Body!)) {
          await resend(sqs, queue, message);
          moved++;
        }
        sent.add(message.Body!);
        await sqs.send(
          new DeleteMessageCommand({ QueueUrl: queue.deadUrl, ReceiptHandle: message.ReceiptHandle! }),
        );
      }
      if (messageId && moved > 0) break;
    }
  } finally {
    await returnMessages(sqs, queue.deadUrl, others);
  }
  return moved;
}

async function resend(sqs: SQSClient, queue: StageQueue, message: Message): Promise<void> {
  const group = message.Attributes?.MessageGroupId;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queue.url,
      MessageBody: message.Body!,
      ...(group && { MessageGroupId: group, MessageDeduplicationId: `redrive.${message.MessageId}` }),
    }),
  );
}
