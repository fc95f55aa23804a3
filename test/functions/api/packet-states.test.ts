import { afterEach, beforeEach, expect, it } from 'vitest';
import { withStates } from '../../../functions/api/packet-states.ts';
import { readLog } from '../../../shared/records/events/event-log.ts';
import { rebuild } from '../../../shared/records/recovery/rebuild.ts';
import { answerPacket } from '../../../shared/records/steps/answer-packet.ts';
import { receiveUpload } from '../../../shared/records/steps/receive-object.ts';
import { openReview } from '../../../shared/records/views/open-review.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import type { ReviewItem } from '../../../shared/records/views/review-item.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';
import { atPacket } from '../../builders/position.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { endReview } from '../../builders/reviewer.ts';

/* The state of a packet in the lists of an office, which are read in one query. */

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
});
afterEach(() => records.stop());

const receive = (upload_id: string) =>
  receiveUpload(records, {
    ...{ upload_id, name: 'a.zip', key: `uploads/${upload_id}/upload`, etag: upload_id, size: 1 },
    sender: { kind: 'office', office: '0870100013' },
  });
const verdict = aVerdict({ decision: 'review', findings: [aFinding({ severity: 'review' })] });
const linesOf = async () =>
  (await records.all<PacketLine>('submissions'))
    .filter(({ part }) => part.startsWith('packet#'))
    .sort((a, b) => (a.upload_id < b.upload_id ? -1 : 1));
const states = async () => withStates(await linesOf()).map(({ state }) => state);

it('is that of the reviewer as soon as the review has ended, in every upload that brought it, and after a rebuild', async () => {
  await answerPacket(records, await receive('R1'), atPacket(1), verdict);
  await answerPacket(records, await receive('R2'), atPacket(1), verdict);
  await openReview(records, verdict.packet_id);
  expect(await states()).toEqual(['reviewing', 'reviewing']);
  const item = await records.store.get<ReviewItem>('reviews', { packet_id: verdict.packet_id });
  await endReview(records, item!, 'returned', { reason: '署名がありません' });
  expect(await states()).toEqual(['returned', 'returned']);
  // Sent once more, before the further run is decided.
  await answerPacket(records, await receive('R3'), atPacket(1), verdict);
  expect(await states()).toEqual(['returned', 'returned', 'returned']);

  for (const { upload_id, part } of await linesOf())
    await records.store.remove('submissions', { upload_id, part });
  expect((await rebuild(records, readLog(records.store))).failed).toEqual([]);
  expect(await states()).toEqual(['returned', 'returned', 'returned']);
});
