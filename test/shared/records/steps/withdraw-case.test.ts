import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseKeys, packetKeys } from '../../../../shared/records/events/event-keys.ts';
import { append, readEvent, readLog } from '../../../../shared/records/events/event-log.ts';
import type { PacketDecided } from '../../../../shared/records/events/packet-events.ts';
import { claimantsOf, versionsOf } from '../../../../shared/records/events/read-case.ts';
import { recordedMonths } from '../../../../shared/records/events/read-months.ts';
import { rebuild } from '../../../../shared/records/recovery/rebuild.ts';
import { sweepUnsent } from '../../../../shared/records/recovery/sweep.ts';
import { recordCase } from '../../../../shared/records/steps/record-case.ts';
import { withdrawCase } from '../../../../shared/records/steps/withdraw-case.ts';
import type { CaseRecord } from '../../../../shared/records/store/case-record.ts';
import { recomputeSummary } from '../../../../shared/records/views/area-summary.ts';
import { openReview } from '../../../../shared/records/views/open-review.ts';
import { type PacketLine, putPacketLine } from '../../../../shared/records/views/packet-line.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aDecided } from '../../../builders/events.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
});
afterEach(() => records.stop());

const HOW = { by: 'clerk-1', role: 'office', reason: '別の利用者の書類だった' };

/** One packet of the person's month, decided, recorded and shown. */
async function decide(packet_id: string, received_at: string, over: Partial<PacketDecided> = {}) {
  const verdict = aVerdict({ decision: 'review', packet_id });
  const ref = await records.results.keepVerdict(verdict);
  const decided = aDecided({
    ...packetKeys.decided(packet_id, 1),
    ...ref,
    packet_id,
    upload_id: `R-${packet_id}`,
    decision: 'review',
    review_due: '2026-06-26',
    received_at,
    ...over,
  });
  await append(records.store, decided);
  await recordCase(records, decided);
  await openReview(records, packet_id);
  await putPacketLine(records.store, decided, decided.position, decided, verdict, null);
  return decided;
}
const itemOf = (packet_id: string) => records.store.get<ReviewItem>('reviews', { packet_id });
const casesOf = () => records.all<CaseRecord>('cases');
const linesOf = async () =>
  (await records.all<PacketLine>('submissions'))
    .sort((a, b) => a.packet_id.localeCompare(b.packet_id))
    .map((one) => one.withdrawn_at);

it('takes the packet out of numbers, queue and list, and claims nothing of its month any more', async () => {
  const decided = await decide('p1', '2026-06-01T00:00:00.000Z');
  expect((await recomputeSummary(records.store, decided, new Date())).cases).toBe(1);
  const withdrawn = await withdrawCase(records, decided, HOW);
  expect(withdrawn).toMatchObject({ ...HOW, version: 1 });
  expect((await recomputeSummary(records.store, decided, new Date())).cases).toBe(0);
  expect(await itemOf('p1')).toMatchObject({ state: 'withdrawn' });
  expect(await linesOf()).toEqual([withdrawn!.at]);
  expect(await claimantsOf(records.store, decided)).toEqual([]);
  expect(await recordedMonths(records.store, decided, [decided.month])).toEqual([]);
  expect(records.sent).toContainEqual(['summarise', expect.objectContaining({ area: 'area-1' })]);
});

it('happens once: the first reason stays', async () => {
  const decided = await decide('p1', '2026-06-01T00:00:00.000Z');
  await withdrawCase(records, decided, HOW);
  expect(await withdrawCase(records, decided, { ...HOW, reason: '二度目' })).toMatchObject(HOW);
});

it('is finished by the sweeper where the process ended in between', async () => {
  const decided = await decide('p1', '2026-06-01T00:00:00.000Z');
  const key = caseKeys.withdrawn(decided, decided, 1);
  const at = '2026-06-12T00:00:00.000Z';
  await append(records.store, { ...key, at, packet_id: 'p1', version: 1, ...HOW, outbox: ['case'] });
  await sweepUnsent(records, new Date());
  expect(await itemOf('p1')).toMatchObject({ state: 'withdrawn' });
  expect((await readEvent(records.store, key))?.outbox).toBeUndefined();
});

