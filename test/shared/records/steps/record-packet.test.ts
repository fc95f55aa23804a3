import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../../../shared/access/sender.ts';
import type { PacketVerdict } from '../../../../shared/decision/verdict.ts';
import type { CaseVersion } from '../../../../shared/records/events/case-events.ts';
import type { RecordEvent } from '../../../../shared/records/events/event.ts';
import { uploadKeys } from '../../../../shared/records/events/event-keys.ts';
import { append } from '../../../../shared/records/events/event-log.ts';
import { claimantsOf, packetsAround } from '../../../../shared/records/events/read-case.ts';
import { recordedMonths } from '../../../../shared/records/events/read-months.ts';
import { readDecision } from '../../../../shared/records/events/read-packet.ts';
import { sweepUnsent } from '../../../../shared/records/recovery/sweep.ts';
import { recordAgain, recordPacket, recordRivals } from '../../../../shared/records/steps/record-packet.ts';
import { settlePacket } from '../../../../shared/records/steps/settle-packet.ts';
import type { CaseRecord } from '../../../../shared/records/store/case-record.ts';
import { recomputeSummary } from '../../../../shared/records/views/area-summary.ts';
import { openReview } from '../../../../shared/records/views/open-review.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import { aFinding, aVerdict } from '../../../builders/a-verdict.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
});
afterEach(() => records.stop());

const upload = (n: number) => ({
  upload_id: `R${n}`,
  received_at: `2026-06-0${n}T00:00:00.000Z`,
  sender: OPERATOR,
});
const queues = () => records.sent.map(([queue]) => queue);

describe('the decision on a packet', () => {
  it('is recorded once, and its next steps are queued once', async () => {
    const first = await recordPacket(records, upload(1), atPacket(1), aVerdict());
    const second = await recordPacket(records, upload(2), atPacket(1), aVerdict());
    expect([first.repeated, second.repeated]).toEqual([false, true]);
    expect(second.decided.upload_id).toBe('R1');
    expect(queues()).toEqual(['summarise', 'notify']);
    expect(await records.all<CaseRecord>('cases')).toHaveLength(1);
  });

  it('is kept when the same packet is judged differently later', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict());
    const later = await recordPacket(
      records,
      upload(2),
      atPacket(1),
      aVerdict({ decision: 'return', findings: [aFinding()] }),
    );
    expect(later.verdict.decision).toBe('accept');
    expect((await readDecision(records, 'p1'))?.decision).toBe('accept');
  });

  it('is made once by two concurrent processes', async () => {
    const both = await Promise.all(
      [1, 2].map((n) => recordPacket(records, upload(n), atPacket(1), aVerdict())),
    );
    expect(both.filter((one) => !one.repeated)).toHaveLength(1);
    const decided = (await records.all<RecordEvent>('events')).filter((e) => e.type === 'packet.decided');
    expect(decided).toHaveLength(1);
  });

  it('has no outbox the first time: what was not sent is sent by the next try, until the packet is answered', async () => {
    // the summary and the notice
    records.failSends = 2;
    const record = () => recordPacket(records, upload(1), atPacket(1), aVerdict());
    await expect(record()).rejects.toThrow('does not answer');
    expect(queues()).toEqual([]);
    expect(await readDecision(records, 'p1')).not.toHaveProperty('outbox');
    expect(await record()).toMatchObject({ repeated: false });
    expect(queues()).toEqual(['summarise', 'notify']);
  });

  it.each([
    ['repeats what a first run may have left', false, ['case', 'rivals', 'notice']],
    ['leaves what a first run has done', true, ['case', 'notice']],
  ])('%s in a further run', async (_, isAnswered, asks) => {
    const { decided } = await recordPacket(records, upload(1), atPacket(1), aVerdict());
    const answer = { position: atPacket(1), packet: 'p', packet_id: 'p1', outcome: 'decided' } as const;
    if (isAnswered)
      await append(records.store, { ...uploadKeys.answered('R1', atPacket(1)), at: decided.at, ...answer });
    expect((await recordRivals(records, decided, aVerdict()))?.asks).toEqual(asks);
  });

  it('keeps what a further run has not sent in its outbox, and the sweeper sends it', async () => {
    const { decided } = await recordPacket(records, upload(1), atPacket(1), aVerdict());
    records.sent.length = 0;
    records.failSends = 2;
    await expect(recordRivals(records, decided, aVerdict())).rejects.toThrow('does not answer');
    expect(queues()).toEqual([]);
    const now = new Date('2026-06-12T02:00:00.000Z');
    expect(await sweepUnsent(records, now)).toEqual({ settled: 1, errors: [] });
    expect(queues()).toEqual(['summarise', 'notify']);
    expect(await sweepUnsent(records, now)).toEqual({ settled: 0, errors: [] });
  });

  it('sends references only: no number and no name', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict({ decision: 'review' }));
    const all = JSON.stringify(records.sent);
    expect(all).not.toContain('0000000101');
    expect(all).not.toContain('見本');
    const keys = (await records.all<RecordEvent>('events')).map((event) => event.stream).join(' ');
    expect(keys).not.toContain('0000000101');
  });
});

