import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Shape, TABLES, type TableName } from '../../shared/records/store/tables.ts';
import { changed, holds } from './expressions.ts';

type Item = Record<string, unknown>;
/** A small page, so that a query that forgets the next page fails. */
const PAGE = 20;

/**
 * DynamoDB in memory: conditional single-item writes, consistent reads, indexes, pages. A table is called as in TABLES.
 * Items are stored as JSON, so that no caller shares an object with the store.
 */
export class MemoryTables {
  readonly #tables = new Map<TableName, Map<string, Map<string, string>>>();
  /** one line for every write: the table, the key, the item before and the item after */
  onWrite: (table: TableName, before: Item | undefined, after: Item) => void = () => {};

  readonly #pageBytes: number | null;

  /** @param pageBytes a page ends with this many bytes, as DynamoDB's do; null: after a few items */
  constructor(pageBytes: number | null = null) {
    this.#pageBytes = pageBytes;
  }

  async send(command: unknown): Promise<unknown> {
    if (command instanceof GetCommand) {
      const { TableName, Key } = command.input;
      return { Item: this.#read(TableName as TableName, Key as Item) };
    }
    if (command instanceof PutCommand) {
      const { TableName, Item: item, ...rest } = command.input;
      this.#write(TableName as TableName, item as Item, rest, () => item as Item);
      return {};
    }
    if (command instanceof UpdateCommand) {
      const { TableName, Key, UpdateExpression, ...rest } = command.input;
      const words = { names: rest.ExpressionAttributeNames, values: rest.ExpressionAttributeValues };
      this.#write(TableName as TableName, Key as Item, rest, (before) =>
        changed(UpdateExpression!, before ?? (Key as Item), words),
      );
      return {};
    }
    if (command instanceof DeleteCommand && !command.input.ConditionExpression) {
      const table = command.input.TableName as TableName;
      const [partition, sort] = this.#place(table, command.input.Key as Item);
      this.#partitions(table).get(partition)?.delete(sort);
      return {};
    }
    if (command instanceof QueryCommand) return this.#query(command.input);
    if (command instanceof ScanCommand) return { Items: this.all(command.input.TableName as TableName) };
    throw new Error(`the tables do not know ${(command as object).constructor.name}`);
  }

  all<T = Item>(table: TableName): T[] {
    return [...this.#partitions(table).values()].flatMap((partition) =>
      [...partition.values()].map((json) => JSON.parse(json) as T),
    );
  }

  #partitions(table: TableName): Map<string, Map<string, string>> {
    if (!(table in TABLES)) throw Object.assign(new Error(table), { name: 'ResourceNotFoundException' });
    const there = this.#tables.get(table) ?? new Map<string, Map<string, string>>();
    this.#tables.set(table, there);
    return there;
  }

  #place(table: TableName, item: Item): [string, string] {
    const shape: Shape = TABLES[table];
    const [partition, sort] = [item[shape.partition], shape.sort ? item[shape.sort] : ''];
    if (typeof partition !== 'string' || typeof sort !== 'string' || partition === '')
      throw Object.assign(new Error(`${table}: no key`), { name: 'ValidationException' });
    return [partition, sort];
  }

  #read(table: TableName, key: Item): Item | undefined {
    const [partition, sort] = this.#place(table, key);
    const json = this.#partitions(table).get(partition)?.get(sort);
    return json === undefined ? undefined : (JSON.parse(json) as Item);
  }

  #write(
    table: TableName,
    key: Item,
    input: {
      ConditionExpression?: string | undefined;
      ExpressionAttributeNames?: Record<string, string> | undefined;
      ExpressionAttributeValues?: Item | undefined;
    },
    next: (before: Item | undefined) => Item,
  ): void {
    const before = this.#read(table, key);
    const words = { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues };
    if (input.ConditionExpression && !holds(input.ConditionExpression, before, words))
      throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    const [partition, sort] = this.#place(table, key);
    const json = JSON.stringify(next(before));
    const partitions = this.#partitions(table);
    const there = partitions.get(partition) ?? new Map<string, string>();
    partitions.set(partition, there.set(sort, json));
    this.onWrite(table, before, JSON.parse(json) as Item);
  }

  #query(input: QueryCommand['input']): unknown {
    const table = input.TableName as TableName;
    const shape: Shape = TABLES[table];
    const index = shape.indexes?.find((one) => one.name === input.IndexName);
    if (input.IndexName && !index)
      throw Object.assign(new Error('no index'), { name: 'ValidationException' });
    const keys = index ?? shape;
    const words = {
      names: input.ExpressionAttributeNames,
      values: input.ExpressionAttributeValues as Item | undefined,
    };
    // The table's own order breaks ties of an index, so that the end of a page is deterministic.
    const order = (item: Item): string =>
      [keys.sort && item[keys.sort], ...this.#place(table, item)].join('\u0000');
    const found = this.#candidates(table, input, index !== undefined)
      .filter((item) => item[keys.partition] !== undefined && (!keys.sort || item[keys.sort] !== undefined))
      .filter((item) => holds(input.KeyConditionExpression!, item, words))
      .sort((a, b) => (order(a) < order(b) ? -1 : 1));
    if (input.ScanIndexForward === false) found.reverse();
    // The next page begins behind a place, as in DynamoDB: the item there may have left the index since.
    const last = input.ExclusiveStartKey?.after as string | undefined;
    const isBehind = (item: Item): boolean =>
      input.ScanIndexForward === false ? order(item) < last! : order(item) > last!;
    const next = last === undefined ? 0 : found.findIndex(isBehind);
    const start = next < 0 ? found.length : next;
    const shown = index && (index.keysOnly ? [] : index.includes);
    const project = (item: Item): Item =>
      shown
        ? Object.fromEntries(
            [shape.partition, shape.sort, index.partition, index.sort, ...shown].flatMap((key) =>
              key ? [[key, item[key]]] : [],
            ),
          )
        : item;
    const Items = this.#page(found.slice(start), project, input.Limit);
    const isMore = start + Items.length < found.length;
    return {
      Items,
      ...(isMore && { LastEvaluatedKey: { after: order(found[start + Items.length - 1]!) } }),
    };
  }

  #page(found: Item[], project: (item: Item) => Item, limit: number | undefined): Item[] {
    if (this.#pageBytes === null) return found.slice(0, Math.min(PAGE, limit ?? PAGE)).map(project);
    const items: Item[] = [];
    for (let bytes = 0; items.length < Math.min(found.length, limit ?? found.length); ) {
      const item = project(found[items.length]!);
      bytes += Buffer.byteLength(JSON.stringify(item));
      if (bytes > this.#pageBytes && items.length > 0) break;
      items.push(item);
    }
    return items;
  }

  /** The items that can be meant: those of the partition, or those that hold its name anywhere (an index). */
  #candidates(table: TableName, input: QueryCommand['input'], isIndex: boolean): Item[] {
    const partition = input.ExpressionAttributeValues?.[':p'];
    if (typeof partition !== 'string') return this.all(table);
    const partitions = this.#partitions(table);
    const name = JSON.stringify(partition);
    const jsons = isIndex
      ? [...partitions.values()].flatMap((one) => [...one.values()].filter((json) => json.includes(name)))
      : [...(partitions.get(partition)?.values() ?? [])];
    return jsons.map((json) => JSON.parse(json) as Item);
  }
}
