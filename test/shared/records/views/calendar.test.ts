import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordPacket } from '../../../../shared/records/steps/record-packet.ts';
import { type CalendarLine, calendarOf, readCalendar } from '../../../../shared/records/views/calendar.ts';
import type { RosterCase } from '../../../../shared/records/views/roster.ts';
import { aCase } from '../../../builders/a-case.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { aWatch } from '../../../builders/a-watch.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

const TODAY = '2026-06-12';
const aLine = (over: Partial<RosterCase> = {}): RosterCase =>
  aCase({ person: 'mito#p1', month: '2026-05', review_due: null, ...over }) as RosterCase;
const watch = {
  what: '写し',
  person: 'p1',
  month: '2026-05',
  office: '1',
  packet_id: 'k1',
  due: '2026-06-20',
};
const short = (lines: CalendarLine[]) => lines.map(({ on, kind, what }) => [on, kind, what]);

it('shows reviews, awaited papers and certifications by their day, what is overdue first', () => {
  const cases = [
    aLine({ packet_id: 'k1', review_due: '2026-06-10', cert_valid_to: '2026-07-31', name: '見本 花子' }),
  ];
  const lines = calendarOf(cases, [watch], TODAY);
  expect(short(lines)).toEqual([
    ['2026-06-10', 'review', null],
    ['2026-06-20', 'watch', '写し'],
    ['2026-07-31', 'certification', null],
  ]);
  expect(new Set(lines.map(({ name }) => name))).toEqual(new Set(['見本 花子']));
});

it('leaves out ended reviews, superseded cases, days far ahead and papers without a day', () => {
  const cases = [
    aLine({ packet_id: 'k1', review_due: '2026-06-10', review_closed: { at: '', decision: 'confirmed' } }),
    aLine({ packet_id: 'k2', review_due: '2026-06-11', superseded: true }),
    aLine({ packet_id: 'k3', cert_valid_to: '2027-03-31' }),
  ];
  expect(calendarOf(cases, [{ ...watch, due: '-' }], TODAY)).toEqual([]);
});

it('tells the end of a certification once, and by the latest month', () => {
  const cases = [
    aLine({ month: '2026-03', cert_valid_to: '2026-06-30' }),
    aLine({ month: '2026-05', cert_valid_to: '2026-07-31' }),
  ];
  const renewal = { ...watch, what: '更新後の認定', due: '2026-07-31' };
  expect(short(calendarOf(cases, [renewal], TODAY))).toEqual([['2026-07-31', 'watch', '更新後の認定']]);
});

it('shows the day of the claim of papers that are not accepted, and the ends of plan and retention', () => {
  const kept = { completed_on: '2021-06-30', keep_until: '2026-06-30', hold: false, seq: '1' };
  const cases = [
    aLine({ packet_id: 'k1', decision: 'return', plan_valid_to: '2026-07-15' }),
    aLine({ packet_id: 'k2', person: 'mito#p2', decision: 'accept', retention: kept }),
    aLine({ packet_id: 'k3', person: 'mito#p3', decision: 'accept', retention: { ...kept, hold: true } }),
    aLine({ packet_id: 'k4', person: 'mito#p4', decision: 'return', month: '2026-03' }),
  ];
  const claimOf = (month: string) => (month === '2026-05' ? '2026-06-15' : '2026-04-15');
  expect(
    calendarOf(cases, [], TODAY, claimOf).map(({ on, kind, packet_id }) => [on, kind, packet_id]),
  ).toEqual([
    ['2026-06-15', 'claim', 'k1'],
    ['2026-06-30', 'retention', 'k2'],
    ['2026-07-15', 'plan', 'k1'],
  ]);
});

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords('2026-06-12T03:00:00.000Z');
});
afterEach(() => records.stop());

it('is read with two queries, and a paper leaves it when it comes', async () => {
  const send = (number: number, verdict: ReturnType<typeof aVerdict>) =>
    recordPacket(
      records,
      {
        upload_id: `R${number}`,
        received_at: '2026-06-10T00:00:00.000Z',
        sender: { kind: 'office', office: '0870100013' },
      },
      atPacket(1),
      verdict,
    );
  const { decided } = await send(1, aVerdict({ watches_opened: [aWatch()] }));
  const asked: string[] = [];
  const index = records.store.index.bind(records.store);
  records.store.index = ((...of: Parameters<typeof index>) => {
    asked.push(`${of[0]} ${of[1]}`);
    return index(...of);
  }) as typeof records.store.index;
  const watches = async () =>
    (await readCalendar(records.store, decided, TODAY)).filter(({ kind }) => kind === 'watch');
  expect(await watches()).toMatchObject([{ on: '2026-07-10', what: '写し', packet_id: decided.packet_id }]);
  expect(asked).toEqual(['cases roster', 'watches area']);
  await send(2, aVerdict({ packet_id: 'p2', digest: 'd2', watches_closed: [aWatch().name] }));
  expect(await watches()).toEqual([]);
});
