import { expect, it } from 'vitest';
import { judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

const entry = {
  template: 'deadline',
  what: '契約',
  start: 'dates.designated',
  done: 'dates.direct_contract',
  period: { days: 30 },
  violation: { ...VIOLATION, code: 'F_TRANSITION_OVERDUE', message: '{done}は{due}の後' },
};
const result = (direct_contract: string | null, more: object = {}) =>
  judgeEntry({ ...entry, ...more }, { dates: { designated: '2024-06-01', direct_contract } });

it('is satisfied on the last day and violated the day after', () => {
  expect(result('2024-07-01').status).toBe('satisfied');
  expect(result('2024-07-02').findings[0]!.message).toBe('令和6年7月2日は令和6年7月1日の後');
});

it('cannot tell without the day it was done, but knows the day it is due', () => {
  const { status, needs, contributes } = result(null);
  expect([status, needs]).toEqual(['cannot_tell', ['dates.direct_contract']]);
  expect(contributes.deadlines).toMatchObject([{ what: '契約', due: '2024-07-01' }]);
});

it('leaves the day on which two readings of the first day differ to a person', () => {
  const { findings, contributes } = result('2024-07-01', { first_day: 'unstated' });
  expect(findings).toMatchObject([{ code: 'F_DATE_CONVENTION', severity: 'review' }]);
  expect(contributes.deadlines!.map(({ due }) => due)).toEqual(['2024-07-01', '2024-06-30']);
});

it.each([
  [{ day_of_next_month: 10 }, '2024-07-10'],
  [{ month_end: true }, '2024-06-30'],
  [{ month_end: 1 }, '2024-07-31'],
  [{ before: { days: 30 } }, '2024-05-02'],
  [{ period: { months: 1 } }, '2024-07-01'],
])('counts %j', (how, due) => {
  const { period, ...rest } = entry;
  const given = { dates: { designated: '2024-06-01' } };
  expect(judgeEntry({ ...rest, ...how }, given).contributes.deadlines![0]!.due).toBe(due);
});

it('waits for a day the city must settle', () => {
  expect(result('2024-07-01', { day_of_next_month: 'config.closing_day' }).needs).toEqual([
    'config.closing_day',
  ]);
});

it('is violated by a month at whose end it was not done', () => {
  const given = (service_month: string) => ({ service_month, dates: { designated: '2024-06-01' } });
  const open = (month: string) => judgeEntry({ ...entry, done: 'month_end' }, given(month));
  expect(open('2024-06').status).toBe('satisfied');
  expect(open('2024-07').findings[0]!.message).toBe('令和6年7月31日は令和6年7月1日の後');
});
