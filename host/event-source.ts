import { addAbortListener } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

export interface EventSource {
  queueUrl: string;
  queueArn: string;
  batchSize: number;
  /** batches processed at the same time */
  concurrency: number;
  partialFailures: boolean;
  handler: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;
  /** false: no message is received for now */
  mayReceive?: () => Promise<boolean>;
}

/** Pause before `mayReceive` is asked again. */
const RECHECK_MS = 2000;

/**
 * Emulates Lambda's event source mapping: receives a batch, calls the handler, deletes what succeeded. Failed messages
 * stay hidden on the queue as long as the function (functions/retry-soon.ts) or the visibility timeout says; the queue
 * itself moves them to its dead-letter queue.
 */
export function pollQueue(sqs: SQSClient, source: EventSource, stopping: AbortSignal): Promise<unknown> {
  const poll = async () => {
    while (!stopping.aborted) {
      if (source.mayReceive && !(await source.mayReceive())) {
        await sleep(RECHECK_MS, undefined, { signal: stopping }).catch(() => {});
        continue;
      }
      const messages = await receive(sqs, source, stopping);
      if (messages.length > 0) await processBatch(sqs, source, messages);
    }
  };
  return Promise.all(Array.from({ length: source.concurrency }, poll));
}

async function receive(sqs: SQSClient, source: EventSource, stopping: AbortSignal): Promise<Message[]> {
  const stopped = Promise.withResolvers<{ Messages?: Message[] }>();
  const listener = addAbortListener(stopping, () => stopped.resolve({}));
  try {
    const command = new ReceiveMessageCommand({
      QueueUrl: source.queueUrl,
      MaxNumberOfMessages: source.batchSize,
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['All'],
    });
    const received = await Promise.race([sqs.send(command, { abortSignal: stopping }), stopped.promise]);
    return received.Messages ?? [];
  } catch (error) {
    if (!stopping.aborted) {
      process.stderr.write(`キューを読めません: ${error instanceof Error ? error.message : error}\n`);
      await sleep(1000);
    }
    return [];
  } finally {
    listener[Symbol.dispose]();
  }
}

async function processBatch(sqs: SQSClient, source: EventSource, messages: Message[]): Promise<void> {
  const failed = await failedIds(source, messages);
  const succeeded = messages.filter((message) => !failed.has(message.MessageId!));
  if (succeeded.length > 0)
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: source.queueUrl,
        Entries: succeeded.map((message, n) => ({ Id: String(n), ReceiptHandle: message.ReceiptHandle! })),
      }),
    );
}

/** The whole batch when the handler throws; without partial failures, otherwise none. */
async function failedIds(source: EventSource, messages: Message[]): Promise<Set<string>> {
  try {
    const response = await source.handler(sqsEvent(source, messages));
    if (!source.partialFailures) return new Set();
    return new Set(response?.batchItemFailures.map((failure) => failure.itemIdentifier) ?? []);
  } catch {
    return new Set(messages.map((message) => message.MessageId!));
  }
}

const sqsEvent = (source: EventSource, messages: Message[]): SQSEvent => ({
  Records: messages.map((message) => ({
    messageId: message.MessageId!,
    receiptHandle: message.ReceiptHandle!,
    body: message.Body ?? '',
    attributes: message.Attributes as unknown as SQSEvent['Records'][number]['attributes'],
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: source.queueArn,
    awsRegion: 'ap-northeast-1',
  })),
});