it('refuses a packet that a later version has replaced, and leaves the later one alone', async () => {
  const first = await decide('p1', '2026-06-01T00:00:00.000Z');
  await decide('p2', '2026-06-02T00:00:00.000Z');
  expect(await withdrawCase(records, first, HOW)).toBeNull();
});

it('lets a later packet of the month begin anew, with a receipt date of its own', async () => {
  await withdrawCase(records, await decide('p1', '2026-06-01T00:00:00.000Z'), HOW);
  const later = await decide('p2', '2026-06-20T00:00:00.000Z');
  const [, second] = await versionsOf(records.store, later);
  expect(second).toMatchObject({ version: 2, first_received_at: later.received_at });
  expect(second).not.toHaveProperty('withdrawn_at');
  expect((await recomputeSummary(records.store, later, new Date())).cases).toBe(1);
});

describe('of a version that another sender sent in the name of the office', () => {
  const CENTER: Partial<PacketDecided> = { sender: { kind: 'office', office: '0800100010' } };
  const first = () => decide('p1', '2026-06-01T00:00:00.000Z');
  const onBehalf = () => decide('p2', '2026-06-02T00:00:00.000Z', CENTER);
  const states = async () => [(await itemOf('p1'))?.state, (await itemOf('p2'))?.state];

  it('lets the office’s own version count again: case, numbers, queue and list', async () => {
    const own = await first();
    const before = await casesOf();
    const other = await onBehalf();
    expect(await states()).toEqual(['superseded', 'open']);
    const withdrawn = await withdrawCase(records, other, HOW);
    expect(await casesOf()).toEqual(before);
    expect((await recomputeSummary(records.store, own, new Date())).cases).toBe(1);
    expect(await states()).toEqual(['open', 'withdrawn']);
    expect(await itemOf('p1')).not.toHaveProperty('superseded_by');
    expect(await linesOf()).toEqual([undefined, withdrawn!.at]);
    expect(await claimantsOf(records.store, own)).toHaveLength(1);
    expect(await withdrawCase(records, other, { ...HOW, reason: '二度目' })).toMatchObject(HOW);
    expect(await withdrawCase(records, own, HOW)).toMatchObject({ version: 1 });
    expect((await recomputeSummary(records.store, own, new Date())).cases).toBe(0);
    expect(await states()).toEqual(['withdrawn', 'withdrawn']);
  });

  it('goes with the earlier ones of its own sender alone, each shown in its list', async () => {
    await first();
    await onBehalf();
    const { at } = (await withdrawCase(
      records,
      await decide('p3', '2026-06-03T00:00:00.000Z', CENTER),
      HOW,
    ))!;
    expect(await linesOf()).toEqual([undefined, at, at]);
    expect(await casesOf()).toMatchObject([{ packet_id: 'p1', version: 1 }]);
  });

  it('comes back in the area it was in, where the withdrawn one named another', async () => {
    await first();
    await withdrawCase(
      records,
      await decide('p2', '2026-06-02T00:00:00.000Z', { ...CENTER, area: 'area-2' }),
      HOW,
    );
    const counting = (await casesOf()).filter(({ superseded }) => !superseded);
    expect(counting).toMatchObject([{ packet_id: 'p1', area: 'area-1' }]);
  });

  it('gives the same after a rebuild', async () => {
    await first();
    await withdrawCase(records, await onBehalf(), HOW);
    const before = [await casesOf(), await linesOf(), await states()];
    await forgetViews();
    expect((await rebuild(records, readLog(records.store))).failed).toEqual([]);
    expect([await casesOf(), await linesOf(), await states()]).toEqual(before);
  });
});

