import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Shape, TABLES, type TableName } from './tables.ts';

type Item = Record<string, unknown>;
export type Key = Record<string, string>;

/** A condition or an update as DynamoDB expression. `names` for reserved words, `values` for what is compared. */
export interface Clause {
  expression: string;
  names?: Record<string, string>;
  values?: Item;
}

/**
 * The tables, by single-item writes only. There are no transactions, by design: each step is one conditional write, and
 * the process that loses the race finds the step done.
 */
export class RecordStore {
  private readonly db: DynamoDBDocumentClient;
  private readonly tables: Record<TableName, string>;

  constructor(db: DynamoDBDocumentClient, tables: Record<TableName, string>) {
    this.db = db;
    this.tables = tables;
  }

  /** Strongly consistent, like every read a decision rests on. */
  async get<T extends object>(table: TableName, key: Key): Promise<T | null> {
    const { Item } = await this.db.send(
      new GetCommand({ TableName: this.tables[table], Key: key, ConsistentRead: true }),
    );
    return (Item as T | undefined) ?? null;
  }

  async put(table: TableName, item: object): Promise<void> {
    await this.db.send(new PutCommand({ TableName: this.tables[table], Item: item }));
  }

  /** Writes the item where none has its key. False: one has. */
  putOnce(table: TableName, item: object): Promise<boolean> {
    return this.putIf(table, item, {
      expression: 'attribute_not_exists(#key)',
      names: { '#key': TABLES[table].partition },
    });
  }

  /** Writes the item where the condition holds. False: it does not. */
  putIf(table: TableName, item: object, condition: Clause): Promise<boolean> {
    return happened(
      this.db.send(
        new PutCommand({
          TableName: this.tables[table],
          Item: item,
          ConditionExpression: condition.expression,
          ExpressionAttributeNames: condition.names,
          ExpressionAttributeValues: condition.values,
        }),
      ),
    );
  }

  /** Removes one item. For an erasure: no function has the right. */
  async remove(table: TableName, key: Key): Promise<void> {
    await this.db.send(new DeleteCommand({ TableName: this.tables[table], Key: key }));
  }

  /** Changes one item where the condition holds. False: it does not. */
  update(table: TableName, key: Key, change: Clause, condition: string): Promise<boolean> {
    return happened(
      this.db.send(
        new UpdateCommand({
          TableName: this.tables[table],
          Key: key,
          UpdateExpression: change.expression,
          ConditionExpression: condition,
          ExpressionAttributeNames: change.names,
          ExpressionAttributeValues: change.values,
        }),
      ),
    );
  }

  /** Every item of one partition in order, page by page. `begins` or `after` narrows it by the sort key. */
  async *partition<T extends object>(
    table: TableName,
    value: string,
    options: { begins?: string; after?: string; limit?: number; newestFirst?: boolean } = {},
  ): AsyncGenerator<T> {
    const shape: { partition: string; sort?: string } = TABLES[table];
    const names: Record<string, string> = { '#p': shape.partition };
    const values: Item = { ':p': value };
    let expression = '#p = :p';
    if (options.begins !== undefined) {
      expression += ' AND begins_with(#s, :s)';
      names['#s'] = shape.sort!;
      values[':s'] = options.begins;
    } else if (options.after !== undefined) {
      expression += ' AND #s > :s';
      names['#s'] = shape.sort!;
      values[':s'] = options.after;
    }
    yield* this.pages<T>(
      { TableName: this.tables[table], ConsistentRead: true, ScanIndexForward: !options.newestFirst },
      { expression, names, values },
      options.limit,
    );
  }

  /** Every item of one partition of an index, by its sort key, `until` one and `from` another. Eventually consistent. */
  async *index<T extends object>(
    table: TableName,
    index: string,
    value: string,
    options: { from?: string; until?: string; limit?: number; newestFirst?: boolean; start?: Item } = {},
  ): AsyncGenerator<T> {
    const shape = (
      TABLES[table] as { indexes?: readonly { name: string; partition: string; sort: string }[] }
    ).indexes!.find((one) => one.name === index)!;
    const names: Record<string, string> = { '#p': shape.partition };
    const values: Item = { ':p': value };
    let expression = '#p = :p';
    if (options.until !== undefined) {
      expression += options.from === undefined ? ' AND #s <= :s' : ' AND #s BETWEEN :from AND :s';
      names['#s'] = shape.sort;
      values[':s'] = options.until;
      if (options.from !== undefined) values[':from'] = options.from;
    }
    yield* this.pages<T>(
      { TableName: this.tables[table], IndexName: index, ScanIndexForward: !options.newestFirst },
      { expression, names, values },
      options.limit,
      options.start,
    );
  }

  /**
   * One page of an index, from behind the item with the keys `after`. `next`: the keys of its last item, where more follow.
   * A key that is no item's is a place between two items.
   */
  async indexPage<T extends object>(
    table: TableName,
    index: string,
    value: string,
    options: { limit: number; until?: string | undefined; newestFirst?: boolean; after?: Key | undefined },
  ): Promise<{ items: T[]; next: Key | null }> {
    const shape: Shape = TABLES[table];
    const { partition, sort } = shape.indexes!.find((one) => one.name === index)!;
    const { limit, after } = options;
    const found = this.index<T>(table, index, value, {
      ...(options.until !== undefined && { until: options.until }),
      ...(options.newestFirst && { newestFirst: true }),
      ...(after && { start: { ...after, [partition]: value } }),
      // One more than is shown: whether more follow.
      limit: limit + 1,
    });
    const items = await collect(found);
    const last = items.length > limit ? (items[limit - 1] as Item) : null;
    const keys = [sort, shape.partition, ...(shape.sort ? [shape.sort] : [])];
    const next = last && Object.fromEntries(keys.map((key) => [key, String(last[key])]));
    return { items: items.slice(0, limit), next };
  }

  /** A whole table, in no order. For an operator: no function has the right. */
  async *everything<T extends object>(table: TableName): AsyncGenerator<T> {
    let start: Item | undefined;
    do {
      const page = await this.db.send(
        new ScanCommand({ TableName: this.tables[table], ConsistentRead: true, ExclusiveStartKey: start }),
      );
      yield* (page.Items ?? []) as T[];
      start = page.LastEvaluatedKey;
    } while (start);
  }

  private async *pages<T extends object>(
    input: { TableName: string; IndexName?: string; ConsistentRead?: boolean; ScanIndexForward?: boolean },
    key: Clause,
    limit = Number.POSITIVE_INFINITY,
    after?: Item,
  ): AsyncGenerator<T> {
    let start = after;
    let left = limit;
    do {
      const page = await this.db.send(
        new QueryCommand({
          ...input,
          KeyConditionExpression: key.expression,
          ExpressionAttributeNames: key.names,
          ExpressionAttributeValues: key.values,
          ExclusiveStartKey: start,
          Limit: Number.isFinite(left) ? left : undefined,
        }),
      );
      for (const item of page.Items ?? []) {
        yield item as T;
        if (--left <= 0) return;
      }
      start = page.LastEvaluatedKey;
    } while (start);
  }
}

async function happened(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    // Two copies of the SDK in one process have two classes of the same name.
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

export async function collect<T>(items: AsyncGenerator<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
