import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type DeskEvent, type MessageFailed, readEvent } from '../shared/records/event-log.ts';
import type { LocalCloud } from './cloud.ts';
import { countMessages, type DeadLetter, deadLetters, redrive, type StageQueue } from './queue-care.ts';

/** What the operator of this machine may ask of the running desk. Null: no such thing. */
export async function operate(
  verb: string,
  stage: string | undefined,
  cloud: LocalCloud,
  queues: StageQueue[],
  body: unknown = {},
): Promise<object | null> {
  if (verb === 'queues')
    return { queues: await counts(cloud, queues), dead_letters: await whyDead(cloud, queues) };
  if (verb === 'redrive') {
    const dead = queues.flatMap((queue) => deadLetters(cloud.fauxqs, queue));
    const only = dead.find((letter) => letter.message_id === stage);
    const chosen = queues.filter(
      (queue) => stage === 'all' || queue.stage === stage || queue.stage === only?.stage,
    );
    if (chosen.length === 0) return null;
    const moved: Record<string, number> = {};
    for (const queue of chosen) moved[queue.stage] = await redrive(cloud.sqs, queue, only?.message_id);
    return { moved };
  }
  if (verb === 'rebuild') {
    const { deskRecords } = await import('../functions/aws.ts');
    const { rebuild } = await import('../shared/records/rebuild.ts');
    return rebuild(deskRecords([]), allEvents());
  }
  if (verb === 'case') {
    const { operateOnCase } = await import('./case-operations.ts');
    return operateOnCase(stage ?? '', body, allEvents);
  }
  return null;
}

const counts = (cloud: LocalCloud, queues: StageQueue[]) =>
  Promise.all(
    queues.map(async (queue) => ({ stage: queue.stage, ...(await countMessages(cloud.sqs, queue)) })),
  );

/** What was set aside, with the reason put down beside it. */
async function whyDead(
  cloud: LocalCloud,
  queues: StageQueue[],
): Promise<(DeadLetter & { reason: string | null; tries: number | null })[]> {
  const { recordStore } = await import('../functions/aws.ts');
  const store = recordStore();
  return Promise.all(
    queues
      .flatMap((queue) => deadLetters(cloud.fauxqs, queue))
      .map(async (letter) => {
        const failed = await readEvent<MessageFailed>(store, `message#${letter.message_id}`, 'failed');
        return { ...letter, reason: failed?.code ?? null, tries: failed?.tries ?? null };
      }),
  );
}

/** The whole log. In the cloud an export of the table takes the place of this scan. */
async function* allEvents(): AsyncGenerator<DeskEvent> {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new ScanCommand({ TableName: process.env.TABLE_EVENTS, ExclusiveStartKey, ConsistentRead: true }),
    );
    yield* (page.Items ?? []) as DeskEvent[];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}