async function forgetViews() {
  for (const { area_month, case_key } of await casesOf())
    await records.store.remove('cases', { area_month, case_key });
  for (const { packet_id } of await records.all<ReviewItem>('reviews'))
    await records.store.remove('reviews', { packet_id });
  for (const { upload_id, part } of await records.all<PacketLine>('submissions'))
    await records.store.remove('submissions', { upload_id, part });
}

describe('papers that a supplement shows to be of another person', () => {
  const move = async (base: PacketDecided, over: Partial<PacketDecided> = {}) => {
    await decide('p3', '2026-06-03T00:00:00.000Z', { joins: base.packet_id, person: 'person-2', ...over });
    return (await casesOf())
      .filter(({ superseded }) => !superseded)
      .map(({ person, packet_id }) => [person, packet_id]);
  };
  const MOVED = [
    ['mito#person-1', 'p1'],
    ['mito#person-2', 'p3'],
  ];

  it('let the version before them count again', async () => {
    const own = await decide('p1', '2026-06-01T00:00:00.000Z');
    const base = await decide('p2', '2026-06-02T00:00:00.000Z');
    expect(await move(base)).toEqual(MOVED);
    expect(await itemOf('p1')).toMatchObject({ state: 'open' });
    expect(await itemOf('p2')).toMatchObject({ state: 'superseded', superseded_by: 'p3' });
    expect((await versionsOf(records.store, own)).map(({ moved_to }) => moved_to)).toEqual([undefined, 'p3']);
    // It is no longer what counts of the person, so that it is withdrawn in its new case.
    expect(await withdrawCase(records, base, HOW)).toBeNull();
    expect(await withdrawCase(records, own, HOW)).toMatchObject({ version: 1 });
  });

  it('leave a mark alone where no version was before them', async () => {
    expect(await move(await decide('p2', '2026-06-02T00:00:00.000Z'))).toEqual([MOVED[1]]);
    expect(await casesOf()).toContainEqual(expect.objectContaining({ packet_id: 'p2', superseded: true }));
  });

  it('do not take away what another sender sent', async () => {
    const base = await decide('p2', '2026-06-02T00:00:00.000Z');
    const sender = { kind: 'office', office: '0800100010' } as const;
    expect(await move(base, { sender })).toEqual([['mito#person-1', 'p2'], MOVED[1]]);
  });

  it.each(['a log of today', 'a log that does not tell it in the chain'])(
    'are rebuilt of %s',
    async (log) => {
      const own = await decide('p1', '2026-06-01T00:00:00.000Z');
      await move(await decide('p2', '2026-06-02T00:00:00.000Z'));
      const views = async () => [
        await casesOf(),
        (await records.all<ReviewItem>('reviews')).map((one) => [one.packet_id, one.state]),
      ];
      const before = await views();
      await forgetViews();
      const { stream, seq } = caseKeys.left(own, own, 2, 1);
      if (log !== 'a log of today') await records.store.remove('events', { stream, seq });
      expect((await rebuild(records, readLog(records.store))).failed).toEqual([]);
      expect(await views()).toEqual(before);
    },
  );
});

it('gives the same after a rebuild', async () => {
  await withdrawCase(records, await decide('p1', '2026-06-01T00:00:00.000Z'), HOW);
  const before = await casesOf();
  for (const { area_month, case_key } of before)
    await records.store.remove('cases', { area_month, case_key });
  await records.store.remove('reviews', { packet_id: 'p1' });
  await records.store.remove('submissions', { upload_id: 'R-p1', part: 'packet#000001' });
  const { failed } = await rebuild(records, readLog(records.store));
  expect(failed).toEqual([]);
  expect(await casesOf()).toEqual(before);
  expect(await itemOf('p1')).toMatchObject({ state: 'withdrawn' });
  expect(await linesOf()).toEqual([before[0]!.withdrawn_at]);
});