describe('a case', () => {
  const correction = aVerdict({ packet_id: 'p2', digest: 'd2' });

  it('links a correction to the first version and keeps the first receipt', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict({ decision: 'return' }));
    await recordPacket(records, upload(3), atPacket(1), correction);
    const [one] = await records.all<CaseRecord>('cases');
    expect(one).toMatchObject({ packet_id: 'p2', version: 2, first_received_at: '2026-06-01T00:00:00.000Z' });
  });

  it('does not use the receipt date of one office for another', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict());
    await recordPacket(records, upload(3), atPacket(1), { ...correction, office_number: '0870100999' });
    const cases = await records.all<CaseRecord>('cases');
    expect(cases.map((one) => [one.version, one.first_received_at]).sort()).toEqual([
      [1, '2026-06-01T00:00:00.000Z'],
      [1, '2026-06-03T00:00:00.000Z'],
    ]);
  });

  it('gives every version its own number when several are recorded at once', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    await Promise.all(
      ids.map((id, n) =>
        recordPacket(records, upload(n + 1), atPacket(1), aVerdict({ packet_id: id, digest: id })),
      ),
    );
    const versions = (await records.all<CaseVersion>('events')).filter((e) => e.type === 'case.version');
    expect(versions.map((v) => v.version).sort()).toEqual([1, 2, 3, 4]);
    const [one] = await records.all<CaseRecord>('cases');
    expect(one!.version).toBe(4);
  });

  it('is not overwritten by an older version that is finished later', async () => {
    records.failSends = 0;
    const first = await recordPacket(records, upload(1), atPacket(1), aVerdict());
    await recordPacket(records, upload(3), atPacket(1), correction);
    await settlePacket(records, { ...first.decided, outbox: ['case', 'notice'] });
    const [one] = await records.all<CaseRecord>('cases');
    expect(one).toMatchObject({ packet_id: 'p2', version: 2 });
  });

  it('moves to the area that a correction names, and both summaries are queued', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict());
    records.sent.length = 0;
    await recordPacket(records, upload(3), atPacket(1), { ...correction, area: 'area-2' });
    const asked = records.sent.filter(([queue]) => queue === 'summarise').map(([, body]) => body.area);
    expect(asked.sort()).toEqual(['area-1', 'area-2']);
    const now = new Date('2026-06-12T01:00:00.000Z');
    const numbers = [];
    for (const area of ['area-1', 'area-2'])
      numbers.push(
        (await recomputeSummary(records.store, { city: 'mito', area, month: '2024-06' }, now)).cases,
      );
    expect(numbers).toEqual([0, 1]);
  });

  it('without a person, a month or an area is stored and counted', async () => {
    const unidentified = { insured_number: null, service_month: null, area: null, city: null, event: null };
    await recordPacket(records, upload(1), atPacket(1), aVerdict(unidentified));
    const at = { city: '_unknown', area: '_unresolved', month: 'unknown' };
    const summary = await recomputeSummary(records.store, at, new Date('2026-06-12T01:00:00.000Z'));
    expect(summary.cases).toBe(1);
  });

  it('provides other months with its decision, and not when it was returned', async () => {
    const line = (over: object) => ({ history_line: { used: null, rested_on: [], ...over } });
    const { decided } = await recordPacket(
      records,
      upload(1),
      atPacket(1),
      aVerdict(line({ certification: '要支援1', addons: ['shokai'] })),
    );
    const months = (...asked: string[]) =>
      recordedMonths(records.store, { city: 'mito', person: decided.person }, asked);
    const june = { month: '2024-06', category: 'yobo_shien_direct', office_number: decided.office };
    expect(await months('2024-06', '2024-07')).toMatchObject([
      { ...june, certification: '要支援1', addons: ['shokai'], rested_on: [] },
    ]);
    const july = { packet_id: 'p3', digest: 'd3', service_month: '2024-07' };
    await recordPacket(records, upload(2), atPacket(1), aVerdict({ ...july, decision: 'return' }));
    expect(await months('2024-07')).toEqual([]);
  });

  it('provides other months with a month without use, and an open month with nothing', async () => {
    const open = { category: null, decision: 'review' } as const;
    const line = (used: false | null) => ({ history_line: { used, rested_on: [] } });
    const { decided } = await recordPacket(
      records,
      upload(1),
      atPacket(1),
      aVerdict({ ...open, ...line(false) }),
    );
    const person = { city: 'mito', person: decided.person };
    expect(await recordedMonths(records.store, person, ['2024-06'])).toMatchObject([
      { month: '2024-06', category: null, used: false },
    ]);
    const july = { packet_id: 'p3', digest: 'd3', service_month: '2024-07' };
    await recordPacket(records, upload(2), atPacket(1), aVerdict({ ...july, ...open, ...line(null) }));
    expect(await recordedMonths(records.store, person, ['2024-07'])).toEqual([]);
  });

  it('provides the add-ons of the latest papers only', async () => {
    const line = (addons: string[]) => ({ history_line: { used: null, addons, rested_on: [] } });
    const { decided } = await recordPacket(records, upload(1), atPacket(1), aVerdict(line(['shokai'])));
    await recordPacket(records, upload(3), atPacket(1), { ...correction, ...line([]) });
    const [june] = await recordedMonths(records.store, { city: 'mito', person: decided.person }, ['2024-06']);
    expect(june?.addons).toEqual([]);
  });
});

