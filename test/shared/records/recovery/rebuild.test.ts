import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PacketVerdict } from '../../../../shared/decision/verdict.ts';
import { isEvent, type RecordEvent } from '../../../../shared/records/events/event.ts';
import { readDecision } from '../../../../shared/records/events/read-packet.ts';
import { readRetention } from '../../../../shared/records/events/read-retention.ts';
import type { UploadReceived } from '../../../../shared/records/events/upload-events.ts';
import { rebuild } from '../../../../shared/records/recovery/rebuild.ts';
import { answerPacket, showPacket } from '../../../../shared/records/steps/answer-packet.ts';
import { finishUpload } from '../../../../shared/records/steps/finish-upload.ts';
import { announceUpload, receiveUpload } from '../../../../shared/records/steps/receive-object.ts';
import { recordAgain } from '../../../../shared/records/steps/record-packet.ts';
import { appendRetention } from '../../../../shared/records/steps/record-retention.ts';
import type { CaseRecord } from '../../../../shared/records/store/case-record.ts';
import { TABLES, type TableName } from '../../../../shared/records/store/tables.ts';
import { recomputeSummary } from '../../../../shared/records/views/area-summary.ts';
import { showRetention } from '../../../../shared/records/views/case-view.ts';
import type { NoticeRecord } from '../../../../shared/records/views/letter.ts';
import { openReview } from '../../../../shared/records/views/open-review.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import { pointerKey } from '../../../../shared/records/views/upload-line.ts';
import { writeAnswer } from '../../../../shared/records/views/write-answer.ts';
import { writeNotice } from '../../../../shared/records/views/write-notice.ts';
import { aFinding, aVerdict } from '../../../builders/a-verdict.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';
import { endReview } from '../../../builders/reviewer.ts';

const MODELS = ['submissions', 'cases', 'reviews', 'notices', 'summaries'] as const;
let records: TestRecords;
let minute: number;

beforeEach(async () => {
  records = await testRecords();
  minute = 0;
  records.now = () => new Date(Date.parse('2026-06-12T01:00:00.000Z') + minute++ * 60_000);
});
afterEach(() => records.stop());

/** An upload with one packet, from receipt to letter; queued work runs at once. */
async function send(n: number, verdict: PacketVerdict): Promise<UploadReceived> {
  const upload_id = `R${n}`;
  const sender = { kind: 'office', office: verdict.office_number! } as const;
  await announceUpload(records, { upload_id, name: `${n}.zip`, sender, digest: `b${n}` });
  const pointer = pointerKey({ sender, digest: `b${n}`, name: `${n}.zip` });
  await records.store.put('submissions', { ...pointer, points_to: upload_id });
  const of = { name: `${n}.zip`, sender, key: `uploads/${upload_id}/upload`, etag: 'e', size: 1 };
  const upload = await receiveUpload(records, { upload_id, ...of });
  await answerPacket(records, upload, atPacket(1), verdict);
  await finishUpload(records, upload, `b${n}`);
  await work();
  return upload;
}

async function work(): Promise<void> {
  for (const [queue, body] of records.sent.splice(0)) {
    if (queue === 'review') await openReview(records, String(body.packet_id));
    else if (queue === 'notify' && body.kind === 'packet') await writeNotice(records, String(body.packet_id));
    else if (queue === 'notify') await writeAnswer(records, String(body.upload_id));
    else if (queue === 'summarise')
      await recomputeSummary(
        records.store,
        body as { city: string; area: string; month: string },
        records.now(),
      );
  }
}

/** Every model, item by item, without the time at which a summary was made. */
async function models(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const name of MODELS)
    all[name] = (await records.all<Record<string, unknown>>(name))
      .map(({ revision, computed_at, ...rest }) => JSON.stringify(sorted(rest)))
      .sort();
  return all;
}

async function lose(): Promise<void> {
  for (const name of MODELS) {
    const { partition, sort } = TABLES[name as TableName] as { partition: string; sort?: string };
    for (const item of await records.all<Record<string, string>>(name))
      await records.store.remove(name, {
        [partition]: item[partition]!,
        ...(sort && { [sort]: item[sort]! }),
      });
  }
}

async function* log(backwards: boolean): AsyncGenerator<RecordEvent> {
  const events = await records.all<RecordEvent>('events');
  yield* backwards ? events.reverse() : events;
}

/** A desk with many kinds of events: corrections across areas, repetitions, a second run for another month, a hold. */
async function history(): Promise<void> {
  await send(1, aVerdict({ decision: 'return', findings: [aFinding()] }));
  await send(2, aVerdict({ packet_id: 'p2', digest: 'd2', area: 'area-2', decision: 'review' }));
  await send(3, aVerdict({ decision: 'return', findings: [aFinding()] }));
  const waiting = (await records.store.get<ReviewItem>('reviews', { packet_id: 'p2' }))!;
  await endReview(records, waiting, 'confirmed');
  const scanned = aVerdict({
    packet_id: 'p3',
    digest: 'd3',
    insured_number: '0000000102',
    decision: 'review',
    documents: [{ file: 'a.jpg', kind: null, read_by: 'none', pages: 1, title: null }],
  });
  const upload = await send(4, scanned);
  // The same bytes were sent once more before their scan was read.
  await send(5, scanned);
  const before = (await readDecision(records, 'p3'))!;
  const second = { ...scanned, service_month: '2024-07', decision: 'accept' as const, area: 'area-2' };
  await showPacket(records, upload, await recordAgain(records, before, second));
  await work();
  const of = { city: 'mito', person: (await readDecision(records, 'p2'))!.person, month: '2024-06' };
  await appendRetention(records, of, { type: 'retention.held', by: '監査 係', reason: '監査' });
  for (const record of await records.all<CaseRecord>('cases'))
    if (record.person.endsWith(of.person))
      await showRetention(records.store, record, await readRetention(records.store, of));
}

