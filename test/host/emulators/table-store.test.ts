import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTables, type TableStore } from '../../../host/emulators/table-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-tables-'));
const TableName = 'Table';
let tables: TableStore;
const ask = async (command: string, input: object) => {
  const { status, body } = await tables.request(command, JSON.stringify({ TableName, ...input }));
  return { status, ...JSON.parse(body) };
};
const keyOf = (n: number) => ({ p: { S: 'partition' }, s: { S: String(n).padStart(5, '0') } });

beforeAll(async () => {
  tables = await startTables(folder, 'secret');
  const names = ['p', 's'];
  const { status } = await ask('CreateTable', {
    KeySchema: names.map((AttributeName, n) => ({ AttributeName, KeyType: n === 0 ? 'HASH' : 'RANGE' })),
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
  });
  expect(status).toBe(200);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** More than LevelDB gives in one read of 16 KB. */
const RECORDS = 300;

it('answers each of many requests at once with its own item, also while the tables are purged', async () => {
  const numbers = Array.from({ length: RECORDS }, (_, n) => n);
  const puts = numbers.map((n) =>
    ask('PutItem', { Item: { ...keyOf(n), text: { S: `${n} ${'x'.repeat(200)}` } } }),
  );
  expect(await tables.purge()).toBe(true);
  expect(new Set((await Promise.all(puts)).map(({ status }) => status))).toEqual(new Set([200]));
  const read = await Promise.all(numbers.map((n) => ask('GetItem', { Key: keyOf(n) })));
  expect(read.map(({ Item }) => Number(Item.text.S.split(' ')[0]))).toEqual(numbers);
});

it.each([undefined, 1, 7])('reads a partition in order and to its end, %s at a time', async (Limit) => {
  const found: string[] = [];
  let ExclusiveStartKey: object | undefined;
  do {
    const page = await ask('Query', {
      KeyConditionExpression: 'p = :p',
      ExpressionAttributeValues: { ':p': { S: 'partition' } },
      ExclusiveStartKey,
      Limit,
    });
    found.push(...page.Items.map(({ s }: { s: { S: string } }) => s.S));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  expect(found).toEqual(Array.from({ length: RECORDS }, (_, n) => keyOf(n).s.S));
});

it('answers what DynamoDB refuses with its error', async () => {
  const answer = await ask('PutItem', { Item: keyOf(1), ConditionExpression: 'attribute_not_exists(p)' });
  expect(answer.status).toBe(400);
  expect(answer.__type).toContain('#ConditionalCheckFailedException');
});

it('answers open requests before it stops, and refuses every later one', async () => {
  const open = Array.from({ length: 50 }, (_, n) => ask('PutItem', { Item: keyOf(n) }));
  const stopped = tables.stop();
  await expect(ask('GetItem', { Key: keyOf(1) })).rejects.toThrow('the tables are closed');
  expect((await Promise.all(open)).every(({ status }) => status === 200)).toBe(true);
  await stopped;
  await expect(ask('GetItem', { Key: keyOf(1) })).rejects.toThrow('the tables are closed');
});
