import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../../shared/decision/verdict.ts';
import type { RecordEvent } from '../../../../shared/records/events/event.ts';
import { foldWatches } from '../../../../shared/records/events/read-watches.ts';
import type { WatchEvent } from '../../../../shared/records/events/watch-events.ts';
import { eraseWatches } from '../../../../shared/records/lifecycle/erase-watches.ts';
import { rebuild } from '../../../../shared/records/recovery/rebuild.ts';
import { sweepUnsent } from '../../../../shared/records/recovery/sweep.ts';
import { sweepWatches } from '../../../../shared/records/recovery/sweep-watches.ts';
import { importRegistry } from '../../../../shared/records/steps/import-registry.ts';
import { recordAgain, recordPacket } from '../../../../shared/records/steps/record-packet.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import type { WatchItem } from '../../../../shared/records/views/watch-item.ts';
import { parseRegistry } from '../../../../shared/registry/registry.ts';
import type { Watch } from '../../../../shared/rules/rule-result.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aWatch } from '../../../builders/a-watch.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';
import { endReview } from '../../../builders/reviewer.ts';

const OFFICE = '0870100013';
let records: TestRecords;
let today: string;
beforeEach(async () => {
  records = await testRecords();
  today = '2026-06-01';
  records.now = () => new Date(`${today}T03:00:00.000Z`);
});
afterEach(() => records.stop());
const opening = (over: Partial<Watch> = {}, is: Partial<PacketVerdict> = {}) =>
  aVerdict({ watches_opened: [aWatch(over)], ...is });
const closing = (is: Partial<PacketVerdict> = {}) =>
  aVerdict({ packet_id: 'p2', digest: 'd2', watches_closed: [aWatch().name], ...is });

let n = 0;
const send = (verdict: PacketVerdict) =>
  recordPacket(
    records,
    {
      upload_id: `R${++n}`,
      received_at: `${today}T00:00:00.000Z`,
      sender: { kind: 'office', office: OFFICE },
    },
    atPacket(1),
    verdict,
  );
/** One sweep on a day. */
const sweepOn = async (day: string) => {
  today = day;
  return sweepWatches(records);
};
const overdue = async () =>
  (await records.all<ReviewItem>('reviews')).filter((item) => item.why === 'overdue');
const waiting = async () =>
  (await records.all<WatchItem>('watches')).filter((item) => item.queue).map(({ due }) => due);

describe('a paper that never comes', () => {
  it('is raised on the queue of the area on the day after it was due, and once', async () => {
    const { decided } = await send(opening());
    expect(await sweepOn('2026-07-10')).toEqual({ raised: 0, errors: [] });
    expect(await overdue()).toEqual([]);
    expect((await sweepOn('2026-07-11')).raised).toBe(1);
    const [item, ...others] = await overdue();
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      queue: 'mito#area-1',
      state: 'open',
      due_date: '2026-07-10',
      about_packet: decided.packet_id,
      findings: [
        {
          code: 'F_SUBMIT_LATE',
          rule: 'OKY-R35',
          citation: { place: '(6)④' },
          message: '確定（令和8年6月10日）後１ヶ月（令和8年7月10日まで）を過ぎました。',
        },
      ],
    });
    for (const day of ['2026-07-11', '2026-07-12', '2026-09-01']) await sweepOn(day);
    expect(await overdue()).toEqual([item]);
    expect(await waiting()).toEqual([]);
  });

  it('is raised once by two sweeps at the same moment, and by one that was killed in between', async () => {
    await send(opening());
    today = '2026-07-11';
    const both = await Promise.all([sweepWatches(records), sweepWatches(records)]);
    expect(both.map((one) => one.raised).sort()).toEqual([0, 1]);
    expect(await overdue()).toHaveLength(1);
  });

  it('is finished by the next sweep where the first stopped after the event', async () => {
    await send(opening());
    const read = records.results.readVerdict;
    records.results.readVerdict = () => Promise.reject(new Error('killed'));
    expect((await sweepOn('2026-07-11')).errors).toHaveLength(1);
    expect(await overdue()).toEqual([]);
    records.results.readVerdict = read;
    const { settled } = await sweepUnsent(records, new Date('2026-07-12T00:00:00.000Z'));
    expect(settled).toBe(1);
    expect((await sweepOn('2026-07-12')).raised).toBe(0);
    expect(await overdue()).toHaveLength(1);
  });

  it('reads only what is due', async () => {
    await send(opening());
    const asked: string[] = [];
    const index = records.store.index.bind(records.store);
    records.store.index = ((table: 'watches', name: string, value: string, options: object) => {
      asked.push(`${table} ${JSON.stringify(options)}`);
      return index(table, name, value, options);
    }) as typeof records.store.index;
    await sweepOn('2026-06-20');
    expect(new Set(asked)).toEqual(new Set(['watches {"until":"2026-06-20"}']));
  });
});

