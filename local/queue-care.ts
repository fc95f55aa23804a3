import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';

/** A queue of the template with its dead letters. */
export interface StageQueue {
  /** intake, review … */
  stage: string;
  url: string;
  name: string;
  deadUrl: string;
}

/**
 * Messages that an earlier run had in its hands when it was killed are free again in a second:
 * this machine is the only reader, so nobody else can be working on them. Returns how many.
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
          // Not 0: fauxqs 2.4.1 then loses the message from its memory (a wrong statement on its own database).
          VisibilityTimeout: 1,
        }),
      );
      released++;
    }
  return released;
}

/** Messages waiting or being worked on; `dead` were set aside. */
export async function countMessages(
  sqs: SQSClient,
  queue: StageQueue,
): Promise<{ waiting: number; dead: number }> {
  const count = async (QueueUrl: string) => {
    const { Attributes: a } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    return (
      Number(a?.ApproximateNumberOfMessages ?? 0) +
      Number(a?.ApproximateNumberOfMessagesNotVisible ?? 0) +
      Number(a?.ApproximateNumberOfMessagesDelayed ?? 0)
    );
  };
  return { waiting: await count(queue.url), dead: await count(queue.deadUrl) };
}

/**
 * Moves what was set aside back to its queue: send first, delete after, so that a kill in between doubles a message
 * (harmless) and never loses one. Returns how many.
 */
export async function redrive(sqs: SQSClient, queue: StageQueue): Promise<number> {
  let moved = 0;
  for (;;) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queue.deadUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (!Messages?.length) return moved;
    for (const message of Messages) {
      const group = message.Attributes?.MessageGroupId;
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: queue.url,
          MessageBody: message.Body!,
          ...(group && { MessageGroupId: group, MessageDeduplicationId: `redrive.${message.MessageId}` }),
        }),
      );
      await sqs.send(
        new DeleteMessageCommand({ QueueUrl: queue.deadUrl, ReceiptHandle: message.ReceiptHandle! }),
      );
      moved++;
    }
  }
}
