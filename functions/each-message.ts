import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { z } from 'zod';
import { errorCode, log } from './log.ts';
import { recordFailure } from './record-failure.ts';

/**
 * Works through a batch one message after the other and names those that failed, so that only they come back.
 * Nothing is swallowed: what fails stays on its queue. In a FIFO queue the later messages of a failed group fail too,
 * or the order would be lost. Why a message failed is put down under its id (`note`).
 */
export async function eachMessage(
  event: SQSEvent,
  stage: string,
  work: (body: unknown, record: SQSRecord) => Promise<void>,
  note: typeof recordFailure = recordFailure,
): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  const failedGroups = new Set<string>();
  for (const record of event.Records) {
    const group = record.attributes?.MessageGroupId;
    try {
      if (group && failedGroups.has(group)) throw new Error('an earlier message of the group failed');
      await work(JSON.parse(record.body), record);
    } catch (error) {
      if (group) failedGroups.add(group);
      failed.push(record.messageId);
      const [message_id, code] = [record.messageId, errorCode(error)];
      log('error', `${stage} failed`, { message_id, code });
      const tries = Number(record.attributes?.ApproximateReceiveCount ?? 1);
      await note({ message_id, stage, code, tries, at: new Date().toISOString() });
      if (process.env.UKETSUKE_DEBUG)
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Checks the shape of a message at the door. */
export const parseMessage = <T extends z.ZodType>(schema: T, body: unknown): z.infer<T> => schema.parse(body);
