import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MessageQueues } from '../shared/queues/message-queues.ts';
import type { QueueName } from '../shared/queues/queue-message.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';
import { RecordStore } from '../shared/records/store/record-store.ts';
import { ResultStore } from '../shared/records/store/result-store.ts';
import { numberSetting, setting, tableNames } from './environment.ts';

/**
 * The SDK clients: the only way to storage and queues, here as in the cloud.
 * On one machine AWS_ENDPOINT_URL_S3, _SQS and _DYNAMODB point elsewhere (the SDK reads them itself).
 */
export const isOneMachine = (): boolean => Boolean(process.env.AWS_ENDPOINT_URL_S3);

/** One machine without a command that scans: its malware scan passes every upload. */
export const scansNothing = (): boolean => isOneMachine() && Boolean(process.env.UKETSUKE_SCANS_NOTHING);

export const s3Client = (endpoint?: string): S3Client =>
  watched(
    new S3Client({
      ...(endpoint && { endpoint }),
      forcePathStyle: isOneMachine() || endpoint !== undefined,
      // Only the real service understands checksums in trailers.
      ...(isOneMachine() && {
        requestChecksumCalculation: 'WHEN_REQUIRED' as const,
        responseChecksumValidation: 'WHEN_REQUIRED' as const,
      }),
    }),
  );

export const sqsClient = (): SQSClient => watched(new SQSClient({ useQueueUrlAsEndpoint: !isOneMachine() }));

export const recordStore = (): RecordStore => {
  const client = watched(new DynamoDBClient({}));
  const document = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return new RecordStore(document, tableNames());
};

type Client = S3Client | SQSClient | DynamoDBClient;
/** Shared by every copy of this module in a process. */
const WATCHER = Symbol.for('uketsuke.client-watcher');
const shared = globalThis as { [WATCHER]?: ((client: Client) => void) | undefined };

/** Shows every client made from now on to `watcher`: on one machine each call is held to the role of its function. */
export const watchClients = (watcher: (client: Client) => void): void => {
  shared[WATCHER] = watcher;
};

function watched<T extends Client>(client: T): T {
  shared[WATCHER]?.(client);
  return client;
}

/** What the steps of recording need. @param sends queues this function may send to */
export function recordContext(sends: QueueName[]): RecordContext & { s3: S3Client } {
  const store = recordStore();
  const s3 = s3Client();
  const urls = Object.fromEntries(sends.map((name) => [name, setting(`QUEUE_${name.toUpperCase()}`)]));
  return {
    store,
    s3,
    results: new ResultStore(s3, setting('RESULTS'), { refusesExisting: !isOneMachine() }),
    queues: new MessageQueues(sqsClient(), urls),
    now: () => new Date(),
    reviewDueDays: numberSetting('REVIEW_DUE_DAYS'),
    scansForMalware: setting('MALWARE_SCAN') === 'on',
  };
}