describe('a paper that comes', () => {
  it('in time is never raised', async () => {
    await send(opening());
    await send(closing());
    await sweepOn('2026-08-01');
    expect(await overdue()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it('late takes its item off the queue, and is not raised again', async () => {
    await send(opening());
    await sweepOn('2026-07-11');
    await send(closing({ event: 'plan_fixed' }));
    expect(await overdue()).toMatchObject([{ state: 'superseded', superseded_by: 'p2' }]);
    await sweepOn('2026-09-01');
    expect(await overdue()).toHaveLength(1);
  });

  it('before the packet that opens the wait closes it all the same', async () => {
    await send(closing({ event: 'plan_fixed' }));
    await send(opening());
    await sweepOn('2026-08-01');
    expect(await overdue()).toEqual([]);
  });

  it('in a month before is another occasion', async () => {
    await send(closing({ service_month: '2024-05' }));
    await send(opening());
    await sweepOn('2026-08-01');
    expect(await overdue()).toHaveLength(1);
  });

  it('and is returned has not come', async () => {
    await send(opening());
    await send(closing({ event: 'plan_fixed', decision: 'return' }));
    await sweepOn('2026-08-01');
    expect(await overdue()).toMatchObject([{ state: 'open' }]);
  });

  it('in the name of another office, or unread, changes nothing', async () => {
    await send(opening());
    await recordPacket(
      records,
      {
        upload_id: 'R90',
        received_at: `${today}T00:00:00.000Z`,
        sender: { kind: 'office', office: '4370100028' },
      },
      atPacket(1),
      closing({ event: 'plan_fixed' }),
    );
    await send(closing({ packet_id: 'p3', digest: 'd3', is_read: false }));
    await sweepOn('2026-08-01');
    expect(await overdue()).toMatchObject([{ state: 'open' }]);
  });
});

describe('a correction', () => {
  it('moves the day: only the last version counts', async () => {
    await send(opening());
    await send(opening({ start: '2026-08-01', due: '2026-09-01' }, { packet_id: 'p2', digest: 'd2' }));
    expect(await waiting()).toEqual(['2026-09-01']);
    expect((await sweepOn('2026-08-01')).raised).toBe(0);
    expect((await sweepOn('2026-09-02')).raised).toBe(1);
  });

  it('that awaits nothing ends the wait', async () => {
    await send(opening());
    await send(aVerdict({ packet_id: 'p2', digest: 'd2' }));
    await sweepOn('2026-08-01');
    expect(await overdue()).toEqual([]);
  });

  it('of a scan that belongs to another person ends the wait for the first', async () => {
    const { decided } = await send(opening({}, { decision: 'review' }));
    const read = opening({}, { insured_number: '0000000102', decision: 'review' });
    await recordAgain(records, decided, read);
    await sweepOn('2026-08-01');
    const items = await overdue();
    expect(items.map(({ insured_number, state }) => [insured_number, state])).toEqual([
      ['0000000102', 'open'],
    ]);
  });

  it('of a certification replaces the one before', async () => {
    const until = (start: string) => ({ name: 'NAT-122', start, due: start, latest_only: true });
    await send(opening(until('2026-06-30')));
    await send(opening(until('2027-06-30'), { packet_id: 'p2', digest: 'd2', service_month: '2024-07' }));
    await sweepOn('2026-08-01');
    expect(await overdue()).toEqual([]);
    await sweepOn('2027-07-01');
    expect(await overdue()).toHaveLength(1);
  });
});

describe('every person commissioned to an office that is designated', () => {
  const register = (from?: string) =>
    importRegistry(
      records.store,
      parseRegistry(
        {
          city: 'mito',
          offices: [{ number: OFFICE, name: '見本居宅', yobo_shien: from ? [{ city: 'mito', from }] : [] }],
        },
        'mito.yaml',
      ),
      records.now(),
    );
  const commissioned = (is: Partial<PacketVerdict> = {}) =>
    opening(
      {
        rule: 'MIT-R06',
        name: 'MIT-R06（移行）',
        start: null,
        due: null,
        awaits: { days: 30, countsFirstDay: false },
        message: '指定の日（{start}）から30日（{due}まで）',
      },
      { category: 'yobo_shien_itaku', ...is },
    );

  it('is raised 30 days after the registry names the designation, also without further papers', async () => {
    await register();
    await send(commissioned());
    await send(commissioned({ packet_id: 'p2', digest: 'd2', insured_number: '0000000102' }));
    await sweepOn('2026-07-01');
    expect(await overdue()).toEqual([]);
    await register('2026-07-01');
    await sweepOn('2026-07-02');
    expect(await waiting()).toEqual(['2026-07-31', '2026-07-31']);
    await sweepOn('2026-07-31');
    expect(await overdue()).toEqual([]);
    await sweepOn('2026-08-01');
    const items = await overdue();
    expect(items.map((item) => item.insured_number).sort()).toEqual(['0000000101', '0000000102']);
    expect(items[0]?.findings[0]?.message).toBe('指定の日（令和8年7月1日）から30日（令和8年7月31日まで）');
    await sweepOn('2026-08-02');
    expect(await overdue()).toHaveLength(2);
  });

  it('is dated at once where the registry was imported before the packet was recorded', async () => {
    await register('2026-05-20');
    await send(commissioned());
    expect(await waiting()).toEqual(['2026-06-19']);
  });

  it('is raised once for several commissioned months, before and after the designation', async () => {
    await register();
    await send(commissioned());
    await register('2026-06-02');
    await sweepOn('2026-06-03');
    const later = commissioned({ packet_id: 'p2', digest: 'd2', service_month: '2024-07' });
    later.watches_opened = [{ ...later.watches_opened[0]!, start: '2026-06-02', due: '2026-07-02' }];
    await send(later);
    await sweepOn('2026-07-10');
    expect(await overdue()).toHaveLength(1);
  });

  it('is closed by a direct month, and left alone where no office is designated', async () => {
    await register();
    await send(commissioned());
    await send(
      aVerdict({
        packet_id: 'p2',
        digest: 'd2',
        service_month: '2024-07',
        watches_closed: ['MIT-R06（移行）'],
      }),
    );
    await register('2026-06-02');
    await sweepOn('2026-08-01');
    expect(await overdue()).toEqual([]);
  });
});

describe('the records', () => {
  const models = async () => ({
    reviews: (await records.all<ReviewItem>('reviews'))
      .map(({ opened_at, ...rest }) => JSON.stringify(rest))
      .sort(),
    watches: (await records.all<WatchItem>('watches')).map((one) => JSON.stringify(one)).sort(),
  });

  it.each([false, true])('make the same watches and items again (log backwards: %s)', async (backwards) => {
    await send(opening());
    await send(
      opening(
        { start: '2026-06-11', due: '2026-07-11' },
        { packet_id: 'p3', digest: 'd3', event: 'new', insured_number: '0000000103' },
      ),
    );
    await sweepOn('2026-07-12');
    await send(closing({ event: 'plan_fixed' }));
    const before = await models();
    for (const item of await records.all<ReviewItem>('reviews'))
      await records.store.remove('reviews', { packet_id: item.packet_id });
    for (const item of await records.all<WatchItem>('watches'))
      await records.store.remove('watches', { watch_id: item.watch_id });
    async function* log() {
      const events = await records.all<RecordEvent>('events');
      yield* backwards ? events.reverse() : events;
    }
    await rebuild(records, log());
    expect(await models()).toEqual(before);
  });

  it('fold to the same in any order', async () => {
    await send(opening());
    await send(closing({ event: 'plan_fixed' }));
    await sweepOn('2026-07-12');
    const events = (await records.all<RecordEvent>('events')).filter((e) =>
      e.type.startsWith('watch.'),
    ) as WatchEvent[];
    expect(foldWatches(events.toReversed())).toEqual(foldWatches(events));
  });

  it('keep nothing of an erased month: neither its watch, its item nor its events', async () => {
    const { decided } = await send(opening());
    await sweepOn('2026-07-11');
    await eraseWatches(records, decided);
    await eraseWatches(records, decided);
    expect(await overdue()).toEqual([]);
    expect(await records.all<WatchItem>('watches')).toEqual([]);
    const left = (await records.all<RecordEvent>('events')).filter((e) => e.type.startsWith('watch.'));
    expect(left).toEqual([]);
  });

  it('keep how a person ended the item, over a rebuild and until the erasure', async () => {
    const { decided } = await send(opening());
    await sweepOn('2026-07-11');
    const [item] = await overdue();
    await endReview(records, item!, 'confirmed', { reason: '別に受領' });
    expect(await overdue()).toMatchObject([{ state: 'closed', closed: { reason: '別に受領' } }]);
    await send(closing({ event: 'plan_fixed' }));
    await sweepOn('2026-09-01');
    expect(await overdue()).toMatchObject([{ state: 'closed' }]);
    await records.store.remove('reviews', { packet_id: item!.packet_id });
    async function* log() {
      yield* await records.all<RecordEvent>('events');
    }
    await rebuild(records, log());
    expect(await overdue()).toMatchObject([{ state: 'closed' }]);
    await eraseWatches(records, decided);
    const left = (await records.all<RecordEvent>('events')).filter((e) => e.type === 'review.closed');
    expect(left).toEqual([]);
  });

  it('keep a watch closed whose closing month is erased first, without its packet', async () => {
    await send(opening());
    const { decided } = await send(closing({ service_month: '2024-07' }));
    await eraseWatches(records, decided);
    await sweepOn('2026-08-01');
    expect(await overdue()).toEqual([]);
    const events = (await records.all<RecordEvent>('events')).filter((e) => e.type === 'watch.recorded');
    expect(events.map((e) => e.packet_id).sort()).toEqual(['', 'p1']);
  });
});
