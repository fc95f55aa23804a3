import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packetKeys, uploadKeys } from '../../../../shared/records/events/event-keys.ts';
import { append } from '../../../../shared/records/events/event-log.ts';
import { readPacketStream } from '../../../../shared/records/events/read-packet.ts';
import { readUpload } from '../../../../shared/records/events/read-upload.ts';
import { importRegistry } from '../../../../shared/records/steps/import-registry.ts';
import { type NoticeRecord, readLetter } from '../../../../shared/records/views/letter.ts';
import { putPacketLine } from '../../../../shared/records/views/packet-line.ts';
import { writeAnswer } from '../../../../shared/records/views/write-answer.ts';
import { writeNotice } from '../../../../shared/records/views/write-notice.ts';
import { receiptIn, writeReceipt } from '../../../../shared/records/views/write-receipt.ts';
import { loadRegistry } from '../../../../shared/registry/registry.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aDecided, aReceived } from '../../../builders/events.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
let written: Map<string, string>;

beforeEach(async () => {
  records = await testRecords();
  written = records.letters;
  const ref = await records.results.keepVerdict(aVerdict());
  await append(records.store, aDecided(ref));
  await append(records.store, aReceived());
  await append(records.store, {
    ...uploadKeys.finished('R1'),
    at: '2026-06-02T00:00:00.000Z',
    upload_id: 'R1',
    entries: 2,
    packets: 1,
    repeated: 0,
    digest: 'd',
  });
  await putPacketLine(records.store, aReceived(), atPacket(1), aDecided(ref), aVerdict(), null);
});
afterEach(() => records.stop());

it('writes the notice of a packet once, under the prefix of its office', async () => {
  const notice = (await writeNotice(records, 'p1'))!;
  expect(notice).toMatchObject({ kind: 'accept', key: 'offices/0870100013/notices/p1.json' });
  // Its text and its data are one object: neither is ever without the other.
  expect([...written.keys()]).toEqual([notice.key]);
  expect(JSON.parse(written.get(notice.key)!)).toMatchObject({
    text: expect.stringContaining('受理'),
    data: { kind: 'accept' },
  });
  written.clear();
  expect(await writeNotice(records, 'p1')).toEqual(notice);
  expect(written.size).toBe(0);
});

it('writes the receipt of a finished upload once, with the totals of the upload', async () => {
  written.clear();
  const receipt = await writeReceipt(records, 'R1');
  expect(receipt).toMatchObject({ kind: 'receipt', key: 'offices/0870100013/receipts/R1.json' });
  const { data } = JSON.parse(written.get(receipt.key) ?? '{}');
  expect(data).toMatchObject({ files: 2, counts: { accept: 1, review: 0, return: 0, repeated: 0 } });
  written.clear();
  await writeReceipt(records, 'R1');
  expect(written.size).toBe(0);
});

it('rewrites a lost letter, and leaves one that exists as it was sent', async () => {
  await writeNotice(records, 'p1', { keepText: true });
  const sent = new Map(written);
  expect(sent.size).toBe(1);
  written.clear();
  await writeNotice(records, 'p1', { keepText: true });
  expect(written).toEqual(sent);
  // Its names have become known since.
  const registry = await loadRegistry('samples/registry/mito.yaml');
  await importRegistry(records.store, registry, new Date());
  await writeNotice(records, 'p1', { keepText: true });
  expect(written).toEqual(sent);
  written.clear();
  await writeNotice(records, 'p1', { keepText: true });
  expect(written).not.toEqual(sent);
});

