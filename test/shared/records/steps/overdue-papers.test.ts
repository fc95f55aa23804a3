import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../../shared/decision/verdict.ts';
import { readLog } from '../../../../shared/records/events/event-log.ts';
import { rebuild } from '../../../../shared/records/recovery/rebuild.ts';
import { sweepUnsent } from '../../../../shared/records/recovery/sweep.ts';
import { sweepWatches } from '../../../../shared/records/recovery/sweep-watches.ts';
import { recordPacket } from '../../../../shared/records/steps/record-packet.ts';
import { withdrawCase } from '../../../../shared/records/steps/withdraw-case.ts';
import type { CaseRecord } from '../../../../shared/records/store/case-record.ts';
import { recomputeSummary } from '../../../../shared/records/views/area-summary.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import { readRoster } from '../../../../shared/records/views/roster.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aWatch } from '../../../builders/a-watch.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';
import { endReview } from '../../../builders/reviewer.ts';

// Papers that never came, in the numbers of the month whose packet they had to follow.
const MONTH = { city: 'mito', area: 'area-1', month: '2024-06' };
let records: TestRecords;
let today: string;
beforeEach(async () => {
  records = await testRecords();
  today = '2026-06-01';
  records.now = () => new Date(`${today}T03:00:00.000Z`);
});
afterEach(() => records.stop());

let n = 0;
async function send(is: Partial<PacketVerdict> = {}, office = '0870100013') {
  const upload_id = `R${++n}`;
  const sender = { kind: 'office' as const, office };
  const by = { upload_id, received_at: `${today}T00:00:00.000Z`, sender };
  return (await recordPacket(records, by, atPacket(1), aVerdict(is))).decided;
}
const opener = (is: Partial<PacketVerdict> = {}, office?: string) =>
  send({ watches_opened: [aWatch()], ...is }, office);
const later = (is: Partial<PacketVerdict> = {}) =>
  send({ packet_id: 'p2', digest: 'd2', service_month: '2024-07', watches_closed: [aWatch().name], ...is });
const sweepOn = (day: string) => {
  today = day;
  return sweepWatches(records);
};
/** The number of the month, as the last request for it would compute it. */
async function counted(): Promise<number> {
  return (await recomputeSummary(records.store, MONTH, records.now())).overdue_papers;
}
/** Months whose numbers were requested since the last call. */
const requested = (): string[] => {
  const months = records.sent.flatMap(([queue, body]) => (queue === 'summarise' ? [String(body.month)] : []));
  records.sent.length = 0;
  return [...new Set(months)].sort();
};

it('counts a paper from the day after its last day until it comes, and requests the numbers each time', async () => {
  await opener();
  expect([await counted(), requested()]).toEqual([0, ['2024-06']]);
  await sweepOn('2026-07-10');
  expect([await counted(), requested()]).toEqual([0, []]);
  await sweepOn('2026-07-11');
  expect([await counted(), requested()]).toEqual([1, ['2024-06']]);
  const [one] = await records.all<CaseRecord>('cases');
  expect(one?.overdue_papers).toMatchObject([{ what: '写し', due: '2026-07-10' }]);
  await later();
  expect([await counted(), requested()]).toEqual([0, ['2024-06', '2024-07']]);
});

it('counts it no more once a person ended the wait', async () => {
  await opener();
  await sweepOn('2026-07-11');
  requested();
  const [item] = (await records.all<ReviewItem>('reviews')).filter(({ why }) => why === 'overdue');
  await endReview(records, item!, 'confirmed', { reason: '紙で受け取った' });
  expect([await counted(), requested()]).toEqual([0, ['2024-06']]);
});

it('keeps it over a correction of the packet, and drops it with a withdrawal', async () => {
  await opener();
  await sweepOn('2026-07-11');
  const corrected = await opener({ packet_id: 'p2', digest: 'd2' });
  expect(await counted()).toBe(1);
  requested();
  await withdrawCase(records, corrected, { by: 'clerk', role: 'office', reason: '別の利用者だった' });
  expect([await counted(), requested()]).toEqual([0, ['2024-06']]);
});

it('counts that of the version which counts again once what a center sent is withdrawn', async () => {
  const own = await opener();
  await sweepOn('2026-07-11');
  const center = '0800100010';
  const onBehalf = await opener({ packet_id: 'p2', digest: 'd2', center_number: center }, center);
  expect(onBehalf.owner).toBe(own.owner);
  await withdrawCase(records, onBehalf, { by: 'clerk', role: 'office', reason: '別の利用者だった' });
  expect(await counted()).toBe(1);
  const [one] = await records.all<CaseRecord>('cases');
  expect(one?.overdue_papers).toMatchObject([{ what: '写し', due: '2026-07-10' }]);
  await withdrawCase(records, own, { by: 'clerk', role: 'office', reason: '別の利用者だった' });
  expect(await counted()).toBe(0);
});

it('counts it again where the packet that brought it is withdrawn', async () => {
  await opener();
  await sweepOn('2026-07-11');
  const brought = await later();
  expect(await counted()).toBe(0);
  requested();
  await withdrawCase(records, brought, { by: 'clerk', role: 'office', reason: '別の利用者だった' });
  expect([await counted(), requested()]).toEqual([1, ['2024-06', '2024-07']]);
});

it('moves with the month of the first packet that opened it', async () => {
  await opener({ service_month: '2024-07', packet_id: 'p7', digest: 'd7' });
  await sweepOn('2026-07-11');
  await opener();
  expect(await counted()).toBe(1);
  const july = await recomputeSummary(records.store, { ...MONTH, month: '2024-07' }, records.now());
  expect(july.overdue_papers).toBe(0);
});

it('is counted where the sweep stopped after the event, and the same after a rebuild', async () => {
  await opener();
  records.failSends = 1;
  expect((await sweepOn('2026-07-11')).errors).toHaveLength(1);
  requested();
  await sweepUnsent(records, new Date('2026-07-12T00:00:00.000Z'));
  expect([await counted(), requested()]).toEqual([1, ['2024-06']]);

  const before = await records.all<CaseRecord>('cases');
  for (const { area_month, case_key } of before)
    await records.store.remove('cases', { area_month, case_key });
  expect((await rebuild(records, readLog(records.store))).failed).toEqual([]);
  expect(await records.all<CaseRecord>('cases')).toEqual(before);
  expect(await counted()).toBe(1);
});

it('is shown beside its person in the list of the area, also once a correction replaced the packet', async () => {
  await opener();
  await sweepOn('2026-07-11');
  const shown = async () =>
    (await readRoster(records.store, MONTH, today)).map(({ overdue }) =>
      overdue.map(({ kind, due }) => [kind, due]),
    );
  expect(await shown()).toEqual([[['overdue', '2026-07-10']]]);
  await opener({ packet_id: 'p2', digest: 'd2' });
  expect(await shown()).toEqual([[['overdue', '2026-07-10']]]);
  await later({ packet_id: 'p3', digest: 'd3' });
  expect(await shown()).toEqual([[]]);
});
