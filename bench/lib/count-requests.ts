import { AsyncLocalStorage } from 'node:async_hooks';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Rights } from '../../host/rights/rights.ts';
import { type Shape, TABLES, type TableName, tableVariable } from '../../shared/records/store/tables.ts';

export type Service = 's3Put' | 's3Get' | 'sqs' | 'sqsFifo' | 'dynamo';

/** One request of a function to a store. */
export interface CountedRequest {
  /** folder of the function; `host`: this machine's own */
  by: string;
  service: Service;
  /** such as `Put events`, `Get verdicts` */
  what: string;
  /** the functions that asked for it, the nearest first; empty where places are not followed */
  place: string;
  /** units of a table's capacity */
  write: number;
  read: number;
}

/** What the SDK clients of this process sent to the stores, and what the functions received. */
export interface Counted {
  requests: CountedRequest[];
  /** messages each function received */
  messages: Map<string, number>;
}

type Command = { constructor: { name: string }; input: Record<string, unknown> };
type Answer = { ConsumedCapacity?: Capacity | Capacity[] };
type Capacity = { CapacityUnits?: number };

const running = new AsyncLocalStorage<string>();

/**
 * Counts from now on, as long as `isCounting` returns true: also what was refused (a condition that did not hold, an object
 * that is missing), which is charged as well. Receiving and deleting messages is the event source's and is not counted.
 * @param withPlaces follows each request to the functions that asked for it, which takes a few percent of the CPU of a packet
 */
export function countRequests(isCounting: () => boolean, { withPlaces = true } = {}): Counted {
  const counted: Counted = { requests: [], messages: new Map() };
  if (withPlaces) Error.stackTraceLimit = 60;
  followFunctions((name, event) => {
    const { Records = [] } = event as { Records?: unknown[] };
    if (isCounting()) counted.messages.set(name, (counted.messages.get(name) ?? 0) + Records.length);
  });
  const watch = (
    client: { prototype: { send: unknown } },
    describe: (command: Command, answer: Answer) => Omit<CountedRequest, 'by' | 'place'> | null,
  ) => {
    const send = client.prototype.send as (...given: unknown[]) => Promise<Answer>;
    client.prototype.send = async function (this: unknown, command: Command, ...rest: unknown[]) {
      if (client === DynamoDBDocumentClient) command.input.ReturnConsumedCapacity = 'TOTAL';
      const place = withPlaces ? placeOf(new Error().stack ?? '') : '';
      let answer: Answer = {};
      try {
        answer = await send.call(this, command, ...rest);
        return answer;
      } finally {
        const request = isCounting() ? describe(command, answer) : null;
        if (request) counted.requests.push({ by: running.getStore() ?? 'host', place, ...request });
      }
    };
  };
  watch(S3Client, ({ constructor: { name }, input }) => {
    const service = /^(Put|Create|Upload|Complete)/.test(name) ? 's3Put' : 's3Get';
    // The store of this machine knows no conditional put, and is asked before.
    if (/^(List|Delete|Head)/.test(name)) return null;
    return { service, what: `${verbOf(name)} ${folderOf(input)}`, write: 0, read: 0 };
  });
  watch(SQSClient, ({ constructor: { name }, input }) => {
    if (!name.startsWith('SendMessage')) return null;
    const queue = String(input.QueueUrl).split('/').at(-1)!;
    return { service: queue.endsWith('.fifo') ? 'sqsFifo' : 'sqs', what: `Send ${queue}`, write: 0, read: 0 };
  });
  watch(DynamoDBDocumentClient, ({ constructor: { name }, input }, { ConsumedCapacity }) => {
    const isWrite = /^(Put|Update|Delete)/.test(name);
    const units = [ConsumedCapacity ?? { CapacityUnits: 1 }]
      .flat()
      .reduce((sum, { CapacityUnits = 1 }) => sum + CapacityUnits, 0);
    const [table, shape] = tableOf(input);
    return {
      service: 'dynamo',
      what: `${verbOf(name)} ${table}`,
      write: isWrite ? units + (ConsumedCapacity ? indexWrites(shape, input) : 0) : 0,
      // A read that finds nothing is charged too; the tables of one machine charge nothing for a query.
      read: isWrite ? 0 : Math.max(units, input.ConsistentRead ? 1 : 0.5),
    };
  });
  return counted;
}

