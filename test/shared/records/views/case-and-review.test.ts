import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseVersion } from '../../../../shared/records/events/case-events.ts';
import { caseKeys } from '../../../../shared/records/events/event-keys.ts';
import { append } from '../../../../shared/records/events/event-log.ts';
import type { PacketDecided } from '../../../../shared/records/events/packet-events.ts';
import { areaMonth, type CaseRecord } from '../../../../shared/records/store/case-record.ts';
import { leaveCase, markLeft, putCase, showRetention } from '../../../../shared/records/views/case-view.ts';
import { openReview } from '../../../../shared/records/views/open-review.ts';
import { type ReviewItem, reviewDue } from '../../../../shared/records/views/review-item.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aDecided } from '../../../builders/events.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeAll(async () => {
  records = await testRecords();
});
afterAll(() => records.stop());

const versionOf = (decided: PacketDecided, version: number): CaseVersion => ({
  ...caseKeys.version(decided, decided, version, decided.run),
  at: decided.at,
  version,
  run: decided.run,
  packet_id: decided.packet_id,
  upload_id: decided.upload_id,
  area: decided.area,
  office: decided.office,
  owner: decided.owner,
  contested: false,
  is_read: true,
  category: null,
  decision: decided.decision,
  received_at: decided.received_at,
  first_upload_id: decided.upload_id,
  first_received_at: decided.received_at,
});
const put = (decided: PacketDecided, version: number) => {
  const own = versionOf(decided, version);
  return putCase(records.store, decided, aVerdict(), own);
};
const caseOf = (decided: PacketDecided) =>
  records.store.get<CaseRecord>('cases', {
    area_month: areaMonth(decided),
    case_key: `${decided.person}#${decided.event}#${decided.owner}`,
  });

it('shows the last version of a case, whichever is written last', async () => {
  const first = aDecided({ person: 'a', packet_id: 'p1' });
  const second = aDecided({ person: 'a', packet_id: 'p2' });
  await put(second, 2);
  await put(first, 1);
  expect(await caseOf(first)).toMatchObject({ version: 2, packet_id: 'p2' });
});

it('marks a case that moved to another area, and one that was decided as another case', async () => {
  const moved = aDecided({ person: 'b' });
  await put(moved, 1);
  await markLeft(records.store, moved, moved.area, versionOf(moved, 2));
  expect(await caseOf(moved)).toMatchObject({ superseded: true, version: 2 });
  const decidedAgain = aDecided({ person: 'c' });
  await put(decidedAgain, 1);
  expect(await leaveCase(records.store, decidedAgain)).toEqual({
    city: 'mito',
    area: 'area-1',
    month: '2024-06',
  });
  expect(await caseOf(decidedAgain)).toMatchObject({ superseded: true });
});

it('shows the last retention entry of a case, whichever is written last', async () => {
  const decided = aDecided({ person: 'd' });
  await put(decided, 1);
  const record = await caseOf(decided);
  const state = {
    rule: null,
    entered_at: null,
    erasure: null,
    erasing: { packets: [], whole_uploads: [] },
    hold: null,
    completed_on: '2026-01-31',
  };
  await showRetention(records.store, record!, { ...state, seq: '2', keep_until: '2031-01-31' });
  await showRetention(records.store, record!, { ...state, seq: '1', keep_until: '2030-01-31' });
  expect((await caseOf(decided))?.retention).toMatchObject({ keep_until: '2031-01-31', hold: false });
});

it('asks for a review of what the rules leave to the 包括, by the date of the city or after a default number of days', () => {
  const at = '2026-06-12T00:00:00.000Z';
  expect(reviewDue(aVerdict({ decision: 'accept' }), at, 14)).toBeNull();
  expect(reviewDue(aVerdict({ decision: 'return' }), at, 14)).toBeNull();
  expect(reviewDue(aVerdict({ decision: 'review' }), at, 14)).toBe('2026-06-26');
});

it('opens one review item a run, and supersedes it where its second run needs none', async () => {
  const ref = await records.results.keepVerdict(aVerdict({ packet_id: 'p9', decision: 'review' }));
  const first = aDecided({ ...ref, packet_id: 'p9', decision: 'review', review_due: '2026-06-26' });
  await append(records.store, first);
  await openReview(records, 'p9');
  await openReview(records, 'p9');
  const items = async () =>
    (await records.all<ReviewItem>('reviews')).filter((one) => one.packet_id === 'p9');
  expect(await items()).toMatchObject([
    { state: 'open', due_date: '2026-06-26', run: 1, queue: 'mito#area-1' },
  ]);
  await append(records.store, aDecided({ ...ref, packet_id: 'p9', run: 2 }));
  expect(await openReview(records, 'p9')).toBeNull();
  expect(await items()).toMatchObject([{ state: 'superseded', superseded_by: 'p9' }]);
});