describe('a month for which two offices sent papers', () => {
  const OTHER = '4370100028';
  const other = (over = {}) => aVerdict({ packet_id: 'p2', digest: 'd2', office_number: OTHER, ...over });
  const summary = () =>
    recomputeSummary(
      records.store,
      { city: 'mito', area: 'area-1', month: '2024-06' },
      new Date('2026-06-12T01:00:00.000Z'),
    );

  it('names the offices whose papers were not returned', async () => {
    const { decided } = await recordPacket(records, upload(1), atPacket(1), aVerdict());
    await recordPacket(records, upload(2), atPacket(1), other({ decision: 'return' }));
    const senders = () =>
      claimantsOf(records.store, { city: 'mito', person: decided.person, month: '2024-06' });
    expect((await senders()).map((one) => one.office_number)).toEqual([decided.office]);
    await recordPacket(records, upload(3), atPacket(1), other({ packet_id: 'p3', digest: 'd3' }));
    expect((await senders()).map((one) => one.office_number).sort()).toEqual([decided.office, OTHER].sort());
  });

  it('is counted in the area, and its units once', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict({ claim: claimOf(472) }));
    await recordPacket(records, upload(2), atPacket(1), other({ claim: claimOf(472) }));
    expect(await summary()).toMatchObject({ two_offices: 1, users: 1, units: { yobo_shien_direct: 472 } });
  });

  it('counts one office where it corrects itself', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict());
    await recordPacket(records, upload(2), atPacket(1), aVerdict({ packet_id: 'p2', digest: 'd2' }));
    expect((await summary()).two_offices).toBe(0);
  });

  it('keeps both review items open: no office corrects the papers of another', async () => {
    const look = { decision: 'review' as const, findings: [aFinding({ severity: 'review' })] };
    await recordPacket(records, upload(1), atPacket(1), aVerdict(look));
    await recordPacket(records, upload(2), atPacket(1), other(look));
    await openReview(records, 'p1');
    await openReview(records, 'p2');
    expect((await records.all<ReviewItem>('reviews')).map((item) => item.state)).toEqual(['open', 'open']);
  });
});

