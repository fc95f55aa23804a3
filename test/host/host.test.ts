import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { DataFolderError } from '../../host/data-folder.ts';
import { type Host, startHost } from '../../host/host.ts';
import { TABLES, type TableName, tableVariable } from '../../shared/records/store/tables.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import type { UploadLine } from '../../shared/records/views/upload-line.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { maskNumber } from '../../shared/vocabulary/labels.ts';
import { repack } from '../builders/repack.ts';

// One desk in this process: the template, the queues and the handlers are the real ones.
const ROOT = resolve(import.meta.dirname, '../..');
const sample = (name: string) => join(ROOT, `samples/packets/${name}.zip`);
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-desk-'));
const never = async () => false;
let desk: Host;
let client: ApiClient;
let db: DynamoDBDocumentClient;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder: join(folder, 'data'), port: 0 });
  client = new ApiClient(desk);
  db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  for (const city of ['mito', 'kumamoto', 'iwaki'])
    await client.importRegistry(await loadRegistry(join(ROOT, `samples/registry/${city}.yaml`)));
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function submit(name: string, file: string) {
  const id = await client.send({ name, file });
  return client.waitForAnswer(id, never);
}
async function all<T>(table: TableName): Promise<T[]> {
  const { Items } = await db.send(new ScanCommand({ TableName: process.env[tableVariable(table)] }));
  return (Items ?? []) as T[];
}

describe('an upload', () => {
  it('ends with a decision, a notice as text, a receipt and a count in the summary', async () => {
    const { upload_id, packets } = await submit('mito-2024-04.zip', sample('mito-2024-04'));
    await desk.waitUntilIdle();
    expect(packets).toHaveLength(1);
    const [packet] = packets;
    expect(packet).toMatchObject({ city: 'mito', outcome: 'decided', receipt: upload_id });
    expect(packet!.ledger.accounted).toBe(true);
    const { text } = await client.get<{ text: string }>(`/notices/${packet!.packet_id}`);
    expect(text).toContain(upload_id);
    expect(text).toContain('すべて処理済み');
    const receipt = await client.get<{ text: string }>(`/notices/${upload_id}`);
    expect(receipt.text).toContain('受付票');
    expect(receipt.text).toContain(maskNumber(packet!.insured_number));
    const { summary, cases } = await client.get<{ summary: AreaSummary; cases: object[] }>(
      `/areas/mito/${packet!.area}/${packet!.service_month}`,
    );
    expect(summary.cases).toBe(cases.length);
  });

  it('sent a second time gets its first receipt, without a second decision, notice or review item', async () => {
    const first = await submit('kumamoto-bulk.zip', sample('kumamoto-bulk'));
    await desk.waitUntilIdle();
    const count = async () =>
      Promise.all(
        (['events', 'notices', 'reviews', 'cases'] as const).map(async (t) => (await all(t)).length),
      );
    const before = await count();
    const second = await submit('もう一度.zip', sample('kumamoto-bulk'));
    await desk.waitUntilIdle();
    expect(second.upload_id).not.toBe(first.upload_id);
    expect(second.packets.map((p) => p.outcome)).toEqual(first.packets.map(() => 'repeated'));
    expect(second.packets.map((p) => p.receipt)).toEqual(first.packets.map(() => first.upload_id));
    expect(second.packets.map((p) => p.decision)).toEqual(first.packets.map((p) => p.decision));
    const { text } = await client.get<{ text: string }>(`/notices/${second.upload_id}`);
    expect(text).toContain(`受付番号 ${first.upload_id}`);
    const after = await count();
    // announced, received, scanned, finished, receipt; for each packet its answer, and its line in this upload.
    expect(after[0]! - before[0]!).toBe(5 + 2 * second.packets.length);
    expect(after.slice(1)).toEqual(before.slice(1));
  });

  it('with a folder that was sent before in another ZIP decides only the new packets', async () => {
    const first = await submit('renewal.zip', sample('kumamoto-renewal'));
    const file = join(folder, 'both.zip');
    writeFileSync(file, await repack([sample('kumamoto-renewal'), sample('iwaki-commissioned')]));
    const both = await submit('both.zip', file);
    expect(both.packets.map((p) => [p.outcome, p.receipt])).toEqual([
      ['repeated', first.upload_id],
      ['decided', both.upload_id],
    ]);
  });
});

describe('a correction', () => {
  it('is a new version of the first, keeps its receipt date, and replaces it in the summary', async () => {
    const lacking = join(folder, 'lacking.zip');
    writeFileSync(lacking, await repack([sample('mito-2024-05')], { without: '利用票' }));
    const first = await submit('lacking.zip', lacking);
    const second = await submit('mito-2024-05.zip', sample('mito-2024-05'));
    await desk.waitUntilIdle();
    expect(first.packets[0]!.packet_id).not.toBe(second.packets[0]!.packet_id);
    const { versions } = await client.get<{ versions: { version: number; upload_id: string }[] }>(
      `/packets/${second.packets[0]!.packet_id}`,
    );
    expect(versions.map((v) => [v.version, v.upload_id])).toEqual([
      [1, first.upload_id],
      [2, second.upload_id],
    ]);
    const { notice } = await client.get<{ notice: { version: number; first: { receipt: string } } }>(
      `/notices/${second.packets[0]!.packet_id}`,
    );
    expect(notice).toMatchObject({ version: 2, first: { receipt: first.upload_id } });
    const { area, service_month } = second.packets[0]!;
    const { summary } = await client.get<{ summary: AreaSummary }>(`/areas/mito/${area}/${service_month}`);
    expect(summary).toMatchObject({ cases: 1, users: 1, corrected: 1 });
    const open = (await all<ReviewItem>('reviews')).filter((item) => item.state === 'open');
    expect(open.map((item) => item.packet_id)).not.toContain(first.packets[0]!.packet_id);
  });
});