/** Which function runs is what its rights are looked up by. */
function followFunctions(onEvent: (name: string, event: unknown) => void): void {
  const { hold, as } = Rights.prototype;
  Rights.prototype.as = function (name, work) {
    return running.run(name, () => as.call(this, name, work)) as never;
  };
  Rights.prototype.hold = function (fn, handler) {
    const counting: typeof handler = (event) => {
      onEvent(running.getStore() ?? 'host', event);
      return handler(event);
    };
    return hold.call(this, fn, counting as never) as never;
  };
}

const verbOf = (command: string): string => command.replace(/(?:Object)?Command$/, '');

/** `verdicts/…` and `offices/<office>/notices/…` by their folders. */
const folderOf = ({ Key }: Record<string, unknown>): string =>
  String(Key)
    .replace(/^offices\/[^/]+\//, '')
    .split('/')[0]! + (/\.txt$/.test(String(Key)) ? ' (text)' : '');

function tableOf({ TableName }: Record<string, unknown>): [string, Shape] {
  const found = Object.entries(TABLES).find(
    ([name]) => process.env[tableVariable(name as TableName)] === TableName,
  );
  return found ?? [String(TableName), { partition: '' }];
}

/** The nearest functions of the stages and the records, without the stores themselves. */
function placeOf(stack: string): string {
  const frames = stack.split('\n').flatMap((line) => {
    const [, name = '', file = ''] =
      /at (?:async )?(?:new )?(?:([\w.<>]+) )?.*\/((?:functions|shared|operations)\/[\w./-]+)\.ts/.exec(
        line,
      ) ?? [];
    if (!file || /records\/store\/record-store|events\/event-log|store\/result-store/.test(file)) return [];
    return [name.replace(/^.*\./, '') || file.split('/').at(-1)!];
  });
  return frames.slice(0, 3).join(' < ');
}

/** Units of a write in the indexes its item enters, changes in or leaves; the tables of one machine do not count them. */
function indexWrites(shape: Shape, { Item, UpdateExpression }: Record<string, unknown>): number {
  const item = (Item ?? {}) as Record<string, unknown>;
  return (shape.indexes ?? []).reduce((units, index) => {
    if (item[index.partition] !== undefined) return units + unitsOf(projected(shape, index, item));
    // The item of an update is not in the request: it is charged as one that is small.
    return units + Number(isUpdateOf(index, String(UpdateExpression ?? '')));
  }, 0);
}

type Index = NonNullable<Shape['indexes']>[number];

/** An index that holds every attribute changes with each of them. */
const isUpdateOf = ({ partition, keysOnly, includes }: Index, update: string): boolean =>
  update !== '' && (update.includes(partition) || (!keysOnly && !includes));

function projected(shape: Shape, { partition, sort, keysOnly, includes }: Index, item: object): object {
  if (!keysOnly && !includes) return item;
  const kept = new Set([shape.partition, shape.sort, partition, sort, ...(includes ?? [])]);
  return Object.fromEntries(Object.entries(item).filter(([key]) => kept.has(key)));
}

/** Write units of an item: one for each KB that is begun. */
const unitsOf = (item: object): number => Math.ceil(sizeOf(item) / 1024);

/** Bytes of an item as DynamoDB counts them: names and values, three bytes for each list or map. */
function sizeOf(value: unknown): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return 3 + value.reduce((sum: number, one) => sum + 1 + sizeOf(one), 0);
  return Object.entries(value ?? {})
    .filter(([, one]) => one !== undefined)
    .reduce((sum, [key, one]) => sum + 1 + Buffer.byteLength(key) + sizeOf(one), 3);
}
