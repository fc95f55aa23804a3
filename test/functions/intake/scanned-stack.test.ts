import { join, resolve } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntakeDependencies } from '../../../functions/intake/dependencies.ts';
import { handleMessage } from '../../../functions/intake/receive-upload.ts';
import type { Sender } from '../../../shared/access/sender.ts';
import { memoryOcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import { readLog } from '../../../shared/records/events/event-log.ts';
import { readDecision, readRuns } from '../../../shared/records/events/read-packet.ts';
import { readFinished } from '../../../shared/records/events/read-upload.ts';
import type { JoinsPacket } from '../../../shared/records/events/upload-events.ts';
import { newUploadId, uploadKey } from '../../../shared/records/events/upload-id.ts';
import { rebuild } from '../../../shared/records/recovery/rebuild.ts';
import { importRegistry } from '../../../shared/records/steps/import-registry.ts';
import { announceUpload } from '../../../shared/records/steps/receive-object.ts';
import type { CaseRecord } from '../../../shared/records/store/case-record.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';
import { type StackPage, scannedPdf, textOf } from '../../builders/a-stack.ts';
import { exported, type Files, type PersonMonth } from '../../builders/office-export.ts';
import { embeddedPdf, row } from '../../builders/pdf.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { zipOf } from '../../builders/zip.ts';
import { MemoryObjects } from '../../harness/memory-objects.ts';

// A scanned stack beside a CSV: answered before it is read, and again once it was read.
const SENDER: Sender = { kind: 'office', office: '0870100013' };
const objects = new MemoryObjects();
const texts = memoryOcrTexts();
let records: TestRecords;
let desk: IntakeDependencies;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  records = await testRecords();
  desk = {
    ...records,
    s3: objects as unknown as S3Client,
    inbox: 'inbox',
    scans: texts,
    isTurnOver: async () => false,
    domain: async () => ({
      ...(await import('../../../shared/flow.ts')),
      ...(await import('../../../shared/split/find-packet.ts')),
      ...(await import('../../../shared/packet/open-upload.ts')),
      ...(await import('../../../shared/decision/upload-verdict.ts')),
      ...(await import('../../../shared/decision/with-rivals.ts')),
    }),
  } as unknown as IntakeDependencies;
  const registry = await loadRegistry(
    join(resolve(import.meta.dirname, '../../..'), 'samples/registry/mito.yaml'),
  );
  await importRegistry(records.store, registry, records.now());
});
afterAll(() => records.stop());

async function send(files: Files, joins?: JoinsPacket) {
  const upload_id = newUploadId(new Date());
  const Body = zipOf(files);
  const key = uploadKey(upload_id);
  await announceUpload(records, { upload_id, name: 'a.zip', sender: SENDER, ...(joins && { joins }) });
  const { ETag, VersionId } = (await objects.send(
    new PutObjectCommand({ Bucket: 'inbox', Key: key, Body }),
  )) as { ETag: string; VersionId: string };
  const object = { key, etag: ETag.replaceAll('"', ''), version_id: VersionId, size: Body.length };
  await handleMessage(desk, { kind: 'objects', objects: [object] });
  return upload_id;
}
const linesOf = async (upload_id: string): Promise<PacketLine[]> =>
  (await records.all<PacketLine>('submissions'))
    .filter((one) => one.upload_id === upload_id && one.part.startsWith('packet#'))
    .sort((a, b) => (a.insured_number ?? '').localeCompare(b.insured_number ?? ''));
const verdictOf = async ({ packet_id }: PacketLine) =>
  records.results.readVerdict((await readDecision(records, packet_id))!);
const casesOf = async (number: string): Promise<CaseRecord[]> =>
  (await records.all<CaseRecord>('cases')).filter((one) => one.insured_number === number && !one.superseded);

/** Two persons of their own for each test, so that no case is a version of another's. */
function month(first: number, services: string[]) {
  const people: PersonMonth[] = ['花子', '太郎'].map((name, i) => ({
    ...{
      number: String(first + i).padStart(10, '0'),
      name: `見本　${name}${first}`,
      month: '202406',
      services,
    },
  }));
  const stack: StackPage[] = people.flatMap(({ number }) => [
    {
      ...{ city: 'mito', office_number: '0870100013', insured_number: number },
      ...{ service_month: '2024-06', event: 'continuing' },
    },
    ['介護保険被保険者証', '被保険者番号', '生年月日', '交付年月日 令和6年4月1日', '保険者番号'],
  ]);
  const csv: Files = Object.assign(
    {},
    ...(['UPPLAN', 'UPJSK', 'UPHOSOKU'] as const).map((type) => exported(type, people)),
  );
  return { people, stack, csv };
}

