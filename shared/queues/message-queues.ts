import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { sha256 } from '../text/digest.ts';
import type { QueueMessage, QueueName } from './queue-message.ts';

/** In a FIFO queue: messages of one group keep their order, and the same id within five minutes is one message. */
interface FifoPosition {
  group: string;
  deduplication: string;
}

/** A message that waits for its batch, and for everyone who sent it. */
interface Waiting {
  entry: SendMessageBatchRequestEntry;
  sent: PromiseWithResolvers<void>;
}

/** Messages by their bodies, and the timer that sends them at the latest. */
interface Batch {
  messages: Map<string, Waiting>;
  timer: NodeJS.Timeout;
}

/** The most messages SQS takes at once. */
const MOST = 10;
const WAIT_MS = 50;
/** Of work that sends many. */
const GATHER_MS = 2000;

/** Sends messages in batches: packets that are recorded at the same time share a request. */
export class MessageQueues {
  private readonly sqs: SQSClient;
  private readonly urls: Partial<Record<QueueName, string>>;
  private readonly waitMs: number;
  private readonly gatherMs: number;
  private readonly waiting = new Map<string, Batch>();
  private gathers = 0;
  private hurries = 0;

  /**
   * @param waitMs how long the first message of a batch waits for others
   * @param gatherMs the same as long as work gathers them
   */
  constructor(
    sqs: SQSClient,
    urls: Partial<Record<QueueName, string>>,
    waitMs = WAIT_MS,
    gatherMs = GATHER_MS,
  ) {
    this.sqs = sqs;
    this.urls = urls;
    this.waitMs = waitMs;
    this.gatherMs = gatherMs;
  }

  /**
   * Requests the summary of an area and month. One group each, so that they are computed in order. Requests that wait for
   * the same batch are one: what they are about is stored already.
   * @param cause differs per change: a later change must not count as a repetition of an earlier one
   */
  requestSummary(
    { city, area, month }: { city: string; area: string; month: string },
    cause: string,
  ): Promise<void> {
    const position = {
      group: fifoName(city, area, month),
      deduplication: fifoName(cause, city, area, month),
    };
    return this.send('summarise', { kind: 'summary', city, area, month }, position);
  }

  /**
   * Sends one message; ends when the queue has taken it. The same message in one batch is sent once.
   * @throws Error where the queue did not take it; the outbox of the event then stays
   */
  async send(queue: QueueName, message: QueueMessage, position?: FifoPosition): Promise<void> {
    const url = this.urls[queue];
    if (!url) throw new Error(`this function may not send to ${queue}`);
    const body = JSON.stringify(message);
    const batch = this.waiting.get(url) ?? this.begin(url);
    const { messages } = batch;
    const existing = messages.get(body);
    if (existing) return existing.sent.promise;
    const entry = {
      Id: String(messages.size),
      MessageBody: body,
      MessageGroupId: position?.group,
      MessageDeduplicationId: position?.deduplication,
    };
    const waiting = { entry, sent: Promise.withResolvers<void>() };
    messages.set(body, waiting);
    if (messages.size === MOST) void this.flush(url, batch);
    return waiting.sent.promise;
  }

  /** As long as this work runs, batches are filled: its messages come one by one, and it hurries where it waits for one. */
  async gather<T>(work: () => Promise<T>): Promise<T> {
    this.gathers++;
    try {
      return await work();
    } finally {
      this.gathers--;
    }
  }

  /** As long as this work runs, no batch waits for more messages: none follow that could share it. */
  async hurry<T>(work: () => Promise<T>): Promise<T> {
    this.hurries++;
    for (const [url, batch] of this.waiting) void this.flush(url, batch);
    try {
      return await work();
    } finally {
      this.hurries--;
    }
  }

  private begin(url: string): Batch {
    const timer = setTimeout(() => void this.flush(url, batch), this.pause());
    const batch: Batch = { messages: new Map(), timer };
    this.waiting.set(url, batch);
    return batch;
  }

  /** How long a batch that begins now waits for others, ms. */
  private pause(): number {
    if (this.hurries > 0) return 0;
    return this.gathers > 0 ? this.gatherMs : this.waitMs;
  }

  private async flush(url: string, batch: Batch): Promise<void> {
    if (this.waiting.get(url) === batch) this.waiting.delete(url);
    else return;
    clearTimeout(batch.timer);
    const messages = [...batch.messages.values()];
    try {
      const Entries = messages.map(({ entry }) => entry);
      const { Failed = [] } = await this.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
      const failed = new Map(Failed.map(({ Id, Code }) => [Id, Code]));
      for (const { entry, sent } of messages)
        if (failed.has(entry.Id))
          sent.reject(new Error(`a queue refused a message: ${failed.get(entry.Id)}`));
        else sent.resolve();
    } catch (error) {
      for (const { sent } of messages) sent.reject(error);
    }
  }
}

/** The name of a group or of a message: SQS takes ASCII of 128 letters at most, and keys of areas are free text. */
const fifoName = (...parts: string[]): string => sha256(JSON.stringify(parts));
