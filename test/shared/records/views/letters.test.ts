import { afterEach, beforeEach, expect, it } from 'vitest';
import { uploadKeys } from '../../../../shared/records/events/event-keys.ts';
import { append } from '../../../../shared/records/events/event-log.ts';
import { importRegistry } from '../../../../shared/records/steps/import-registry.ts';
import { putPacketLine } from '../../../../shared/records/views/packet-line.ts';
import { writeNotice } from '../../../../shared/records/views/write-notice.ts';
import { writeReceipt } from '../../../../shared/records/views/write-receipt.ts';
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
  await putPacketLine(records.store, aReceived(), atPacket(1), aDecided(ref), aVerdict(), false);
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