describe('the inbox', () => {
  it('receives an object that was put past the API', async () => {
    const body = await repack([sample('iwaki-direct')]);
    const put = { Bucket: process.env.INBOX, Key: 'uploads/by-hand/直接 1.zip', Body: body };
    await desk.cloud.s3.send(new PutObjectCommand(put));
    await desk.waitUntilIdle();
    const uploads = await all<{ name: string; state: string; part: string }>('submissions');
    expect(uploads.find((one) => one.name === '直接 1.zip')).toMatchObject({ state: 'finished' });
  });

  it('treats two files under one key as two uploads, each with its own answer, when the first was not yet read', async () => {
    const { upload_id, fields } = await client.request<{ upload_id: string; fields: { key: string } }>(
      '/uploads',
      {
        method: 'POST',
        body: JSON.stringify({ name: 'twice.zip' }),
        headers: { 'content-type': 'application/json' },
      },
    );
    for (const name of ['okayama-new', 'nobeoka-type-a'])
      await desk.cloud.s3.send(
        new PutObjectCommand({
          Bucket: process.env.INBOX,
          Key: fields.key,
          Body: readFileSync(sample(name)),
        }),
      );
    await desk.waitUntilIdle();
    const uploads = (await all<UploadLine>('submissions')).filter(
      (one) => one.part === 'upload' && one.upload_id.startsWith(upload_id),
    );
    expect(uploads.map(({ name, state, packets }) => [name, state, packets])).toEqual([
      ['twice.zip', 'finished', 1],
      ['twice.zip', 'finished', 1],
    ]);
    const cities = await Promise.all(
      uploads.map(async (one) => (await client.upload(one.upload_id)).packets[0]!.city),
    );
    expect(cities.sort()).toEqual(['nobeoka', 'okayama']);
  });

  it('stores a file larger than one request of the object store, byte for byte', async () => {
    const { url, fields } = await client.request<{ url: string; fields: Record<string, string> }>(
      '/uploads',
      {
        method: 'POST',
        body: JSON.stringify({ name: 'large.bin' }),
        headers: { 'content-type': 'application/json' },
      },
    );
    const bytes = randomBytes(20 * 1024 * 1024 + 7);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([bytes]), 'large.bin');
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(204);
    // No reader gets it before the scan.
    await desk.waitUntilIdle();
    const { Body } = await desk.cloud.s3.send(
      new GetObjectCommand({ Bucket: process.env.INBOX, Key: fields.key }),
    );
    expect(Buffer.from(await Body!.transformToByteArray()).equals(bytes)).toBe(true);
  });

  it('refuses a form whose key is not the one that was signed', async () => {
    const { url, fields } = await client.request<{ url: string; fields: Record<string, string> }>(
      '/uploads',
      {
        method: 'POST',
        body: JSON.stringify({ name: 'x.zip' }),
        headers: { 'content-type': 'application/json' },
      },
    );
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, key: 'uploads/other/x.zip' }))
      form.append(name, value);
    form.append('file', new Blob(['x']), 'x.zip');
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(403);
  });
});

describe('the read models', () => {
  it('are the same after a rebuild from the events', async () => {
    await desk.waitUntilIdle();
    const models = ['submissions', 'cases', 'reviews', 'notices', 'summaries'] as const;
    const snapshot = async () => {
      const tables = await Promise.all(models.map((name) => all<Record<string, unknown>>(name)));
      return tables.map((items) =>
        items.map(({ revision, computed_at, ...rest }) => JSON.stringify(sorted(rest))).sort(),
      );
    };
    const before = await snapshot();
    for (const name of models)
      for (const item of await all<Record<string, string>>(name)) {
        const shape: { partition: string; sort?: string } = TABLES[name];
        const keys = [shape.partition, shape.sort].filter((key) => key !== undefined);
        const Key = Object.fromEntries(keys.map((key) => [key, item[key]]));
        await db.send(new DeleteCommand({ TableName: process.env[tableVariable(name)], Key }));
      }
    await client.operate('rebuild');
    expect(await snapshot()).toEqual(before);
  });
});

describe('a second desk', () => {
  it('is refused on the same folder with a message', async () => {
    const again = startHost({ folder: join(folder, 'data'), port: 0 });
    await expect(again).rejects.toThrow(DataFolderError);
    await expect(again).rejects.toThrow('もう受付が動いています');
  });
});

/** The same value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const pairs = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(pairs.sort(([a], [b]) => a.localeCompare(b)));
}

describe('an upload killed before its end was recorded, whose message was lost', () => {
  it('is requeued by a sweep and finished, and sends nothing twice', async () => {
    const { upload_id } = await submit('iwaki-center.zip', sample('iwaki-center'));
    await desk.waitUntilIdle();
    const before = (await all('events')).length;
    const Key = { stream: `upload#${upload_id}`, seq: '3#finished' };
    await db.send(new DeleteCommand({ TableName: process.env.TABLE_EVENTS, Key }));
    await desk.waitUntilIdle();
    const after = await all<{ stream: string; seq: string }>('events');
    expect(after.filter(({ stream, seq }) => stream === Key.stream && seq === Key.seq)).toHaveLength(1);
    expect(after).toHaveLength(before);
  });
});
