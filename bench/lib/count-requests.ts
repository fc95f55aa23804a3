import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Shape, TABLES, type TableName, tableVariable } from '../../shared/records/store/tables.ts';

/** Requests of the SDK clients of this process to the stores, and the units their tables charge. */
export interface Counted {
  s3Put: number;
  s3Get: number;
  sqs: number;
  sqsFifo: number;
  /** write and read units */
  write: number;
  read: number;
  /** requests to tables */
  calls: number;
  /** messages received */
  messages: number;
}

type Command = { constructor: { name: string }; input: Record<string, unknown> };
type Answer = { ConsumedCapacity?: Capacity | Capacity[]; Messages?: unknown[] };
type Capacity = { CapacityUnits?: number };

/** Counts from now on, as long as `isCounting` says so. Lists of a bucket are not counted: only the one-machine host polls. */
export function countRequests(isCounting: () => boolean): Counted {
  const counted: Counted = {
    s3Put: 0,
    s3Get: 0,
    sqs: 0,
    sqsFifo: 0,
    write: 0,
    read: 0,
    calls: 0,
    messages: 0,
  };
  const watch = (
    client: { prototype: { send: unknown } },
    count: (command: Command, answer: Answer) => void,
  ) => {
    const send = client.prototype.send as (...given: unknown[]) => Promise<Answer>;
    client.prototype.send = async function (this: unknown, command: Command, ...rest: unknown[]) {
      if (client === DynamoDBDocumentClient) command.input.ReturnConsumedCapacity = 'TOTAL';
      const answer = await send.call(this, command, ...rest);
      if (isCounting()) count(command, answer);
      return answer;
    };
  };
  watch(S3Client, ({ constructor: { name } }) => {
    if (name === 'PutObjectCommand') counted.s3Put++;
    else if (name === 'GetObjectCommand' || name === 'HeadObjectCommand') counted.s3Get++;
  });
  watch(SQSClient, ({ constructor: { name }, input }, answer) => {
    const isFifo = String(input.QueueUrl).endsWith('.fifo');
    if (name === 'SendMessageCommand' || name === 'SendMessageBatchCommand')
      counted[isFifo ? 'sqsFifo' : 'sqs']++;
    if (name === 'ReceiveMessageCommand') counted.messages += answer.Messages?.length ?? 0;
  });
  watch(DynamoDBDocumentClient, ({ constructor: { name }, input }, { ConsumedCapacity }) => {
    const isWrite = /^(Put|Update|Delete)/.test(name);
    const units = [ConsumedCapacity ?? { CapacityUnits: 1 }]
      .flat()
      .reduce((sum, { CapacityUnits = 1 }) => sum + CapacityUnits, 0);
    counted[isWrite ? 'write' : 'read'] += units;
    if (isWrite) counted.write += indexWrites(input);
    counted.calls++;
  });
  return counted;
}

/** A write is charged once more for each index it enters or leaves; the tables of one machine do not count that. */
function indexWrites({ TableName, Item, UpdateExpression }: Record<string, unknown>): number {
  const [, shape] = Object.entries(TABLES).find(
    ([name]) => process.env[tableVariable(name as TableName)] === TableName,
  ) ?? ['', { partition: '' } as Shape];
  const item = (Item ?? {}) as Record<string, unknown>;
  return ((shape as Shape).indexes ?? []).filter(
    ({ partition }) => item[partition] !== undefined || String(UpdateExpression ?? '').includes(partition),
  ).length;
}