describe('the letters of an upload of one packet', () => {
  const KEY = 'offices/0870100013/answers/R1.json';
  const recordOf = async (id: string) =>
    id === 'R1'
      ? receiptIn(await readUpload(records, id))!
      : (await records.store.get<NoticeRecord>('notices', { notice_id: id }))!;
  const sections = () => JSON.parse(written.get(KEY)!) as Record<string, unknown>;

  beforeEach(async () => {
    records.results.read = async (key) => Buffer.from(written.get(key)!);
    const answer = { position: atPacket(1), packet: '1', packet_id: 'p1', outcome: 'decided' } as const;
    await append(records.store, { ...uploadKeys.answered('R1', atPacket(1)), at: '2026-06-02', ...answer });
  });

  it('are one object, of which each is read as what it is', async () => {
    await writeAnswer(records, 'R1');
    expect([...written.keys()]).toEqual([KEY]);
    for (const [id, kind, title] of [
      ['p1', 'accept', '受理'],
      ['R1', 'receipt', '受付票'],
    ] as const) {
      const record = await recordOf(id);
      expect(record).toMatchObject({ kind, key: KEY, upload_id: 'R1' });
      expect((await readLetter(records, record)).text).toContain(title);
    }
    const { runs, has } = await readPacketStream(records, 'p1');
    expect([runs.length, has(packetKeys.notice('p1', 1))]).toEqual([1, true]);
    expect((await readUpload(records, 'R1')).receipt).not.toBeNull();
  });

  it('are written again as the same bytes after a kill, and not at all once both were written', async () => {
    const put = vi.spyOn(records.store, 'putIf').mockRejectedValueOnce(new Error('killed'));
    await expect(writeAnswer(records, 'R1')).rejects.toThrow('killed');
    put.mockRestore();
    const first = written.get(KEY);
    await writeAnswer(records, 'R1');
    expect(written.get(KEY)).toBe(first);
    const write = vi.spyOn(records.results, 'write');
    await writeAnswer(records, 'R1');
    await writeNotice(records, 'p1', { run: 1 });
    expect(write).not.toHaveBeenCalled();
  });

  it('are two objects where the notice was written before', async () => {
    const notice = await writeNotice(records, 'p1', { run: 1 });
    await writeAnswer(records, 'R1');
    expect([...written.keys()]).toEqual([notice!.key, 'offices/0870100013/receipts/R1.json']);
  });

  it.each([
    ['stay as they were sent', false, 1],
    ['are recorded again where the record of the notice was lost', true, 1],
  ])('%s', async (_, isLost, objects) => {
    await writeAnswer(records, 'R1');
    const before = [await recordOf('p1'), await recordOf('R1')];
    if (isLost) await records.store.remove('notices', { notice_id: 'p1' });
    await writeNotice(records, 'p1', { keepText: true });
    await writeReceipt(records, 'R1', { keepText: true });
    expect([await recordOf('p1'), await recordOf('R1')]).toEqual(before);
    expect(written.size).toBe(objects);
  });

  it('are written one by one where their bytes are lost', async () => {
    await writeAnswer(records, 'R1');
    const sent = sections();
    written.clear();
    await writeNotice(records, 'p1', { keepText: true });
    await writeReceipt(records, 'R1', { keepText: true });
    const letters = [await recordOf('p1'), await recordOf('R1')].map(async (one) => readLetter(records, one));
    const { receipt, ...notice } = sent;
    expect(await Promise.all(letters)).toEqual([notice, receipt]);
    expect(written.has(KEY)).toBe(false);
  });
});

describe('the letter of a run that found papers of another office', () => {
  const explained = (reason: string) => ({
    ...aVerdict().explanation,
    caveats: [reason],
  });

  it.each([
    ['stays where it would show the same', {}, 1],
    ['is written where it would show something else', { category: null }, 2],
  ])('%s', async (_, over, run) => {
    const sent = await writeNotice(records, 'p1');
    const verdict = aVerdict({ explanation: explained('別の説明'), ...over });
    const ref = await records.results.keepVerdict(verdict);
    await append(records.store, aDecided({ ...ref, run: 2, because: 'rivals' }));
    const notice = await writeNotice(records, 'p1');
    expect(notice?.run).toBe(run);
    if (run === 1) expect(notice).toEqual(sent);
  });
});