describe('two months of one person decided at once', () => {
  const may = { packet_id: 'p2', digest: 'd2', service_month: '2024-05' };
  const line = (...months: string[]) => ({
    history_line: {
      used: null,
      rested_on: months.map((month) => ({ month, category: 'yobo_shien_direct' })),
    },
  });
  const record = async (n: number, over: Partial<PacketVerdict>) =>
    (
      await recordPacket(
        records,
        upload(n),
        atPacket(1),
        aVerdict({ category: 'yobo_shien_direct', ...over }),
      )
    ).decided;

  it('look at the earlier one again, whichever case was written last', async () => {
    const june = await record(1, line());
    const earlier = await record(2, { ...may, ...line() });
    expect(await packetsAround(records.store, june)).toEqual(['p2']);
    expect(await packetsAround(records.store, earlier)).toEqual(['p2']);
  });

  it('look at nothing where the later one rests on the earlier, or is too far from it', async () => {
    await record(1, { ...may, ...line() });
    const june = await record(2, line('2024-05'));
    const later = await record(3, { packet_id: 'p3', digest: 'd3', service_month: '2024-10', ...line() });
    expect(await packetsAround(records.store, june)).toEqual([]);
    expect(await packetsAround(records.store, later)).toEqual([]);
  });
});

describe('papers that an office sends in the name of another', () => {
  const OWN = '0870100013';
  const STRANGER = '4370100028';
  const by = (office: string, n: number) => ({ ...upload(n), sender: { kind: 'office', office } as const });
  const area = { city: 'mito', area: 'area-1', month: '2024-06' };
  const empty = aVerdict({
    packet_id: 'p2',
    digest: 'd2',
    decision: 'return',
    is_read: false,
    documents: [],
  });

  it.each([
    ['an accepted case', 'accept' as const],
    ['a case in review', 'review' as const],
  ])('replace nothing of %s: its item, its review and its units stay', async (_, decision) => {
    await recordPacket(records, by(OWN, 1), atPacket(1), aVerdict({ decision }));
    await openReview(records, 'p1');
    const summary = () => recomputeSummary(records.store, area, new Date('2026-06-12T01:00:00.000Z'));
    const caseOf = async (owner: string) =>
      (await records.all<CaseRecord>('cases')).filter((one) => one.owner === owner);
    const [before] = await caseOf(OWN);
    const { units, categories } = await summary();
    for (const [n, verdict] of [
      empty,
      aVerdict({ packet_id: 'p3', digest: 'd3', category: null }),
      aVerdict({ packet_id: 'p4', digest: 'd4', area: 'area-2' }),
    ].entries())
      await recordPacket(records, by(STRANGER, 2 + n), atPacket(1), verdict);
    expect(await caseOf(OWN)).toEqual([before]);
    expect(await summary()).toMatchObject({ units, categories });
    const reviews = await records.all<ReviewItem>('reviews');
    expect(reviews.map(({ packet_id, state }) => [packet_id, state])).toEqual(
      decision === 'review' ? [['p1', 'open']] : [],
    );
    expect((await caseOf(STRANGER)).every((one) => one.contested)).toBe(true);
  });

  it('are no claim of the office they name, and the office is no rival of itself', async () => {
    const { decided } = await recordPacket(records, by(STRANGER, 1), atPacket(1), aVerdict());
    const of = { city: 'mito', person: decided.person, month: '2024-06' };
    expect(await claimantsOf(records.store, of)).toEqual([]);
    await recordPacket(records, by(OWN, 2), atPacket(1), aVerdict({ packet_id: 'p2', digest: 'd2' }));
    expect((await claimantsOf(records.store, of)).map((one) => one.office_number)).toEqual([OWN]);
  });

  it('leave the month before of an office to that office', async () => {
    const { decided } = await recordPacket(records, by(OWN, 1), atPacket(1), aVerdict());
    const months = (reader: string) =>
      recordedMonths(
        records.store,
        { city: 'mito', person: decided.person },
        ['2024-06'],
        (o) => o === reader,
      );
    expect(await months(OWN)).toMatchObject([{ month: '2024-06', category: 'yobo_shien_direct' }]);
    expect(await months(STRANGER)).toEqual([]);
  });
});

