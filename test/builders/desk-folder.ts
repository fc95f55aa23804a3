import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { countMessages, type StageQueue } from '../../functions/operate/stage-queue.ts';
import { type LocalCloud, startCloud } from '../../host/cloud.ts';
import { readTemplate, resourcesOf, targetOf } from '../../host/template.ts';
import { type TableName, tableVariable } from '../../shared/records/store/tables.ts';

/** The data folder of a stopped desk, opened for reading: no handler runs. */
export interface OpenFolder {
  cloud: LocalCloud;
  s3: S3Client;
  inbox: string;
  results: string;
  all<T>(table: TableName): Promise<T[]>;
  waiting(): Promise<{ waiting: number; dead: number }>;
  close(): Promise<void>;
}

export async function openDeskFolder(folder: string): Promise<OpenFolder> {
  const template = await readTemplate(folder);
  const cloud = await startCloud(template, folder);
  const environment: Record<string, string> = {};
  for (const [, fn] of resourcesOf(template, 'AWS::Lambda::Function'))
    for (const [name, value] of Object.entries(fn.Properties.Environment.Variables))
      environment[name] = cloud.resolve(value);
  const queues = resourcesOf(template, 'AWS::SQS::Queue')
    .filter(([, queue]) => queue.Properties.RedrivePolicy)
    .map(([id, queue]): StageQueue => {
      const dead = targetOf(queue.Properties.RedrivePolicy.deadLetterTargetArn);
      const { ref, attributes } = cloud.names.get(id)!;
      return { stage: id, url: ref, name: attributes.QueueName!, deadUrl: cloud.names.get(dead)!.ref };
    });
  const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return {
    cloud,
    s3: cloud.s3,
    inbox: environment.INBOX!,
    results: environment.RESULTS!,
    async all<T>(table: TableName): Promise<T[]> {
      const items: T[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const TableName = environment[tableVariable(table)];
        const page = await db.send(new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true }));
        items.push(...((page.Items ?? []) as T[]));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return items;
    },
    async waiting() {
      const counts = await Promise.all(queues.map((queue) => countMessages(cloud.sqs, queue)));
      const sum = (of: 'waiting' | 'dead') => counts.reduce((total, one) => total + one[of], 0);
      return { waiting: sum('waiting'), dead: sum('dead') };
    },
    close: () => cloud.stop(),
  };
}
