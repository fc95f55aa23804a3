import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { onLoopback } from './emulators/loopback.ts';
import { ObjectVersions } from './emulators/object-versions.ts';
import { mendObjects } from './emulators/repair-storage.ts';
import { startTables } from './emulators/table-store.ts';
import { type LocalName, resolver, resourcesOf, type Template, targetOf } from './template.ts';

/** The services of this machine, and what the template's resources are called in them. */
export interface LocalCloud {
  names: Map<string, LocalName>;
  resolve: (value: unknown) => string;
  s3: S3Client;
  sqs: SQSClient;
  fauxqs: FauxqsServer;
  /** what stands before the inbox */
  versions: ObjectVersions;
  stop: () => Promise<void>;
}

const REGION = 'ap-northeast-1';

/**
 * Starts S3, SQS and DynamoDB on this machine and makes in them what the template declares.
 * What is there from an earlier run stays. Sets the environment from which every SDK client finds its way.
 */
export async function startCloud(template: Template, folder: string): Promise<LocalCloud> {
  mkdirSync(folder, { recursive: true });
  mendObjects(join(folder, 'objects'));
  const versions = new ObjectVersions();
  const fauxqs = await onLoopback(
    () =>
      startFauxqs({
        port: 0,
        logger: false,
        defaultRegion: REGION,
        dataDir: join(folder, 'queues'),
        s3StorageDir: join(folder, 'objects'),
      }),
    (request, response, next) => versions.handle(request, response, next),
  );
  const tables = await startTables(join(folder, 'tables'));
  pointTheSdkHere(fauxqs.port, tables.port);

  const s3 = new S3Client({ forcePathStyle: true });
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const names = nameEverything(template, fauxqs.port);
  const resolve = resolver(names);
  await makeBuckets(s3, template, names);
  // The one bucket that is written to from outside; what the desk writes itself it writes once.
  const [inbox] = resourcesOf(template, 'AWS::S3::Bucket').find(
    ([, { Properties }]) => Properties.NotificationConfiguration,
  )!;
  versions.bucket = names.get(inbox)!.ref;
  await makeQueues(sqs, template, names);
  const dynamo = new DynamoDBClient({});
  await makeTables(dynamo, template, names);
  dynamo.destroy();
  return {
    names,
    resolve,
    s3,
    sqs,
    fauxqs,
    versions,
    stop: async () => {
      await fauxqs.stop();
      await tables.stop();
    },
  };
}

function pointTheSdkHere(fauxqsPort: number, tablesPort: number): void {
  const here = `http://127.0.0.1:${fauxqsPort}`;
  Object.assign(process.env, {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'one-machine',
    AWS_SECRET_ACCESS_KEY: 'one-machine',
    AWS_ENDPOINT_URL_S3: here,
    AWS_ENDPOINT_URL_SQS: here,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${tablesPort}`,
  });
  // A profile of the user's real account must have no say here.
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL']) delete process.env[name];
}

function nameEverything(template: Template, port: number): Map<string, LocalName> {
  const names = new Map<string, LocalName>();
  const plain = resolver(names);
  for (const [id, { Properties: p }] of resourcesOf(template, 'AWS::S3::Bucket')) {
    const name = p.BucketName ? plain(p.BucketName) : id.toLowerCase();
    names.set(id, { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } });
  }
  for (const [id, { Properties: p }] of resourcesOf(template, 'AWS::SQS::Queue')) {
    const name = p.FifoQueue ? `${id}.fifo` : id;
    names.set(id, {
      ref: `http://sqs.${REGION}.localhost:${port}/000000000000/${name}`,
      attributes: { Arn: `arn:aws:sqs:${REGION}:000000000000:${name}`, QueueName: name },
    });
  }
  for (const [id] of resourcesOf(template, 'AWS::DynamoDB::Table'))
    names.set(id, { ref: id, attributes: { Arn: `arn:aws:dynamodb:${REGION}:000000000000:table/${id}` } });
  return names;
}

async function makeBuckets(s3: S3Client, template: Template, names: LocalCloud['names']): Promise<void> {
  for (const [id] of resourcesOf(template, 'AWS::S3::Bucket')) {
    const Bucket = names.get(id)!.ref;
    const there = await s3.send(new HeadBucketCommand({ Bucket })).then(
      () => true,
      () => false,
    );
    if (!there) await s3.send(new CreateBucketCommand({ Bucket }));
  }
}

async function makeQueues(sqs: SQSClient, template: Template, names: LocalCloud['names']): Promise<void> {
  const queues = resourcesOf(template, 'AWS::SQS::Queue');
  // Dead-letter queues first: the others name them.
  const targets = new Set(queues.map(([, q]) => targetOf(q.Properties.RedrivePolicy?.deadLetterTargetArn)));
  for (const [id, { Properties: p }] of [...queues].sort(
    ([a], [b]) => Number(targets.has(b)) - Number(targets.has(a)),
  )) {
    const Attributes: Record<string, string> = {
      VisibilityTimeout: String(p.VisibilityTimeout ?? 30),
      MessageRetentionPeriod: String(p.MessageRetentionPeriod ?? 345_600),
      ...(p.RedrivePolicy && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: names.get(targetOf(p.RedrivePolicy.deadLetterTargetArn))!.attributes.Arn,
          maxReceiveCount: p.RedrivePolicy.maxReceiveCount,
        }),
      }),
    };
    const QueueName = names.get(id)!.attributes.QueueName!;
    const there = await sqs.send(new GetQueueUrlCommand({ QueueName })).then(
      () => true,
      () => false,
    );
    if (there) await sqs.send(new SetQueueAttributesCommand({ QueueUrl: names.get(id)!.ref, Attributes }));
    else
      await sqs.send(
        new CreateQueueCommand({
          QueueName,
          Attributes: { ...Attributes, ...(p.FifoQueue && { FifoQueue: 'true' }) },
        }),
      );
  }
}

async function makeTables(
  dynamo: DynamoDBClient,
  template: Template,
  names: LocalCloud['names'],
): Promise<void> {
  for (const [id, { Properties: p }] of resourcesOf(template, 'AWS::DynamoDB::Table')) {
    const TableName = names.get(id)!.ref;
    const there = await dynamo.send(new DescribeTableCommand({ TableName })).then(
      () => true,
      () => false,
    );
    if (there) continue;
    // dynalite knows no on-demand tables; throughput is a number it only remembers.
    const ProvisionedThroughput = { ReadCapacityUnits: 1000, WriteCapacityUnits: 1000 };
    const indexes = p.GlobalSecondaryIndexes as GlobalSecondaryIndex[] | undefined;
    await dynamo.send(
      new CreateTableCommand({
        TableName,
        KeySchema: p.KeySchema,
        AttributeDefinitions: p.AttributeDefinitions,
        ProvisionedThroughput,
        GlobalSecondaryIndexes: indexes?.map((index) => ({ ...index, ProvisionedThroughput })),
      }),
    );
  }
}