describe('a packet from which nothing was read', () => {
  const unread = (over = {}) =>
    aVerdict({ packet_id: 'p2', digest: 'd2', decision: 'return', is_read: false, documents: [], ...over });
  const current = async () =>
    (await records.all<CaseRecord>('cases')).map(({ packet_id, decision }) => [packet_id, decision]);

  it('replaces no packet that was read: it gets its answer, and the case stays', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict({ decision: 'review' }));
    await openReview(records, 'p1');
    const { decided } = await recordPacket(records, upload(2), atPacket(1), unread());
    expect(decided.decision).toBe('return');
    expect(await current()).toEqual([['p1', 'review']]);
    expect(await records.all<ReviewItem>('reviews')).toMatchObject([{ packet_id: 'p1', state: 'open' }]);
  });

  it('replaces another one, and a packet that is read replaces both', async () => {
    await recordPacket(records, upload(1), atPacket(1), unread({ packet_id: 'p1', digest: 'd1' }));
    await recordPacket(records, upload(2), atPacket(1), unread());
    expect(await current()).toEqual([['p2', 'return']]);
    await recordPacket(records, upload(3), atPacket(1), aVerdict({ packet_id: 'p3', digest: 'd3' }));
    expect(await current()).toEqual([['p3', 'accept']]);
  });

  it('replaces an earlier one in another area once its pictures are read', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict({ decision: 'review' }));
    await openReview(records, 'p1');
    const { decided } = await recordPacket(
      records,
      upload(2),
      atPacket(1),
      unread({ decision: 'review', area: 'area-2' }),
    );
    await openReview(records, 'p2');
    expect(await current()).toContainEqual(['p1', 'review']);
    await recordAgain(records, decided, unread({ is_read: true, decision: 'accept', area: 'area-2' }));
    const cases = await records.all<CaseRecord>('cases');
    expect(cases.filter((one) => !one.superseded).map((one) => one.packet_id)).toEqual(['p2']);
    const states = (await records.all<ReviewItem>('reviews')).map((one) => [one.packet_id, one.state]);
    expect(states).toContainEqual(['p1', 'superseded']);
  });
});

const claimOf = (units: number) => ({
  claimant: 'kyotaku_office',
  payer: 'kokuhoren',
  base_units: units,
  units,
  yen: null,
});

const commissionFrom = (from: string) => ({
  from,
  to: 'kyotaku_office',
  share: null,
  units: null,
  yen: null,
  citation: { title: '資料', place: 'Q8' },
});

