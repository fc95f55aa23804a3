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
import { uploadIdsOf } from '../shared/records/events/upload-id.ts';

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

/** So many dead letters of one queue are looked at; what is counted is all of them. */
const MOST_LISTED = 100;

/**
 * What stands among the dead letters of a queue, at most MOST_LISTED. Nothing is taken off it, but while it is looked at
 * (and for a second after) nobody else sees it. Of a FIFO group only those at its head.
 */
export async function deadLetters(sqs: SQSClient, queue: StageQueue): Promise<DeadLetter[]> {
  const held: Message[] = [];
  try {
    for await (const messages of inHand(sqs, queue.deadUrl, PATIENT)) {
      held.push(...messages);
      if (held.length >= MOST_LISTED) break;
    }
  } finally {
    await giveBack(sqs, queue.deadUrl, held);
  }
  return held.map((message) => ({
    message_id: message.MessageId!,
    stage: queue.stage,
    about: aboutOf(message.Body ?? ''),
    sent_at: isoOf(message.Attributes?.SentTimestamp),
  }));
}

/** SQS counts milliseconds, in letters. */
const isoOf = (sent: string | undefined): string | null =>
  sent ? new Date(Number(sent)).toISOString() : null;

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

/** Seconds a look waits for a message: in the cloud a quick answer comes from a few of SQS's servers only. */
export const PATIENT = 2;
/** Seconds for which what is in hand is hidden from others; whoever is killed over it gives it back so. */
const IN_HAND = 300;

/** Takes what is in a queue in hand, batch by batch, until there is no more of it. */
async function* inHand(sqs: SQSClient, QueueUrl: string, wait: number): AsyncGenerator<Message[]> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: wait,
        VisibilityTimeout: IN_HAND,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return;
    yield Messages;
  }
}

async function giveBack(sqs: SQSClient, QueueUrl: string, messages: Message[]): Promise<void> {
  // Not 0: see above.
  for (const { ReceiptHandle } of messages)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }));
}

/**
 * Moves what was set aside back to its queue: send first, delete after, so that a kill in between doubles a message
 * (harmless) and never loses one. With `only`, that one message. Returns how many. `wait`: PATIENT where others may
 * have looked a moment ago, or where it is the cloud's queue.
 */
export async function redrive(
  sqs: SQSClient,
  queue: StageQueue,
  { only, wait = 0 }: { only?: string; wait?: number } = {},
): Promise<number> {
  let moved = 0;
  const others: Message[] = [];
  try {
    for await (const messages of inHand(sqs, queue.deadUrl, wait)) {
      const meant = only ? messages.filter((one) => one.MessageId === only) : messages;
      others.push(...messages.filter((one) => !meant.includes(one)));
      for (const message of meant) {
        await putBack(sqs, queue, message);
        moved++;
      }
      if (only && moved > 0) break;
    }
  } finally {
    await giveBack(sqs, queue.deadUrl, others);
  }
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