describe('a rebuild from the log alone', () => {
  it.each([
    ['in the order of the log', false],
    ['backwards', true],
  ])('makes every read model what it was, %s', async (_, backwards) => {
    await history();
    const before = await models();
    const sent = new Map(records.letters);
    expect(before.cases).toHaveLength(4);
    await lose();
    expect(Object.values(await models()).flat()).toEqual([]);
    await rebuild(records, log(backwards));
    const after = await models();
    for (const name of MODELS) expect(after[name], name).toEqual(before[name]);
    // A sent letter is not rewritten.
    expect(records.letters).toEqual(sent);
  });

  it('gives the same sums where a word of the papers is the name of a property', async () => {
    for (const [n, event] of ['constructor', '__proto__', 'toString', 'hasOwnProperty'].entries())
      await send(n + 1, aVerdict({ packet_id: `p${n}`, event, insured_number: `000000030${n}` }));
    const before = await models();
    const { events } = JSON.parse(before.summaries![0]!) as { events: Record<string, number> };
    expect(Object.values(events)).toEqual([1, 1, 1, 1]);
    await lose();
    await rebuild(records, log(false));
    expect((await models()).summaries).toEqual(before.summaries);
  });

  it('changes nothing where nothing was lost', async () => {
    await history();
    const before = await models();
    await rebuild(records, log(false));
    expect(await models()).toEqual(before);
  });

  it('rewrites a lost letter, word for word', async () => {
    await history();
    const { letters } = records;
    const sent = new Map(letters);
    letters.clear();
    await rebuild(records, log(false));
    for (const [key, text] of letters) if (!key.includes('/receipts/')) expect(text, key).toBe(sent.get(key));
    expect(letters.size).toBeGreaterThan(7);
  });

  it('rewrites a letter whose bytes changed and whose size is the same, and no other', async () => {
    await history();
    const { letters } = records;
    const sent = new Map(letters);
    const read = await records.all<NoticeRecord>('notices');
    for (const { key } of read) {
      const text = sent.get(key)!;
      letters.set(key, `${text.slice(0, -2)}?${text.slice(-1)}`);
      const write = vi.spyOn(records.results, 'write');
      await rebuild(records, log(false));
      expect(write.mock.calls.map(([written]) => written)).toEqual([key]);
      if (!key.includes('/receipts/')) expect(letters.get(key), key).toBe(sent.get(key));
      write.mockRestore();
    }
  });

  it.each([
    ['packet.answered', 'R1', 'AnswersLost'],
    ['upload.finished', 'R1', 'FinishLost'],
    ['packet.decided', 'R1', 'DecisionLost'],
    ['review.closed', 'p2', 'ActsLost'],
  ] as const)(
    'names what a lost %s leaves incomplete, and rebuilds the rest',
    async (type, subject, reason) => {
      await history();
      const all = await records.all<RecordEvent>('events');
      for (const { stream, seq } of all.filter(isEvent('upload.announced', 'upload.received')))
        await records.store.update(
          'events',
          { stream, seq },
          { expression: 'REMOVE #o', names: { '#o': 'open' } },
          'attribute_exists(seq)',
        );
      const { stream, seq } = all.filter(isEvent(type)).find((one) => JSON.stringify(one).includes(subject))!;
      const sound = await rebuild(records, log(false));
      expect(sound.failed).toEqual([]);
      await records.store.remove('events', { stream, seq });
      const { failed, areas } = await rebuild(records, log(false));
      expect(failed).toContainEqual({ subject, reason });
      expect(areas).toBeGreaterThan(0);
    },
  );

  it('keeps letters of before digests were recorded, and records them', async () => {
    await history();
    const before = await models();
    const sent = new Map(records.letters);
    for (const { digest, ...older } of await records.all<NoticeRecord>('notices'))
      await records.store.put('notices', older);
    await rebuild(records, log(false));
    expect(await models()).toEqual(before);
    expect(records.letters).toEqual(sent);
  });

  it('reads what a packet was decided on once', async () => {
    await send(1, aVerdict({ packet_id: 'p1' }));
    await send(2, aVerdict({ packet_id: 'p2', insured_number: '0000000202' }));
    const reads: string[] = [];
    const { readVerdict } = records.results;
    records.results.readVerdict = (ref) => {
      reads.push(ref.verdict_key);
      return readVerdict.call(records.results, ref);
    };
    await rebuild(records, log(false));
    expect(reads).toHaveLength(new Set(reads).size);
    expect(reads).toHaveLength(2);
  });
});

/** The same value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const pairs = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(pairs.sort(([a], [b]) => a.localeCompare(b)));
}