describe('a scanned stack beside a CSV', () => {
  it.each<[string, (csv: Files, stack: Uint8Array) => Files]>([
    ['after it', (csv, stack) => ({ ...csv, '束.pdf': stack })],
    ['before it', (csv, stack) => ({ '束.pdf': stack, ...csv })],
  ])('%s gives each person one packet, decided once more when the stack was read', async (where, files) => {
    const { people, stack, csv } = month(where === 'after it' ? 7_790_001 : 7_790_011, ['A21111', '631111']);
    const scan = await scannedPdf(stack, where);
    const upload = await send(files(csv, scan));
    const [rest, ...before] = await linesOf(upload);
    expect(before.map(({ insured_number, decision }) => [insured_number, decision])).toEqual(
      people.map(({ number }) => [number, 'accept']),
    );
    expect(rest).toMatchObject({ insured_number: null, decision: 'review' });

    await texts.put(textOf(scan, stack));
    const scanned = { kind: 'ocr_done' as const, packet_id: rest!.packet_id };
    await handleMessage(desk, scanned);
    const [left, ...after] = await linesOf(upload);
    expect(after.map(({ packet_id }) => packet_id)).toEqual(before.map(({ packet_id }) => packet_id));
    for (const line of after) {
      const { documents, ledger } = await verdictOf(line);
      expect(documents.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['cover_sheet', 'hihokenshasho']),
      );
      expect(ledger).toMatchObject({ accounted: true, pages: 2 });
      expect(await casesOf(line.insured_number!)).toMatchObject([{ version: 1, run: 2 }]);
    }
    expect(left).toMatchObject({ decision: 'accept', packet_id: rest!.packet_id });
    expect(await verdictOf(left!)).toMatchObject({
      documents: [],
      findings: [{ code: 'F_PACKET_HANDED_OVER' }],
    });
    expect(await readFinished(records, upload)).toMatchObject({ type: 'upload.finished', packets: 3 });

    // Delivered again, it finds everything done.
    await handleMessage(desk, scanned);
    for (const { packet_id } of [left!, ...after])
      expect((await readRuns(records, packet_id)).map(({ because }) => because)).toEqual([
        undefined,
        packet_id === left!.packet_id ? 'ocr' : 'beside',
      ]);
    expect(await linesOf(upload)).toEqual([left, ...after]);
  });

  it('is not decided again before every packet beside it has its answer', async () => {
    const { stack, csv } = month(7_790_021, ['A21111', '631111']);
    const scan = await scannedPdf(stack, 'turn');
    let packets = 0;
    const slow = { ...desk, isTurnOver: async () => ++packets === 1 };
    const [real, sent] = [desk, { '束.pdf': scan, ...csv }];
    desk = slow;
    const upload = await send(sent);
    desk = real;
    // The packet of the scans comes last, wherever its file is.
    expect((await linesOf(upload)).map(({ insured_number }) => insured_number)).toEqual(['0007790021']);
    await handleMessage(desk, { kind: 'upload', upload_id: upload });
    expect(await linesOf(upload)).toHaveLength(3);
  });

  it('is a further version of each person whose CSV alone was sent before', async () => {
    const { people, stack, csv } = month(7_790_031, ['A21111', '631111']);
    await send(csv);
    const scan = await scannedPdf(stack, 'later');
    const upload = await send({ ...csv, '束.pdf': scan });
    await texts.put(textOf(scan, stack));
    const [rest] = await linesOf(upload);
    await handleMessage(desk, { kind: 'ocr_done', packet_id: rest!.packet_id });
    for (const { number } of people) expect(await casesOf(number)).toMatchObject([{ version: 2, run: 2 }]);
  });

  it('takes the questions about what may be in it back, once it was read', async () => {
    const { stack, csv } = month(7_790_041, ['A21111']);
    const scan = await scannedPdf(stack, 'missing');
    const upload = await send({ ...csv, '束.pdf': scan });
    expect((await linesOf(upload)).map(({ decision }) => decision)).toEqual(['review', 'review', 'review']);
    await texts.put(textOf(scan, stack));
    const [rest] = await linesOf(upload);
    await handleMessage(desk, { kind: 'ocr_done', packet_id: rest!.packet_id });
    expect((await linesOf(upload)).map(({ decision }) => decision)).toEqual(['accept', 'return', 'return']);
  });

  it('gives the same cases after a rebuild', async () => {
    const before = await records.all<CaseRecord>('cases');
    for (const { area_month, case_key } of before)
      await records.store.remove('cases', { area_month, case_key });
    const { failed } = await rebuild(records, readLog(records.store));
    expect(failed).toEqual([]);
    const byKey = (all: CaseRecord[]) =>
      new Map(all.map((one) => [`${one.area_month} ${one.case_key}`, one]));
    expect(byKey(await records.all<CaseRecord>('cases'))).toEqual(byKey(before));
  });
});

describe('a missing paper of one person of a scanned stack', () => {
  it('is sent later and joins the papers of that person', async () => {
    const { people, stack, csv } = month(7_790_051, ['A21111']);
    const scan = await scannedPdf(stack, 'completed');
    const upload = await send({ ...csv, '束.pdf': scan });
    await texts.put(textOf(scan, stack));
    const [rest] = await linesOf(upload);
    await handleMessage(desk, { kind: 'ocr_done', packet_id: rest!.packet_id });
    const returned = (await linesOf(upload)).find(
      ({ insured_number }) => insured_number === people[1]!.number,
    )!;
    const { packet, files, documents, missing_documents } = await verdictOf(returned);
    expect(missing_documents).toContain('shien_keika');

    const { position } = (await readDecision(records, returned.packet_id))!;
    const joins = { packet_id: returned.packet_id, upload_id: upload, packet: position.packet, replaces: [] };
    const title = { text: '介護予防支援経過記録', size: 16 };
    const paper = await embeddedPdf([
      [title, row('利用者氏名', people[1]!.name), row('年月日', '内容'), row('令和6年6月10日', '訪問')],
    ]);
    const added = await send({ '経過記録.pdf': paper }, { ...joins, split: { name: packet, files: files! } });
    const lines = await linesOf(added);
    expect(lines).toMatchObject([{ insured_number: people[1]!.number, service_month: '2024-06' }]);
    const completed = await verdictOf(lines[0]!);
    expect(completed.missing_documents).not.toContain('shien_keika');
    expect(completed.documents.map(({ kind }) => kind).sort()).toEqual(
      [...documents.map(({ kind }) => kind), 'keika_kiroku'].sort(),
    );
    expect(completed.ledger).toMatchObject({ accounted: true, pages: 3 });
    expect(await casesOf(people[1]!.number)).toMatchObject([{ version: 2, packet_id: lines[0]!.packet_id }]);
    expect(await casesOf(people[0]!.number)).toMatchObject([{ version: 1 }]);
  });
});
