import { randomBytes } from 'node:crypto';
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
import type { Remains } from '../shared/records/store/remains.ts';
import { eraseSetAside } from './damage/erase-set-aside.ts';
import { keepLogLengths } from './damage/log-lengths.ts';
import { repairFolder } from './damage/repair-folder.ts';
import { prepareFolder } from './data-folder.ts';
import { type Answer, type Ask, answerDirectly } from './emulators/direct-clients.ts';
import { objectAnswers } from './emulators/direct-objects.ts';
import { queueAnswers } from './emulators/direct-queues.ts';
import { tableAnswers } from './emulators/direct-tables.ts';
import { captureStores } from './emulators/fauxqs-stores.ts';
import { onLoopback } from './emulators/loopback.ts';
import { ObjectVersions } from './emulators/object-versions.ts';
import { listEveryObject, purgeQueues, writeQueuesLikeTables } from './emulators/repair-storage.ts';
import { guardStore } from './emulators/store-guard.ts';
import { startTables } from './emulators/table-store.ts';
import { type LocalName, resolver, resourcesOf, type Template, targetOf } from './template.ts';

/** The emulated services of this machine, and the names of the template's resources in them. */
export interface LocalCloud {
  names: Map<string, LocalName>;
  resolve: (value: unknown) => string;
  s3: S3Client;
  sqs: SQSClient;
  fauxqs: FauxqsServer;
  /** with which requests to the stores and presigned POSTs are signed; another at each start */
  secret: string;
  /** what was damaged in the folder and repaired or lost, as sentences for the operator */
  repaired: string[];
  /** emulates versions and tags of the inbox bucket */
  versions: ObjectVersions;
  /** Connects a client of the functions with the emulators, past their sockets. */
  connect: (client: S3Client | SQSClient | DynamoDBClient, ask?: Ask) => void;
  /** what of removed records is still on the disk */
  remains: Remains;
  stop: () => Promise<void>;
}

const REGION = 'ap-northeast-1';

/**
 * Starts S3, SQS and DynamoDB on this machine and creates in them what the template declares. Data of earlier runs
 * stays. Sets the environment variables from which SDK clients take region, credentials and endpoints.
 * @param acceptLoss start without records that cannot be read
 * @throws DataFolderError for records of another format, and for damaged ones
 */
export async function startCloud(
  template: Template,
  folder: string,
  acceptLoss = false,
): Promise<LocalCloud> {
  prepareFolder(folder);
  const repaired = await repairFolder(folder, acceptLoss);
  await listEveryObject();
  await writeQueuesLikeTables();
  const versions = new ObjectVersions();
  const secret = randomBytes(32).toString('hex');
  const { started: fauxqs, ...stores } = await captureStores(() =>
    onLoopback(
      () =>
        startFauxqs({
          port: 0,
          logger: false,
          defaultRegion: REGION,
          dataDir: join(folder, 'queues'),
          s3StorageDir: join(folder, 'objects'),
        }),
      guardStore(secret),
      (request, response, next) => versions.handle(request, response, next),
    ),
  );
  versions.objects = stores.objects;
  const tables = await startTables(join(folder, 'tables'), secret);
  setSdkEnvironment(fauxqs.port, tables.port, secret);

  const answersOf = (client: S3Client | SQSClient | DynamoDBClient): Answer => {
    if (client instanceof DynamoDBClient) return tableAnswers(client, tables);
    if (client instanceof SQSClient) return queueAnswers(stores.queues);
    return objectAnswers(stores.objects, versions);
  };
  const connect: LocalCloud['connect'] = (client, ask) => answerDirectly(client, answersOf(client), ask);
  const s3 = new S3Client({ forcePathStyle: true });
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  connect(s3);
  connect(sqs);
  const names = nameResources(template, fauxqs.port);
  const resolve = resolver(names);
  await createBuckets(s3, template, names);
  // Only the inbox is written from outside; the desk itself writes each object once and needs no versions.
  const [inbox] = resourcesOf(template, 'AWS::S3::Bucket').find(
    ([, { Properties }]) => Properties.NotificationConfiguration,
  )!;
  versions.bucket = names.get(inbox)!.ref;
  await createQueues(sqs, template, names);
  const dynamo = new DynamoDBClient({});
  await createTables(dynamo, template, names);
  dynamo.destroy();
  const lengths = await keepLogLengths(join(folder, 'tables'));
  return {
    names,
    resolve,
    s3,
    sqs,
    fauxqs,
    secret,
    repaired: [...repaired, ...lengths.told],
    versions,
    connect,
    remains: {
      eraseSetAside: async (erased) => eraseSetAside(folder, erased),
      purge: () => {
        purgeQueues();
        return tables.purge();
      },
    },
    stop: async () => {
      await fauxqs.stop();
      await tables.stop();
      await lengths.stop();
    },
  };
}

function setSdkEnvironment(fauxqsPort: number, tablesPort: number, secret: string): void {
  const fauxqsUrl = `http://127.0.0.1:${fauxqsPort}`;
  Object.assign(process.env, {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'one-machine',
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_ENDPOINT_URL_S3: fauxqsUrl,
    AWS_ENDPOINT_URL_SQS: fauxqsUrl,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${tablesPort}`,
  });
  // The user's real account must not be used.
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL']) delete process.env[name];
}

function nameResources(template: Template, port: number): Map<string, LocalName> {
  const names = new Map<string, LocalName>();
  const resolve = resolver(names);
  for (const [id, { Properties: p }] of resourcesOf(template, 'AWS::S3::Bucket')) {
    const name = p.BucketName ? resolve(p.BucketName) : id.toLowerCase();
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

async function createBuckets(s3: S3Client, template: Template, names: LocalCloud['names']): Promise<void> {
  for (const [id] of resourcesOf(template, 'AWS::S3::Bucket')) {
    const Bucket = names.get(id)!.ref;
    const exists = await s3.send(new HeadBucketCommand({ Bucket })).then(
      () => true,
      () => false,
    );
    if (!exists) await s3.send(new CreateBucketCommand({ Bucket }));
  }
}

async function createQueues(sqs: SQSClient, template: Template, names: LocalCloud['names']): Promise<void> {
  const queues = resourcesOf(template, 'AWS::SQS::Queue');
  // Dead-letter queues first: the other queues refer to them.
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
    const exists = await sqs.send(new GetQueueUrlCommand({ QueueName })).then(
      () => true,
      () => false,
    );
    if (exists) await sqs.send(new SetQueueAttributesCommand({ QueueUrl: names.get(id)!.ref, Attributes }));
    else
      await sqs.send(
        new CreateQueueCommand({
          QueueName,
          Attributes: { ...Attributes, ...(p.FifoQueue && { FifoQueue: 'true' }) },
        }),
      );
  }
}

async function createTables(
  dynamo: DynamoDBClient,
  template: Template,
  names: LocalCloud['names'],
): Promise<void> {
  for (const [id, { Properties: p }] of resourcesOf(template, 'AWS::DynamoDB::Table')) {
    const TableName = names.get(id)!.ref;
    const exists = await dynamo.send(new DescribeTableCommand({ TableName })).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    // dynalite has no on-demand tables; it stores the throughput and ignores it.
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
