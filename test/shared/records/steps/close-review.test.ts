import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packetKeys } from '../../../../shared/records/events/event-keys.ts';
import { append, readEvent } from '../../../../shared/records/events/event-log.ts';
import { sweepUnsent } from '../../../../shared/records/recovery/sweep.ts';
import { closeReview } from '../../../../shared/records/steps/close-review.ts';
import { recordCase } from '../../../../shared/records/steps/record-case.ts';
import type { CaseRecord } from '../../../../shared/records/store/case-record.ts';
import { recomputeSummary } from '../../../../shared/records/views/area-summary.ts';
import { openReview, type ReviewItem } from '../../../../shared/records/views/review-item.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aDecided } from '../../../builders/events.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
});
afterEach(() => records.stop());

const HOW = { by: 'clerk-1', role: 'hokatsu', decision: 'advised', reason: '訪問を増やすこと' } as const;
const decided = aDecided({ decision: 'review', review_due: '2026-06-26' });
const itemOf = () => records.store.get<ReviewItem>('reviews', { packet_id: 'p1' });
const caseOf = async () =>
  (await records.all<CaseRecord>('cases')).find(({ packet_id }) => packet_id === decided.packet_id);

/** Decides the packet in a run that asks for a review, and opens its item. */
async function review(run = 1): Promise<ReviewItem> {
  const ref = await records.results.keepVerdict(aVerdict({ decision: 'review' }));
  const one = aDecided({ ...decided, ...packetKeys.decided('p1', run), ...ref, run });
  await append(records.store, one);
  await recordCase(records, one);
  await openReview(records, 'p1');
  return (await itemOf())!;
}

describe('a review that a person has ended', () => {
  it('leaves the queue, and its case waits no more in the numbers of the area', async () => {
    const item = await review();
    expect((await recomputeSummary(records.store, decided, new Date())).reviews).toBe(1);
    const { closed, isNew } = await closeReview(records, item, HOW);
    expect(isNew).toBe(true);
    expect(await itemOf()).toMatchObject({
      state: 'closed',
      queue: 'closed#p1',
      closed: { ...HOW, at: closed.at },
    });
    expect(await caseOf()).toMatchObject({ review_closed: { decision: 'advised' } });
    expect(records.sent).toContainEqual(['summarise', expect.objectContaining({ area: 'area-1' })]);
    expect(await recomputeSummary(records.store, decided, new Date())).toMatchObject({
      reviews: 0,
      overdue: 0,
      next_due: null,
    });
  });

  it('keeps the first decision where two people end it', async () => {
    const item = await review();
    await closeReview(records, item, HOW);
    const second = await closeReview(records, item, { ...HOW, by: 'clerk-2', decision: 'returned' });
    expect(second).toMatchObject({ isNew: false, closed: { by: 'clerk-1', decision: 'advised' } });
    expect(await itemOf()).toMatchObject({ closed: { by: 'clerk-1' } });
  });

  it('stays ended when its packet is recorded or opened once more', async () => {
    const item = await review();
    await closeReview(records, item, HOW);
    await openReview(records, 'p1');
    await recordCase(records, aDecided({ ...decided, verdict_key: item.verdict_key }));
    expect(await itemOf()).toMatchObject({ state: 'closed' });
    expect(await caseOf()).toMatchObject({ review_closed: { decision: 'advised' } });
  });

  it('is opened again where the packet is decided again, and ended again', async () => {
    await closeReview(records, await review(), HOW);
    const again = await review(2);
    expect(again).toMatchObject({ state: 'open', run: 2, queue: 'mito#area-1' });
    expect(await closeReview(records, again, { ...HOW, decision: 'confirmed' })).toMatchObject({
      isNew: true,
    });
    expect(await itemOf()).toMatchObject({ state: 'closed', closed: { decision: 'confirmed' } });
  });

  it('is finished by the sweeper where the process stopped in between', async () => {
    const item = await review();
    records.failSends = 1;
    await expect(closeReview(records, item, HOW)).rejects.toThrow('queue');
    expect((await readEvent(records.store, packetKeys.reviewClosed('p1', 1)))?.outbox).toEqual(['case']);
    records.sent.length = 0;
    await sweepUnsent(records, new Date('2026-07-01T00:00:00Z'));
    expect(records.sent).toContainEqual(['summarise', expect.objectContaining({ area: 'area-1' })]);
    expect((await readEvent(records.store, packetKeys.reviewClosed('p1', 1)))?.outbox).toBeUndefined();
  });
});
