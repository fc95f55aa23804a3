import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
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
  /** readers at work at once */
  concurrency: number;
  partialFailures: boolean;
  /** seconds */
  visibility: number;
  handler: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;
  /** false: nothing is taken off the queue for now */
  mayWork?: () => Promise<boolean>;
}

/** How often it is asked whether work may go on. Milliseconds. */
const ASK_AGAIN = 2000;

/**
 * What Lambda does between a queue and a function: receives a batch, calls the handler, deletes what succeeded.
 * What failed stays on its queue and comes back later each time; the queue itself moves it to its dead letters.
 */
export function drive(sqs: SQSClient, source: EventSource, stopping: AbortSignal): Promise<unknown> {
  const reader = async () => {
    while (!stopping.aborted) {
      if (source.mayWork && !(await source.mayWork())) {
        await sleep(ASK_AGAIN, undefined, { signal: stopping }).catch(() => {});
        continue;
      }
      const messages = await receive(sqs, source, stopping);
      if (messages.length > 0) await run(sqs, source, messages);
    }
  };
  return Promise.all(Array.from({ length: source.concurrency }, reader));
}

async function receive(sqs: SQSClient, source: EventSource, stopping: AbortSignal): Promise<Message[]> {
  try {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: source.queueUrl,
        MaxNumberOfMessages: source.batchSize,
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ['All'],
      }),
      { abortSignal: stopping },
    );
    return Messages ?? [];
  } catch (error) {
    if (!stopping.aborted) {
      process.stderr.write(`待ち行列を読めません: ${error instanceof Error ? error.message : error}\n`);
      await sleep(1000);
    }
    return [];
  }
}

async function run(sqs: SQSClient, source: EventSource, messages: Message[]): Promise<void> {
  const failed = await failedIds(source, messages);
  const done = messages.filter((message) => !failed.has(message.MessageId!));
  if (done.length > 0)
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: source.queueUrl,
        Entries: done.map((message, n) => ({ Id: String(n), ReceiptHandle: message.ReceiptHandle! })),
      }),
    );
  for (const message of messages) {
    if (!failed.has(message.MessageId!)) continue;
    const tries = Number(message.Attributes?.ApproximateReceiveCount ?? 1);
    // Lambda backs off too; an hour and a half of invisibility would help nobody who watches the screen.
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: source.queueUrl,
        ReceiptHandle: message.ReceiptHandle!,
        VisibilityTimeout: Math.min(source.visibility, 2 ** Math.min(tries - 1, 8)),
      }),
    );
  }
}

/** Without partial answers, or when the handler itself breaks, the whole batch has failed. */
async function failedIds(source: EventSource, messages: Message[]): Promise<Set<string>> {
  const all = new Set(messages.map((message) => message.MessageId!));
  try {
    const answer = await source.handler(sqsEvent(source, messages));
    if (!source.partialFailures) return new Set();
    return new Set(answer?.batchItemFailures.map((failure) => failure.itemIdentifier) ?? []);
  } catch {
    return all;
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
