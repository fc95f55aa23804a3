import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { expect, it, vi } from 'vitest';
import { closeTableIterators, tableIterators } from '../../../host/emulators/repair-storage.ts';

it('closes the iterator of every query, also of one that a limit ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-tables-'));
  closeTableIterators();
  const tables = dynalite({ path: folder, createTableMs: 0 });
  await new Promise<void>((done) => tables.listen({ port: 0, host: '127.0.0.1' }, done));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(tables.address() as AddressInfo).port}`,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const db = DynamoDBDocumentClient.from(client);
  const text = 'S' as const;
  await client.send(
    new CreateTableCommand({
      TableName: 'Table',
      KeySchema: [
        { AttributeName: 'p', KeyType: 'HASH' },
        { AttributeName: 's', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'p', AttributeType: text },
        { AttributeName: 's', AttributeType: text },
      ],
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    }),
  );
  for (const s of ['1', '2', '3']) await db.send(new PutCommand({ TableName: 'Table', Item: { p: 'a', s } }));

  const close = tableIterators().map(({ prototype }) => vi.spyOn(prototype, 'close'));
  for (const Limit of [undefined, 1, 2]) {
    const { Items } = await db.send(
      new QueryCommand({
        TableName: 'Table',
        KeyConditionExpression: 'p = :p',
        ExpressionAttributeValues: { ':p': 'a' },
        Limit,
      }),
    );
    expect(Items).toHaveLength(Limit ?? 3);
  }
  await vi.waitFor(() => expect(close.flatMap(({ mock }) => mock.calls)).toHaveLength(3), {
    timeout: 200_000,
  });
  vi.restoreAllMocks();
  client.destroy();
  tables.closeAllConnections();
  await new Promise((done) => tables.close(done));
  rmSync(folder, { recursive: true, force: true });
});
