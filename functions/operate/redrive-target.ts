import type { SQSClient } from '@aws-sdk/client-sqs';
import { LONG_POLL_SECONDS } from './lease-messages.ts';
import { redrive } from './redrive.ts';
import type { StageQueue } from './stage-queue.ts';

export const isMessageId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(text);

/** All queues for `all` and for a message, whose stage the operator need not know; none for an unknown stage. */
export const queuesOf = (target: string, queues: StageQueue[]): StageQueue[] =>
  target === 'all' || isMessageId(target) ? queues : queues.filter(({ stage }) => stage === target);

/** Moves dead letters back: all of these queues, or one message. Returns how many by stage, those with any. */
export async function redriveTarget(
  sqs: SQSClient,
  target: string,
  queues: StageQueue[],
): Promise<Record<string, number>> {
  const messageId = isMessageId(target) ? { messageId: target } : {};
  const moved = await Promise.all(
    queues.map(async (queue) => {
      const count = await redrive(sqs, queue, { ...messageId, waitSeconds: LONG_POLL_SECONDS });
      return [queue.stage, count] as const;
    }),
  );
  return Object.fromEntries(moved.filter(([, count]) => count > 0));
}
