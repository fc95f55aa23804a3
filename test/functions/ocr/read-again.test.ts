import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../../cli/api-client.ts';
import { type Host, startHost } from '../../../host/host.ts';
import { hihokenshasho } from '../../../samples/lib/forms/hihokenshasho.ts';
import type { Page } from '../../../samples/lib/page.ts';
import { direct } from '../../../samples/sets/iwaki.ts';
import { drawCoverSheets } from '../../../shared/cover-sheet/draw-cover-sheets.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { scaleTo } from '../../../shared/documents/ocr/image/gray-image.ts';
import { pageImages } from '../../../shared/documents/ocr/image/page-images.ts';
import { closeOcrReader } from '../../../shared/documents/ocr/ocr-file-isolated.ts';
import type { RecordEvent } from '../../../shared/records/events/event.ts';
import type { PacketDecided } from '../../../shared/records/events/packet-events.ts';
import type { CaseRecord } from '../../../shared/records/store/case-record.ts';
import { type TableName, tableVariable } from '../../../shared/records/store/tables.ts';
import type { NoticeRecord } from '../../../shared/records/views/letter.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import type { ReviewItem } from '../../../shared/records/views/review-item.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { scanned, toPng } from '../../builders/a-scan.ts';
import { repack } from '../../builders/repack.ts';
import { zip } from '../../builders/zip.ts';

// A packet of CSV files and text PDFs with one scanned page, through the real queues and handlers.
const ROOT = resolve(import.meta.dirname, '../../..');
const SAMPLE = join(ROOT, 'samples/packets/broken-pdf-picture.zip');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-scan-'));
let desk: Host;
let client: ApiClient;
let db: DynamoDBDocumentClient;
let packet: { packet_id: string; decision: string };

const all = async <T>(table: TableName): Promise<T[]> =>
  ((await db.send(new ScanCommand({ TableName: process.env[tableVariable(table)] }))).Items ?? []) as T[];
const of = async <T extends { packet_id?: string }>(table: TableName): Promise<T[]> =>
  (await all<T>(table)).filter((item) => item.packet_id === packet.packet_id);
const runs = async () => (await of<PacketDecided>('events')).filter(({ type }) => type === 'packet.decided');
async function submit(name: string, file: string) {
  const { packets } = await client.waitForAnswer(await client.send({ name, file }), async () => false);
  return packets[0] as typeof packet;
}

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder: join(folder, 'data'), port: 0 });
  client = new ApiClient(desk);
  db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  await client.importRegistry(await loadRegistry(join(ROOT, 'samples/registry/iwaki.yaml')));
  packet = await submit('scan.zip', SAMPLE);
  await desk.waitUntilIdle();
});
afterAll(async () => {
  closeOcrReader();
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a packet with a scanned page', () => {
  it('is answered before the scan is read, and decided again once it is read', async () => {
    const [first, second, ...more] = (await runs()).sort((a, b) => a.run - b.run);
    expect(first).toMatchObject({ run: 1, decision: 'review' });
    expect(second).toMatchObject({ run: 2, packet_id: first?.packet_id, upload_id: first?.upload_id });
    expect(second?.received_at).toBe(first?.received_at);
    expect(more).toEqual([]);
    expect((await desk.countPending()).dead).toBe(0);
    const { verdict } = await client.get<{ verdict: PacketVerdict }>(`/packets/${packet.packet_id}`);
    expect(verdict.documents.filter(({ read_by }) => read_by === 'ocr')).toMatchObject([
      { kind: 'keika_kiroku', pages: 1 },
    ]);
    expect(verdict.documents.some(({ read_by }) => read_by === 'none')).toBe(false);
    expect(verdict.ledger.accounted).toBe(true);
  });

  it('has one notice and at most one review item, and both show the second run', async () => {
    const notices = (await all<NoticeRecord>('notices')).filter((n) => n.notice_id === packet.packet_id);
    expect(notices).toMatchObject([{ run: 2 }]);
    const { text } = await client.get<{ text: string }>(`/notices/${packet.packet_id}`);
    expect(text).not.toContain('文字の情報がなく');
    const items = await of<ReviewItem>('reviews');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ run: 2, state: 'open' });
    expect(items[0]?.findings).toContainEqual(
      expect.objectContaining({
        code: 'F_FILE_OCR',
        where: expect.objectContaining({ box: expect.any(Array) }),
      }),
    );
    expect(items[0]?.documents.some(({ read_by }) => read_by === 'ocr')).toBe(true);
  });

  it('is decided no third time when the message is delivered again', async () => {
    const before = await all<RecordEvent>('events');
    await new SQSClient({ useQueueUrlAsEndpoint: false }).send(
      new SendMessageCommand({
        QueueUrl: process.env.QUEUE_INTAKE,
        MessageBody: JSON.stringify({ kind: 'ocr_done', packet_id: packet.packet_id }),
      }),
    );
    await desk.waitUntilIdle();
    expect(await all('events')).toHaveLength(before.length);
  });

  it('keeps the text by the digest of the file: the same scan in another packet is read at once', async () => {
    const again = join(folder, 'again.zip');
    writeFileSync(again, await repack([SAMPLE], { without: '重要事項' }));
    const next = await submit('again.zip', again);
    await desk.waitUntilIdle();
    expect(next.packet_id).not.toBe(packet.packet_id);
    const events = await all<PacketDecided>('events');
    const mine = events.filter((e) => e.type === 'packet.decided' && e.packet_id === next.packet_id);
    expect(mine).toHaveLength(1);
    expect(events.filter((e) => (e.type as string) === 'ocr.read')).toHaveLength(1);
  });
});

