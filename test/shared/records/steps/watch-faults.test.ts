import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../../shared/decision/verdict.ts';
import { sweepUnsent } from '../../../../shared/records/recovery/sweep.ts';
import { sweepWatches } from '../../../../shared/records/recovery/sweep-watches.ts';
import { recordPacket } from '../../../../shared/records/steps/record-packet.ts';
import { RecordStore } from '../../../../shared/records/store/record-store.ts';
import { TABLES, type TableName } from '../../../../shared/records/store/tables.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import type { WatchItem } from '../../../../shared/records/views/watch-item.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aWatch } from '../../../builders/a-watch.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';
import { MemoryTables } from '../../../harness/memory-tables.ts';

const WATCH = aWatch();
const sender = { kind: 'office', office: '0870100013' } as const;
const WRITES = ['put', 'putIf', 'putOnce', 'update'] as const;

let records: TestRecords;
let today = '2026-06-01';
let writes = 0;
/** the write that fails, counted from 1, and whether it happens all the same */
let fault: { at: number; isAfter: boolean } | null = null;

beforeAll(async () => {
  const tables = new MemoryTables();
  const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, name]));
  const store = new RecordStore(
    tables as unknown as DynamoDBDocumentClient,
    names as Record<TableName, string>,
  );
  const real = await testRecords();
  records = { ...real, store, all: async <T>(name: TableName) => tables.all<T>(name) };
  records.now = () => new Date(`${today}T03:00:00.000Z`);
  for (const name of WRITES) {
    const write = records.store[name].bind(records.store) as (...args: unknown[]) => Promise<unknown>;
    (records.store as unknown as Record<string, unknown>)[name] = async (...args: unknown[]) => {
      const isHit = fault !== null && ++writes === fault.at;
      if (isHit && !fault?.isAfter) throw new Error('killed');
      const result = await write(...args);
      if (isHit) throw new Error('killed');
      return result;
    };
  }
});
afterAll(() => records.stop());

/** Runs a step that may be killed, and delivers it again until it is done. */
async function deliver(step: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      return void (await step());
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'killed') throw error;
    }
}

/** A sweep as the function runs it; what failed is retried by the next. */
async function sweep(): Promise<void> {
  for (let errors = 1; errors > 0; ) {
    const unsent = await sweepUnsent(records, new Date(Date.parse(`${today}T23:59:59.000Z`)));
    const watches = await sweepWatches(records);
    errors = unsent.errors.length + watches.errors.length;
  }
}

/** One person whose paper comes after it was raised, with one fault somewhere on the way. */
async function life(person: string): Promise<{ raised: ReviewItem[]; ended: ReviewItem[]; writes: number }> {
  const send = (packet_id: string, is: Partial<PacketVerdict>) =>
    deliver(() =>
      recordPacket(
        records,
        { upload_id: `R-${packet_id}`, received_at: `${today}T00:00:00.000Z`, sender },
        atPacket(1),
        aVerdict({ packet_id, digest: packet_id, insured_number: person, ...is }),
      ),
    );
  const items = async () =>
    (await records.all<ReviewItem>('reviews')).filter(
      (item) => item.why === 'overdue' && item.insured_number === person,
    );
  writes = 0;
  today = '2026-06-01';
  await send(`${person}-a`, { watches_opened: [WATCH] });
  today = '2026-07-11';
  await deliver(sweep);
  await deliver(sweep);
  const raised = await items();
  await send(`${person}-b`, { event: 'plan_fixed', watches_closed: [WATCH.name] });
  today = '2026-07-12';
  await deliver(sweep);
  return { raised, ended: await items(), writes };
}

describe('an overdue paper, whatever write fails', () => {
  it('is raised once and closed when it comes', async () => {
    fault = { at: 0, isAfter: false };
    const { writes: count } = await life('0000000200');
    expect(count).toBeGreaterThan(10);
    for (const isAfter of [false, true])
      for (let at = 1; at <= count; at++) {
        fault = { at, isAfter };
        const label = `write ${at} of ${count}, ${isAfter ? 'after' : 'before'} it`;
        const person = `0000${isAfter ? 1 : 0}${String(at).padStart(5, '0')}`;
        const { raised, ended } = await life(person);
        expect(
          raised.map(({ state }) => state),
          label,
        ).toEqual(['open']);
        expect(
          ended.map(({ state }) => state),
          label,
        ).toEqual(['superseded']);
      }
    const waiting = (await records.all<WatchItem>('watches')).filter(({ queue }) => queue);
    expect(waiting).toEqual([]);
  });
});
