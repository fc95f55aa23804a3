import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { MessageQueues } from '../../shared/queues/message-queues.ts';
import { personKeyOf } from '../../shared/records/store/person-key.ts';
import type { IntakeRecords } from '../../shared/records/store/record-context.ts';
import { RecordStore } from '../../shared/records/store/record-store.ts';
import type { ResultStore, VerdictRef } from '../../shared/records/store/result-store.ts';
import { type Shape, TABLES, type TableName } from '../../shared/records/store/tables.ts';

export interface TestRecords extends IntakeRecords {
  /** letters in the results bucket by key */
  letters: Map<string, string>;
  /** what was sent, in order: queue, body */
  sent: [queue: string, body: Record<string, unknown>][];
  /** how many sends fail before one succeeds */
  failSends: number;
  all<T>(table: TableName): Promise<T[]>;
  stop(): Promise<void>;
}

/** Real tables in memory, by the shapes of the stack; an object store and queues that record every call. */
export async function testRecords(now = '2026-06-12T01:00:00.000Z'): Promise<TestRecords> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((done) => server.listen({ port: 0, host: '127.0.0.1' }, done));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  for (const [name, shape] of Object.entries(TABLES)) await client.send(createTable(name, shape));
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, name]));
  const store = new RecordStore(db, names as Record<TableName, string>);
  const letters = new Map<string, string>();
  const verdicts = new Map<string, string>();
  const send = async (queue: string, body: Record<string, unknown>) => {
    if (records.failSends-- > 0) throw new Error('the queue does not answer');
    records.sent.push([queue, body]);
  };
  const records: TestRecords = {
    store,
    letters,
    sent: [],
    failSends: 0,
    personKey: await personKeyOf(store),
    now: () => new Date(now),
    reviewDueDays: 14,
    scansForMalware: false,
    results: {
      async keepVerdict(verdict: PacketVerdict): Promise<VerdictRef> {
        const key = `verdicts/${verdict.packet_id}/${verdicts.size}`;
        verdicts.set(key, JSON.stringify(verdict));
        return { verdict_key: key, verdict_digest: key };
      },
      readVerdict: async (ref: VerdictRef) => JSON.parse(verdicts.get(ref.verdict_key)!),
      write: async (key: string, body: string) => void letters.set(key, body),
      find: async (key: string) => (letters.has(key) ? Buffer.from(letters.get(key)!) : null),
    } as unknown as ResultStore,
    queues: {
      send,
      gather: <T>(work: () => Promise<T>) => work(),
      hurry: <T>(work: () => Promise<T>) => work(),
      requestSummary: (at: object) => send('summarise', { kind: 'summary', ...at }),
    } as unknown as MessageQueues,
    all: async <T>(table: TableName) =>
      ((await db.send(new ScanCommand({ TableName: table }))).Items ?? []) as T[],
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return records;
}

function createTable(TableName: string, shape: Shape): CreateTableCommand {
  const ProvisionedThroughput = { ReadCapacityUnits: 1000, WriteCapacityUnits: 1000 };
  const key = (partition: string, sort?: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    ...(sort ? [{ AttributeName: sort, KeyType: 'RANGE' as const }] : []),
  ];
  const attributes = [
    shape.partition,
    shape.sort,
    ...(shape.indexes ?? []).flatMap((i) => [i.partition, i.sort]),
  ];
  return new CreateTableCommand({
    TableName,
    ProvisionedThroughput,
    KeySchema: key(shape.partition, shape.sort),
    AttributeDefinitions: [...new Set(attributes)]
      .filter((name) => name !== undefined)
      .map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    GlobalSecondaryIndexes: shape.indexes?.map((index) => ({
      IndexName: index.name,
      KeySchema: key(index.partition, index.sort),
      Projection: index.includes
        ? { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.includes] }
        : { ProjectionType: index.keysOnly ? ('KEYS_ONLY' as const) : ('ALL' as const) },
      ProvisionedThroughput,
    })),
  });
}