describe('a scanned stack of two persons, each under a 送付票', () => {
  it('becomes two packets: the first keeps the id of the upload’s packet, the second gets an id of its own', async () => {
    const file = join(folder, 'stack.zip');
    writeFileSync(file, zip([{ name: '束.pdf', bytes: await aStack(['0000000211', '0000000212']) }]));
    const first = await submit('stack.zip', file);
    await desk.waitUntilIdle();
    const events = await all<PacketDecided>('events');
    const decided = events.filter((e) => e.type === 'packet.decided');
    const [before, after, ...more] = decided
      .filter((e) => e.packet_id === first.packet_id)
      .sort((a, b) => a.run - b.run);
    expect(more).toEqual([]);
    expect(before).toMatchObject({ run: 1, decision: 'review', city: '_unknown' });
    expect(after).toMatchObject({ run: 2, city: 'iwaki', month: '2024-06', office: '0770100014' });
    const beside = decided.filter(
      (e) => e.upload_id === before?.upload_id && e.packet_id !== first.packet_id,
    );
    expect(beside).toMatchObject([
      { run: 1, position: { packet: 1, part: 1 }, city: 'iwaki', month: '2024-06' },
    ]);
    const lines = (await all<PacketLine>('submissions')).filter(
      (line) => line.upload_id === before?.upload_id,
    );
    expect(lines.filter(({ position }) => position).map(({ insured_number }) => insured_number)).toEqual([
      '0000000211',
      '0000000212',
    ]);
    // the case of the unread stack is marked as left
    const left = (await all<CaseRecord>('cases')).filter((c) => c.packet_id === first.packet_id);
    expect(left.map(({ city, superseded }) => [city, superseded ?? false]).sort()).toEqual([
      ['_unknown', true],
      ['iwaki', false],
    ]);
    expect((await desk.countPending()).dead).toBe(0);
  });
});

/** Sheets and cards, drawn and then photographed. */
async function aStack(persons: string[]): Promise<Buffer> {
  const cover = { city: 'iwaki', office_number: '0770100014', service_month: '2024-06', event: 'continuing' };
  const sheets = await drawCoverSheets(persons.map((insured_number) => ({ ...cover, insured_number })));
  const doc = new PDFDocument({ autoFirstPage: false });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  let person = 0;
  for await (const sheet of pageImages(sheets)) {
    if (!('image' in sheet)) throw sheet.error;
    const insured = persons[person++] as string;
    const card = hihokenshasho({ ...direct, person: { ...direct.person, insured } })[0] as Page;
    for (const page of [scaleTo(sheet.image, 150), scanned(card, 200)]) {
      const size: [number, number] = [(page.width * 72) / page.dpi, (page.height * 72) / page.dpi];
      doc.addPage({ size, margin: 0 }).image(toPng(page), 0, 0, { width: size[0] });
    }
  }
  doc.end();
  await new Promise((resolve) => doc.once('end', resolve));
  return Buffer.concat(chunks);
}
