import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { uploadIdsOf } from '../../shared/records/events/upload-id.ts';
import { LONG_POLL_SECONDS, leaseMessages, returnMessages } from './lease-messages.ts';
import type { StageQueue } from './stage-queue.ts';

export interface DeadLetter {
  message_id: string;
  stage: string;
  /** a receipt number, a packet, an area and month; never a name or a number of a person */
  subject: string;
  /** ISO time of the first sending */
  sent_at: string | null;
}

/** Dead letters listed per queue. The counts of the queue cover all of them. */
const MAX_LISTED = 100;

/**
 * Lists the dead letters of a queue, at most MAX_LISTED, and leaves them there. Other readers do not see them while the
 * list is made, and for a second after. Of a FIFO group only the head is listed.
 */
export async function listDeadLetters(sqs: SQSClient, queue: StageQueue): Promise<DeadLetter[]> {
  const leased: Message[] = [];
  try {
    for await (const messages of leaseMessages(sqs, queue.deadUrl, LONG_POLL_SECONDS)) {
      leased.push(...messages);
      if (leased.length >= MAX_LISTED) break;
    }
  } finally {
    await returnMessages(sqs, queue.deadUrl, leased);
  }
  return leased.map((message) => ({
    message_id: message.MessageId!,
    stage: queue.stage,
    subject: subjectOf(message.Body ?? ''),
    sent_at: isoTime(message.Attributes?.SentTimestamp),
  }));
}

/** `sentTimestamp`: milliseconds since 1970, as text. */
const isoTime = (sentTimestamp: string | undefined): string | null =>
  sentTimestamp ? new Date(Number(sentTimestamp)).toISOString() : null;

/** Shows only harmless parts of a message: the key of an object contains the name that the office gave its file. */
export function subjectOf(body: string): string {
  try {
    const message = JSON.parse(body) as Record<string, unknown> & {
      Records?: { s3: { object: { key: string } & Version } }[];
      detail?: { s3ObjectDetails: { objectKey: string } & Version };
    };
    if (message.Records)
      return message.Records.map(({ s3: { object } }) => uploadIn(object.key, object)).join(' ');
    const scanned = message.detail?.s3ObjectDetails;
    if (scanned) return uploadIn(scanned.objectKey, scanned);
    const values = ['upload_id', 'packet_id', 'city', 'area', 'month'].map((key) => message[key]);
    return values.filter((value) => typeof value === 'string' && /^[\w.-]+$/.test(value)).join(' ') || '—';
  } catch {
    return '—';
  }
}

interface Version {
  eTag?: string;
  versionId?: string;
}

const uploadIn = (key: string, { eTag = '', versionId }: Version): string =>
  uploadIdsOf({ key, etag: eTag, version_id: versionId })[0]!;
