import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packetKeys } from '../../../../shared/records/events/event-keys.ts';
import { append, readRange } from '../../../../shared/records/events/event-log.ts';
import { readActs } from '../../../../shared/records/events/read-acts.ts';
import { readConfirmed, readRemembered } from '../../../../shared/records/events/read-answers.ts';
import { actOnReview, type Draft, type Reviewer } from '../../../../shared/records/steps/act-on-review.ts';
import { recordCase } from '../../../../shared/records/steps/record-case.ts';
import { collect } from '../../../../shared/records/store/record-store.ts';
import { readColleagues } from '../../../../shared/records/views/colleagues.ts';
import { openReview } from '../../../../shared/records/views/open-review.ts';
import type { ReviewItem } from '../../../../shared/records/views/review-item.ts';
import { aFinding, aVerdict } from '../../../builders/a-verdict.ts';
import { aDecided } from '../../../builders/events.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';
import { COLLEAGUE, endReview, REVIEWER } from '../../../builders/reviewer.ts';

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
});
afterEach(() => records.stop());

const decided = aDecided({ decision: 'review', review_due: '2026-06-26' });
const FINAL = { document: 'shien_keikakusho_final', what: '確定後のケアプラン等' } as const;
const claim: Draft = { type: 'review.claimed', until: '2026-06-12T05:00:00.000Z', reason: null };
const release: Draft = { type: 'review.released', reason: null };
const itemOf = async () => (await records.store.get<ReviewItem>('reviews', { packet_id: 'p1' }))!;
const act = async (draft: Draft, reviewer: Reviewer = REVIEWER) =>
  actOnReview(records, await itemOf(), reviewer, draft);
const at = (time: string) => {
  records.now = () => new Date(time);
};

/** Opens the item of a packet in its n-th run. */
async function open(
  run = 1,
  verdict = aVerdict({ decision: 'review', findings: [aFinding()] }),
): Promise<void> {
  const ref = await records.results.keepVerdict(verdict);
  const one = aDecided({ ...decided, ...packetKeys.decided('p1', run), ...ref, run });
  await append(records.store, one);
  await recordCase(records, one);
  await openReview(records, 'p1');
}

it.each(['constructor', '__proto__', 'toString'])(
  'a tick of %s, once recorded, holds up no other act',
  async (line) => {
    await open();
    await act({ type: 'review.ticked', line, answer: 'yes', reason: null });
    expect(await act(claim)).toMatchObject({ type: 'review.claimed', act: 2 });
    expect(await itemOf()).toMatchObject({ acts: 2, ticks: {}, holder: { by: 'clerk-1' } });
  },
);

describe('a claim', () => {
  it('is of one person at a time, and names the holder to the second', async () => {
    await open();
    expect(await act(claim)).toMatchObject({ type: 'review.claimed', act: 1 });
    expect(await itemOf()).toMatchObject({ holder: { by: 'clerk-1', by_name: '包括 花子' }, acts: 1 });
    for (const draft of [claim, { ...claim, type: 'review.ticked', line: 'x', answer: 'yes' } as Draft])
      expect(await act(draft, COLLEAGUE)).toMatchObject({
        refused: 'held',
        holder: { by_name: '包括 花子', since: '2026-06-12T01:00:00.000Z' },
      });
    expect(await endReview(records, await itemOf(), 'confirmed', { reviewer: COLLEAGUE })).toMatchObject({
      refused: 'held',
    });
    expect(await readActs(records.store, 'p1')).toHaveLength(1);
  });

  it('of two people at the same moment is of one', async () => {
    await open();
    const both = await Promise.all([act(claim), act(claim, COLLEAGUE)]);
    expect(both.filter((one) => 'refused' in one)).toHaveLength(1);
    expect((await readActs(records.store, 'p1')).map(({ act }) => act)).toEqual([1]);
  });

  it('ends by itself, by its release, and by being handed over', async () => {
    await open();
    await act(claim);
    at('2026-06-12T05:00:00.001Z');
    expect(await act(claim, COLLEAGUE)).toMatchObject({ type: 'review.claimed' });
    const later = { ...claim, until: '2026-06-13T05:00:00.000Z' };
    at('2026-06-12T06:00:00.000Z');
    await act(later, COLLEAGUE);
    expect(await act(release)).toMatchObject({ refused: 'held' });
    await act({ ...later, type: 'review.handed_over', to: 'clerk-1', to_name: '包括 花子' }, COLLEAGUE);
    expect(await itemOf()).toMatchObject({ holder: { by: 'clerk-1', since: '2026-06-12T06:00:00.000Z' } });
    expect(await act(release)).toMatchObject({ type: 'review.released' });
    expect(await act(release)).toMatchObject({ refused: 'not_held' });
    expect((await itemOf()).holder).toBeNull();
    expect(await readColleagues(records.store, 'mito', 'area-1')).toEqual([
      { subject: 'clerk-1', name: '包括 花子' },
      { subject: 'clerk-2', name: '包括 次郎' },
    ]);
  });

  it('is refused where the office withdrew the papers or sent new ones', async () => {
    await open();
    for (const state of ['withdrawn', 'superseded'] as const)
      expect(await actOnReview(records, { ...(await itemOf()), state }, REVIEWER, claim)).toEqual({
        refused: state,
      });
    expect(await readActs(records.store, 'p1')).toEqual([]);
  });

  it('and the ticks stay when the packet is decided again, and what is ended opens again', async () => {
    await open();
    await act(claim);
    await act({ type: 'review.ticked', line: 'MIT-R18', answer: 'no', reason: null });
    await open(2);
    expect(await itemOf()).toMatchObject({
      run: 2,
      holder: { by: 'clerk-1' },
      ticks: { 'MIT-R18': { answer: 'no' } },
    });
    await endReview(records, await itemOf(), 'confirmed');
    expect(await itemOf()).toMatchObject({ state: 'closed' });
    await open(3);
    expect(await itemOf()).toMatchObject({ state: 'open', run: 3, ticks: { 'MIT-R18': { answer: 'no' } } });
  });
});

