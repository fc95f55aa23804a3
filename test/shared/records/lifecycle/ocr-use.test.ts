import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../../../shared/access/sender.ts';
import { ocrKeys, packetStream } from '../../../../shared/records/events/event-keys.ts';
import { append, readStream } from '../../../../shared/records/events/event-log.ts';
import { textsOnlyOf } from '../../../../shared/records/lifecycle/ocr-use.ts';
import { recordPacket } from '../../../../shared/records/steps/record-packet.ts';
import { recordTextUse } from '../../../../shared/records/steps/record-text-use.ts';
import { collect } from '../../../../shared/records/store/record-store.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
  for (const digest of ['own', 'both'])
    await append(records.store, {
      ...ocrKeys.read(digest, '1'),
      at: records.now().toISOString(),
      key: `texts/${digest}/1.json`,
    });
});
afterEach(() => records.stop());

const packet = async (packet_id: string) => ({
  packet_id,
  events: await collect(readStream(records.store, packetStream(packet_id))),
});

describe('the texts that go with an erased case', () => {
  beforeEach(async () => {
    await recordTextUse(records, 'p1', ['own', 'both']);
    await recordTextUse(records, 'p2', ['both']);
  });

  it('are those no other packet uses; of the others only the reference goes', async () => {
    const { objects, events } = await textsOnlyOf(records, [await packet('p1')]);
    expect(objects).toEqual([{ bucket: 'results', key: 'texts/own/1.json' }]);
    expect(events).toContainEqual({ stream: 'ocr#own', seq: '1#read#1' });
    expect(events.filter(({ stream }) => stream === 'ocr#both')).toEqual([
      { stream: 'ocr#both', seq: '2#used#p1' },
    ]);
  });

  it('are all of them when the last packet goes', async () => {
    for (const { stream, seq } of (await textsOnlyOf(records, [await packet('p1')])).events)
      await records.store.remove('events', { stream, seq });
    const { objects } = await textsOnlyOf(records, [await packet('p2')]);
    expect(objects).toEqual([{ bucket: 'results', key: 'texts/both/1.json' }]);
  });

  it('are recorded with a packet that is decided on them at once', async () => {
    const documents = [
      { file: 'a.png', kind: null, read_by: 'ocr' as const, pages: 1, title: null, digest: 'own' },
      { file: 'b.pdf', kind: null, read_by: 'text' as const, pages: 1, title: null, digest: 'none' },
    ];
    const by = { upload_id: 'R1', received_at: '2026-06-01T00:00:00.000Z', sender: OPERATOR };
    await recordPacket(records, by, atPacket(1), aVerdict({ packet_id: 'p3', documents }));
    const { objects, events } = await textsOnlyOf(records, [await packet('p3')]);
    expect(objects).toEqual([]);
    expect(events).toEqual([{ stream: 'ocr#own', seq: '2#used#p3' }]);
  });
});
