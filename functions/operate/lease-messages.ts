import {
  ChangeMessageVisibilityCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** Seconds to wait for a message: a short poll in the cloud asks only some of SQS's servers. */
export const LONG_POLL_SECONDS = 2;
/** Seconds for which leased messages are hidden from other readers. A killed process returns them this way. */
const LEASE_SECONDS = 300;

/** Receives the messages of a queue batch by batch, until there are no more. The caller deletes or returns them. */
export async function* leaseMessages(
  sqs: SQSClient,
  QueueUrl: string,
  waitSeconds: number,
): AsyncGenerator<Message[]> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: waitSeconds,
        VisibilityTimeout: LEASE_SECONDS,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return;
    yield Messages;
  }
}

/** Makes leased messages visible again within a second. */
export async function returnMessages(sqs: SQSClient, QueueUrl: string, messages: Message[]): Promise<void> {
  for (const { ReceiptHandle } of messages)
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: VISIBLE_SOON }),
    );
}

/** Seconds. Not 0: with it fauxqs 2.4.1 loses the message from its memory (a wrong statement on its own database). */
export const VISIBLE_SOON = 1;
