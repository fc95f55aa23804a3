import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DeskEvent } from '../shared/records/event-log.ts';
import type { LocalCloud } from './cloud.ts';
import { countMessages, redrive, type StageQueue } from './queue-care.ts';

/** What the operator of this machine may ask of the running desk. Null: no such thing. */
export async function operate(
  verb: string,
  stage: string | undefined,
  cloud: LocalCloud,
  queues: StageQueue[],
  body: unknown = {},
): Promise<object | null> {
  if (verb === 'queues') return { queues: await counts(cloud, queues) };
  if (verb === 'redrive') {
    const chosen = queues.filter((queue) => stage === 'all' || queue.stage === stage);
    if (chosen.length === 0) return null;
    const moved: Record<string, number> = {};
    for (const queue of chosen) moved[queue.stage] = await redrive(cloud.sqs, queue);
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