describe('advice', () => {
  it('awaits what the city’s rules let follow, below the others, and writes a letter', async () => {
    const verdict = aVerdict({
      decision: 'accept',
      involvement: { rule: 'KMM-R02', due: '2026-06-26', reason: '関与', after_advice: FINAL },
    });
    await open(1, verdict);
    await endReview(records, await itemOf(), 'advised', { reason: '目標を具体的に' });
    expect(await itemOf()).toMatchObject({
      state: 'open',
      due: '9999-12-31#p1',
      waits_for: '確定後のケアプラン等',
      advised: { on: '2026-06-12', reason: '目標を具体的に' },
      receivable: [{ key: 'shien_keikakusho_final' }],
    });
    expect(records.sent).toContainEqual(['notify', { kind: 'review_letter', packet_id: 'p1', act: 1 }]);
    expect(records.sent).toContainEqual(['intake', { kind: 'reviewed', packet_id: 'p1' }]);
    // Later papers of the month are judged as advised on.
    const { facts } = await readRemembered(records.store, decided, decided.month, decided.owner);
    expect(facts.map(({ path, value }) => [path, value])).toEqual([
      ['flags.advice_given', true],
      ['dates.advice', '2026-06-12'],
    ]);
    await endReview(records, await itemOf(), 'confirmed');
    expect(await itemOf()).toMatchObject({ state: 'closed', closed: { decision: 'confirmed' } });
  });
});

describe('an answer', () => {
  const answer = (holds: boolean, remember: boolean): Draft => ({
    type: 'review.answered',
    answers: [{ kind: 'finding', key: 'k1', holds, remember }],
    files: ['f1'],
    reason: null,
    outbox: ['remember', 'decide'],
  });
  const remembered = (month: string | null = decided.month) =>
    readRemembered(records.store, decided, month, decided.owner);

  it('is remembered for the person where the reviewer says so, and until it is taken back', async () => {
    await open();
    await act(answer(true, false));
    expect((await remembered()).findings.size).toBe(0);
    at('2026-06-12T01:01:00.000Z');
    await act(answer(true, true));
    expect((await remembered('2026-01')).findings.get('k1')).toEqual({ on: '2026-06-12', remembered: true });
    at('2026-06-12T01:02:00.000Z');
    await act(answer(false, false));
    expect((await remembered()).findings.size).toBe(0);
  });

  it('about a fact holds for the month and the owner, and about a picture for the file', async () => {
    await open();
    const reading = {
      kind: 'reading',
      digest: 'd'.repeat(64),
      field: 'name',
      read: '見木 花子',
      value: '見本 花子',
    };
    await act({
      ...(answer(true, false) as Extract<Draft, { type: 'review.answered' }>),
      answers: [{ kind: 'fact', path: 'flags.plan_signed', value: true }, reading as never],
    });
    expect((await remembered()).facts).toEqual([
      { path: 'flags.plan_signed', value: true, on: '2026-06-12', files: ['f1'] },
    ]);
    expect((await remembered('2026-07')).facts).toEqual([]);
    expect((await readRemembered(records.store, decided, decided.month, 'other')).facts).toEqual([]);
    expect(await readConfirmed(records.store, 'd'.repeat(64))).toMatchObject([
      { field: 'name', value: '見本 花子' },
    ]);
  });

  it('is finished by the sweeper where the queue did not answer', async () => {
    await open();
    records.failSends = 1;
    await expect(act(answer(true, true))).rejects.toThrow('queue');
    const events = await collect(readRange(records.store, packetKeys.everyAct('p1')));
    expect(events).toMatchObject([{ outbox: ['remember', 'decide'], pending: expect.any(String) }]);
  });
});
