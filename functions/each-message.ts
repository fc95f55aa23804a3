import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { errorCode, log } from './log.ts';
import { recordFailure } from './record-failure.ts';
import { retrySoon } from './retry-soon.ts';

/**
 * Processes a batch one message after the other and returns those that failed, so that only they are retried: a failed
 * message stays on its queue and returns soon. In a FIFO queue the later messages of a failed group fail too, or the
 * order would be lost. The reason of a failure is recorded under the message's id.
 */
export async function eachMessage(
  event: SQSEvent,
  stage: string,
  work: (body: unknown, message: SQSRecord) => Promise<void>,
  record: typeof recordFailure = recordFailure,
): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  const failedGroups = new Set<string>();
  for (const message of event.Records) {
    const group = message.attributes?.MessageGroupId;
    try {
      if (group && failedGroups.has(group)) throw new Error('an earlier message of the group failed');
      await work(JSON.parse(message.body), message);
    } catch (error) {
      if (group) failedGroups.add(group);
      failed.push(message.messageId);
      const [message_id, code] = [message.messageId, errorCode(error)];
      log('error', `${stage} failed`, { message_id, code });
      const tries = Number(message.attributes?.ApproximateReceiveCount ?? 1);
      await record({ message_id, stage, code, tries, at: new Date().toISOString() });
      await retrySoon(message);
      if (process.env.UKETSUKE_DEBUG)
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Checks the shape of a message. Throws for another shape: a fault of the program, and the message stays on its queue. */
export const parseMessage = <T extends z.ZodType>(schema: T, body: unknown): z.infer<T> => schema.parse(body);
