import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RecordEvent } from '../../../../shared/records/events/event.ts';
import { contentsOf } from '../../../../shared/records/lifecycle/case-contents.ts';
import { eraseWatches } from '../../../../shared/records/lifecycle/erase-watches.ts';
import { sweepWatches } from '../../../../shared/records/recovery/sweep-watches.ts';
import { recordPacket } from '../../../../shared/records/steps/record-packet.ts';
import { lettersOf, type NoticeRecord } from '../../../../shared/records/views/letter.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import { writeReviewLetter } from '../../../../shared/records/views/write-review-letter.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aWatch } from '../../../builders/a-watch.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';
import { endReview } from '../../../builders/reviewer.ts';

const OFFICE = '0870100013';
let records: TestRecords;
beforeEach(async () => {
  records = await testRecords('2026-07-11T03:00:00.000Z');
});
afterEach(() => records.stop());

/** A paper that is overdue, and the item it is raised as. */
async function overdue() {
  const { decided } = await recordPacket(
    records,
    {
      upload_id: 'R1',
      received_at: '2026-06-10T00:00:00.000Z',
      sender: { kind: 'office', office: OFFICE },
    },
    atPacket(1),
    aVerdict({ watches_opened: [aWatch()] }),
  );
  await sweepWatches(records);
  const [item] = (await records.all<ReviewItem>('reviews')).filter(({ why }) => why === 'overdue');
  return { decided, item: item! };
}
const letters = async () =>
  (await records.all<NoticeRecord>('notices')).filter(({ office }) => office === lettersOf(OFFICE));

it('asks the office for an overdue paper: what, until when, and what the reviewer wrote', async () => {
  const { decided, item } = await overdue();
  const act = await endReview(records, item, 'advised', { reason: '今月末までにお送りください。' });
  expect(act).toMatchObject({ type: 'review.closed', about_packet: decided.packet_id });
  const message = { kind: 'review_letter', packet_id: item.packet_id, act: 1 };
  expect(records.sent).toContainEqual(['notify', message]);
  await writeReviewLetter(records, item.packet_id, 1);
  await writeReviewLetter(records, item.packet_id, 1);
  expect(await letters()).toMatchObject([
    { title: '書類の提出のお願い', packet_id: decided.packet_id, month: decided.month },
  ]);
  const { text } = JSON.parse([...records.letters.values()][0] ?? '{}');
  expect(text).toContain('写し（期限 令和8年7月10日）');
  expect(text).toContain('今月末までにお送りください。');
});

it('writes no letter where the review of an overdue paper is only ended', async () => {
  const { item } = await overdue();
  await endReview(records, item, 'confirmed', { reason: '別に受領' });
  expect(records.sent.filter(([queue, body]) => queue === 'notify' && body.kind === 'review_letter')).toEqual(
    [],
  );
  expect(await writeReviewLetter(records, item.packet_id, 1)).toBeNull();
});

it('erases the letter with the case that awaited the paper', async () => {
  const { decided, item } = await overdue();
  await endReview(records, item, 'advised', { reason: 'お送りください。' });
  await writeReviewLetter(records, item.packet_id, 1);
  async function* log() {
    yield* await records.all<RecordEvent>('events');
  }
  const { objects } = await contentsOf(records, decided, log());
  const keys = objects.map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining([...records.letters.keys()]));
  await eraseWatches(records, decided);
  expect(await letters()).toEqual([]);
});
