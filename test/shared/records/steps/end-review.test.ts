import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packetKeys } from '../../../../shared/records/events/event-keys.ts';
import { append } from '../../../../shared/records/events/event-log.ts';
import { readActs } from '../../../../shared/records/events/read-acts.ts';
import { sweepUnsent } from '../../../../shared/records/recovery/sweep.ts';
import { recordCase } from '../../../../shared/records/steps/record-case.ts';
import type { CaseRecord } from '../../../../shared/records/store/case-record.ts';
import { recomputeSummary } from '../../../../shared/records/views/area-summary.ts';
import { openReview } from '../../../../shared/records/views/open-review.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aDecided } from '../../../builders/events.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';
import { COLLEAGUE, endReview, REVIEWER } from '../../../builders/reviewer.ts';

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
});
afterEach(() => records.stop());

const HOW = { ...REVIEWER, decision: 'advised', reason: '訪問を増やすこと' } as const;
const advise = (item: ReviewItem) => endReview(records, item, 'advised', { reason: HOW.reason });
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
    const closed = await advise(item);
    expect(closed).toMatchObject({ type: 'review.closed', act: 1, run: 1, ...HOW });
    expect(await itemOf()).toMatchObject({
      state: 'closed',
      queue: 'closed#p1',
      closed: { ...HOW, at: '2026-06-12T01:00:00.000Z' },
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
    await advise(item);
    const second = await endReview(records, item, 'returned', { reason: '別人の書類', reviewer: COLLEAGUE });
    expect(second).toMatchObject({ refused: 'closed', closed: { by: 'clerk-1', decision: 'advised' } });
    expect(await itemOf()).toMatchObject({ closed: { by: 'clerk-1' } });
  });

  it('stays ended when its packet is recorded or opened once more', async () => {
    const item = await review();
    await advise(item);
    await openReview(records, 'p1');
    await recordCase(records, aDecided({ ...decided, verdict_key: item.verdict_key }));
    expect(await itemOf()).toMatchObject({ state: 'closed' });
    expect(await caseOf()).toMatchObject({ review_closed: { decision: 'advised' } });
  });

  it('is opened again where the packet is decided again, and ended again', async () => {
    await advise(await review());
    const again = await review(2);
    expect(again).toMatchObject({ state: 'open', run: 2, queue: 'mito#area-1' });
    expect(await endReview(records, again, 'confirmed')).toMatchObject({ type: 'review.closed', run: 2 });
    expect(await itemOf()).toMatchObject({ state: 'closed', closed: { decision: 'confirmed' } });
  });

  it('is finished by the sweeper where the process stopped in between', async () => {
    const item = await review();
    records.failSends = 1;
    await expect(advise(item)).rejects.toThrow('queue');
    expect(await readActs(records.store, 'p1')).toMatchObject([{ outbox: ['case', 'letter', 'decide'] }]);
    records.sent.length = 0;
    await sweepUnsent(records, new Date('2026-07-01T00:00:00Z'));
    expect(records.sent).toContainEqual(['summarise', expect.objectContaining({ area: 'area-1' })]);
    expect(records.sent).toContainEqual(['intake', { kind: 'reviewed', packet_id: 'p1' }]);
    expect(records.sent).toContainEqual(['notify', { kind: 'review_letter', packet_id: 'p1', act: 1 }]);
    expect((await readActs(records.store, 'p1'))[0]).not.toHaveProperty('outbox');
  });
});
