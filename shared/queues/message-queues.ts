import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueMessage, QueueName } from './queue-message.ts';

/** In a FIFO queue: messages of one group keep their order, and the same id within five minutes is one message. */
export interface FifoPlace {
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
   * Asks for the summary of an area and month. One group each, so that they are made in order;
   * `because` differs per cause, since a later change must not be taken for a repetition of an earlier one.
   */
  async requestSummary(at: { city: string; area: string; month: string }, because: string): Promise<void> {
    const { city, area, month } = at;
    const place = {
      group: fifoName(`${city}.${area}.${month}`),
      deduplication: fifoName(`${because}.${area}.${month}`),
    };
    await this.send('summarise', { kind: 'summary', city, area, month }, place);
  }

  /** Sends one message. Throws when the queue has not taken it; the outbox then stays where it is. */
  async send(queue: QueueName, message: QueueMessage, place?: FifoPlace): Promise<void> {
    const QueueUrl = this.urls[queue];
    if (!QueueUrl) throw new Error(`this function may not send to ${queue}`);
    await this.sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: JSON.stringify(message),
        MessageGroupId: place?.group,
        MessageDeduplicationId: place?.deduplication,
      }),
    );
  }
}

/** What SQS takes as the name of a group or of a message. */
const fifoName = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 128);
