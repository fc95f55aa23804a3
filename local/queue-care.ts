import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';
import { uploadIdsOf } from '../shared/records/upload-id.ts';

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

/** One message among the dead letters. */
export interface DeadLetter {
  message_id: string;
  stage: string;
  /** what it is about: a receipt number, a packet, an area and month; never a name or a number of a person */
  about: string;
  /** ISO time at which it was first sent */
  sent_at: string | null;
}

/** Who stands among the dead letters of a queue. Nothing is taken off it. */
export function deadLetters(fauxqs: FauxqsServer, queue: StageQueue): DeadLetter[] {
  const { ready, delayed, inflight } = fauxqs.inspectQueue(queue.deadUrl.split('/').at(-1)!)?.messages ?? {
    ready: [],
    delayed: [],
    inflight: [],
  };
  return [...ready, ...delayed, ...inflight.map((one) => one.message)].map((message) => ({
    message_id: message.messageId,
    stage: queue.stage,
    about: aboutOf(message.body),
    sent_at: message.sentTimestamp ? new Date(message.sentTimestamp).toISOString() : null,
  }));
}

/** Of a message only what is known to be harmless: the key of an object carries the name the office gave its file. */
export function aboutOf(body: string): string {
  try {
    const said = JSON.parse(body) as Record<string, unknown> & {
      Records?: { s3: { object: { key: string; eTag?: string; versionId?: string } } }[];
    };
    if (said.Records)
      return said.Records.map(({ s3: { object } }) => {
        const { key, eTag = '', versionId } = object;
        return uploadIdsOf({ key, etag: eTag, version_id: versionId })[0];
      }).join(' ');
    const known = ['upload_id', 'packet_id', 'city', 'area', 'month'].map((key) => said[key]);
    return known.filter((value) => typeof value === 'string' && /^[\w.-]+$/.test(value)).join(' ') || '—';
  } catch {
    return '—';
  }
}

/**
 * Moves what was set aside back to its queue: send first, delete after, so that a kill in between doubles a message
 * (harmless) and never loses one. With `only`, that one message. Returns how many.
 */
export async function redrive(sqs: SQSClient, queue: StageQueue, only?: string): Promise<number> {
  let moved = 0;
  const others: string[] = [];
  for (let isOver = false; !isOver; ) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queue.deadUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    for (const message of Messages) {
      if (only && message.MessageId !== only) others.push(message.ReceiptHandle!);
      else {
        await putBack(sqs, queue, message);
        moved++;
      }
    }
    isOver = Messages.length === 0 || (only !== undefined && moved > 0);
  }
  // Not 0: see above.
  for (const ReceiptHandle of others)
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queue.deadUrl, ReceiptHandle, VisibilityTimeout: 1 }),
    );
  return moved;
}

async function putBack(sqs: SQSClient, queue: StageQueue, message: Message): Promise<void> {
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
}