describe('the months of an area', () => {
  it('count a person whose plan and 実績 were sent separately once: the category of the later, the add-ons of the fuller', async () => {
    const plan = { event: 'new', claim: claimOf(772) };
    await recordPacket(records, upload(1), atPacket(1), aVerdict(plan));
    const month = { packet_id: 'p2', digest: 'd2', event: 'continuing', claim: claimOf(472) };
    await recordPacket(records, upload(2), atPacket(1), aVerdict(month));
    const at = { city: 'mito', area: 'area-1', month: '2024-06' };
    expect(await recomputeSummary(records.store, at, new Date('2026-06-12T01:00:00.000Z'))).toMatchObject({
      cases: 2,
      users: 1,
      categories: { yobo_shien_direct: 1 },
      units: { yobo_shien_direct: 772 },
    });
  });

  it('follow the 実績 when it changes the category of the plan', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict({ event: 'new', claim: claimOf(772) }));
    const used = { category: 'yobo_cm_itaku' as const, claim: null, commission: commissionFrom('mito_city') };
    const month = { packet_id: 'p2', digest: 'd2', event: 'category_switch', ...used };
    await recordPacket(records, upload(2), atPacket(1), aVerdict(month));
    const at = { city: 'mito', area: 'area-1', month: '2024-06' };
    const summary = await recomputeSummary(records.store, at, new Date('2026-06-12T01:00:00.000Z'));
    expect(summary.categories).toEqual({ yobo_cm_itaku: 1 });
    expect(summary.units).toEqual({ yobo_cm_itaku: 0 });
    expect(summary.commissions).toEqual({ mito_city: 1 });
  });

  it('count the units the center claims of a commissioned month, and never the share of the office', async () => {
    const commissioned = {
      category: 'yobo_shien_itaku' as const,
      total_units: 397.8,
      claim: { ...claimOf(442), claimant: 'hokatsu_center' },
      commission: { ...commissionFrom('hokatsu_center'), share: 0.9, units: 397.8 },
    };
    await recordPacket(records, upload(1), atPacket(1), aVerdict(commissioned));
    const at = { city: 'mito', area: 'area-1', month: '2024-06' };
    const summary = await recomputeSummary(records.store, at, new Date('2026-06-12T01:00:00.000Z'));
    expect(summary.units).toEqual({ yobo_shien_itaku: 442 });
    expect(summary.commissions).toEqual({ hokatsu_center: 1 });
  });
});

describe('a review item', () => {
  const review = aVerdict({ decision: 'review', findings: [aFinding({ severity: 'review' })] });

  it('is opened once, with its due date and what to look at', async () => {
    await recordPacket(records, upload(1), atPacket(1), review);
    await openReview(records, 'p1');
    await openReview(records, 'p1');
    const items = await records.all<ReviewItem>('reviews');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      queue: 'mito#area-1',
      due_date: '2026-06-26',
      state: 'open',
      why: 'review',
    });
    expect(items[0]!.findings).toHaveLength(1);
  });

  it('is due on the date of the city’s rules, where they have one', async () => {
    const involvement = { rule: 'KMM-R10', due: '2026-06-20', reason: '関与' };
    await recordPacket(records, upload(1), atPacket(1), aVerdict({ involvement }));
    expect(await openReview(records, 'p1')).toMatchObject({ due_date: '2026-06-20', why: 'involvement' });
  });

  it('is not made for an accepted or returned packet', async () => {
    await recordPacket(records, upload(1), atPacket(1), aVerdict());
    await recordPacket(
      records,
      upload(1),
      atPacket(2),
      aVerdict({ packet_id: 'p9', digest: 'd9', decision: 'return' }),
    );
    expect(queues()).not.toContain('review');
  });

  it('of a version that was corrected meanwhile is superseded, whichever comes first', async () => {
    await recordPacket(records, upload(1), atPacket(1), review);
    await openReview(records, 'p1');
    await recordPacket(records, upload(2), atPacket(1), { ...review, packet_id: 'p2', digest: 'd2' });
    await openReview(records, 'p2');
    const states = async () =>
      Object.fromEntries(
        (await records.all<ReviewItem>('reviews')).map((item) => [item.packet_id, item.state]),
      );
    expect(await states()).toEqual({ p1: 'superseded', p2: 'open' });
    await recordPacket(records, upload(3), atPacket(1), { ...review, packet_id: 'p3', digest: 'd3' });
    await recordPacket(records, upload(4), atPacket(1), { ...review, packet_id: 'p4', digest: 'd4' });
    await openReview(records, 'p3');
    expect(await states()).toMatchObject({ p2: 'superseded', p3: 'superseded' });
  });
});
