import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IntakeDependencies } from '../../../functions/intake/dependencies.ts';
import { takeInReview } from '../../../functions/intake/take-in-review.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { append } from '../../../shared/records/events/event-log.ts';
import { readRuns } from '../../../shared/records/events/read-packet.ts';
import { recordCase } from '../../../shared/records/steps/record-case.ts';
import { recordRivals } from '../../../shared/records/steps/record-packet.ts';
import type { CaseRecord } from '../../../shared/records/store/case-record.ts';
import { openReview } from '../../../shared/records/views/open-review.ts';
import type { ReviewItem } from '../../../shared/records/views/review-item.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';
import { aDecided } from '../../builders/events.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { endReview } from '../../builders/reviewer.ts';

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
  process.env.UKETSUKE_LOG = 'off';
});
afterEach(() => records.stop());

const QUESTION = aFinding({ severity: 'review', message: '原本の到着を確かめられません。' });
const itemOf = async () => (await records.store.get<ReviewItem>('reviews', { packet_id: 'p1' }))!;
const lastRun = async () => (await readRuns(records, 'p1')).at(-1)!;
const lastVerdict = async (): Promise<PacketVerdict> => records.results.readVerdict(await lastRun());

/** The end of a review reads no document. */
const deps = () =>
  ({
    ...records,
    domain: async () => import('../../../shared/decision/reviewed.ts'),
  }) as unknown as IntakeDependencies;

async function open(verdict = aVerdict({ decision: 'review', findings: [QUESTION] })): Promise<void> {
  const ref = await records.results.keepVerdict(verdict);
  const decided = aDecided({ decision: verdict.decision, review_due: '2026-06-26', ...ref });
  await append(records.store, decided);
  await recordCase(records, decided);
  await openReview(records, 'p1');
}

describe('a review that was ended', () => {
  it('confirmed is an acceptance whose questions are notes, and counts as one', async () => {
    await open();
    await endReview(records, await itemOf(), 'confirmed');
    await takeInReview(deps(), 'p1');
    expect(await lastRun()).toMatchObject({
      run: 2,
      because: 'reviewed',
      decision: 'accept',
      review_due: null,
    });
    expect((await lastVerdict()).findings).toMatchObject([
      { severity: 'info', message: QUESTION.message, answered: { on: '2026-06-12', remembered: false } },
    ]);
    const one = (await records.all<CaseRecord>('cases')).find(({ run }) => run === 2);
    expect(one).toMatchObject({ decision: 'accept', review_closed: { decision: 'confirmed' } });
    expect(await itemOf()).toMatchObject({ state: 'closed' });
  });

  it('is taken in once, however often the message comes', async () => {
    await open();
    await endReview(records, await itemOf(), 'returned', { reason: '別人の書類です' });
    await takeInReview(deps(), 'p1');
    await takeInReview(deps(), 'p1');
    expect(await readRuns(records, 'p1')).toHaveLength(2);
    expect((await lastVerdict()).findings).toMatchObject([
      {
        code: 'F_PACKET_REVIEW_RETURNED',
        severity: 'error',
        message: expect.stringContaining('別人の書類です'),
      },
      { message: QUESTION.message },
    ]);
  });

  it('needs no further run where the packet was accepted before (関与)', async () => {
    const involvement = { rule: 'KMM-R02', due: '2026-06-26', reason: '関与' };
    await open(aVerdict({ decision: 'accept', involvement }));
    await endReview(records, await itemOf(), 'confirmed');
    await takeInReview(deps(), 'p1');
    expect(await readRuns(records, 'p1')).toHaveLength(1);
  });

  it('opens again where papers of another office come after it', async () => {
    await open();
    await endReview(records, await itemOf(), 'confirmed');
    await takeInReview(deps(), 'p1');
    const rivals = aVerdict({
      decision: 'review',
      findings: [{ ...QUESTION, message: '別の事業所も出しています。' }],
    });
    await recordRivals(records, await lastRun(), rivals);
    await openReview(records, 'p1');
    expect(await itemOf()).toMatchObject({ state: 'open', run: 3 });
    await takeInReview(deps(), 'p1');
    expect(await readRuns(records, 'p1')).toHaveLength(3);
  });
});

it('a packet that was erased meanwhile is left alone', async () => {
  await takeInReview(deps(), 'p1');
  expect(records.sent).toEqual([]);
});
