import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueMessage, QueueName } from './queue-message.ts';

/** In a FIFO queue: messages of one group keep their order, and the same id within five minutes is one message. */
interface FifoPosition {
  group: string;
  deduplication: string;
}

export class MessageQueues {
  private readonly sqs: SQSClient;
  private readonly urls: Partial<Record<QueueName, string>>;

  constructor(sqs: SQSClient, urls: Partial<Record<QueueName, string>>) {
    this.sqs = sqs;
    this.urls = urls;
  }

  /**
   * Requests the summary of an area and month. One group each, so that they are computed in order.
   * @param cause differs per change: a later change must not count as a repetition of an earlier one
   */
  async requestSummary(
    { city, area, month }: { city: string; area: string; month: string },
    cause: string,
  ): Promise<void> {
    const position = {
      group: fifoName(`${city}.${area}.${month}`),
      deduplication: fifoName(`${cause}.${area}.${month}`),
    };
    await this.send('summarise', { kind: 'summary', city, area, month }, position);
  }

  /** Sends one message. @throws Error where the queue did not take it; the outbox of the event then stays */
  async send(queue: QueueName, message: QueueMessage, position?: FifoPosition): Promise<void> {
    const QueueUrl = this.urls[queue];
    if (!QueueUrl) throw new Error(`this function may not send to ${queue}`);
    await this.sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: JSON.stringify(message),
        MessageGroupId: position?.group,
        MessageDeduplicationId: position?.deduplication,
      }),
    );
  }
}

/** Characters and length SQS accepts as the name of a group or of a message. */
const fifoName = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 128);
