import { afterEach, beforeEach, expect, it } from 'vitest';
import { caseKeys, packetKeys } from '../../../../shared/records/events/event-keys.ts';
import { append, readEvent, readLog } from '../../../../shared/records/events/event-log.ts';
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
async function decide(packet_id: string, received_at: string) {
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
  });
  await append(records.store, decided);
  await recordCase(records, decided);
  await openReview(records, packet_id);
  await putPacketLine(records.store, decided, decided.position, decided, verdict, null);
  return decided;
}
const itemOf = (packet_id: string) => records.store.get<ReviewItem>('reviews', { packet_id });
const casesOf = () => records.all<CaseRecord>('cases');
const linesOf = async () => (await records.all<PacketLine>('submissions')).map((one) => one.withdrawn_at);

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
