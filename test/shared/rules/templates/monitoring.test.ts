import { describe, expect, it } from 'vitest';
import type { Given } from '../../../../shared/cover-sheet/given-facts.ts';
import { judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

type Month = NonNullable<Given['monitoring']>[number];
const dates = { service_start_month: '2024-03', checked_to: '2024-09' };
const months = (change: Record<string, Partial<Month>>): Month[] =>
  ['04', '05', '06', '07', '08', '09'].map((m) => ({
    month: `2024-${m}`,
    record: true,
    phone: true,
    ...change[m],
  }));
const status = (check: string, change: Record<string, Partial<Month>>, given: Given = {}): string =>
  judgeEntry(
    {
      template: 'monitoring',
      check,
      period_months: 3,
      consecutive: 2,
      agreed_items: [['i', 'a'], 'ii'],
      violation: { ...VIOLATION, message: '{months}' },
    },
    { dates, monitoring: months(change), ...given },
  ).status;

describe('visits', () => {
  it('are needed once in each period; a video call counts', () => {
    expect(status('visit_each_period', { '05': { visit: true }, '08': { video: true } })).toBe('satisfied');
    expect(status('visit_each_period', { '05': { visit: true } })).toBe('violated');
  });

  it('are needed once in two consecutive periods where video is used', () => {
    expect(status('visit_in_consecutive_periods', { '05': { video: true }, '08': { visit: true } })).toBe(
      'satisfied',
    );
    expect(status('visit_in_consecutive_periods', { '05': { video: true }, '08': { video: true } })).toBe(
      'violated',
    );
  });

  it('cannot tell without the start, unless a visit is missing in every way to count', () => {
    const open = { dates: { checked_to: '2024-09' } };
    expect(status('visit_each_period', { '06': { visit: true } }, open)).toBe('cannot_tell');
    expect(status('visit_each_period', {}, open)).toBe('violated');
  });

  it('are needed in the month in which the plan ends', () => {
    const given = { dates: { ...dates, plan_to: '2024-09-30' } };
    expect(status('evaluation_month_visit', { '09': { visit: true } }, given)).toBe('satisfied');
    expect(status('evaluation_month_visit', {}, given)).toBe('violated');
  });

  it('are needed after a significant change', () => {
    expect(status('significant_change_visit', { '07': { visit: true } })).toBe('satisfied');
    expect(status('significant_change_visit', {})).toBe('violated');
  });
});

describe('video', () => {
  const video = { '05': { video: true } };

  it('needs the consent in writing', () => {
    expect(status('video_consent', video, { documents: ['video_doisho'] })).toBe('satisfied');
    expect(status('video_consent', video)).toBe('violated');
    expect(status('video_consent', {})).toBe('satisfied');
  });

  it('needs an agreement on every item, under any of its names', () => {
    expect(status('video_agreement', video, { flags: { video_agreed_items: ['a', 'ii'] } })).toBe(
      'satisfied',
    );
    expect(status('video_agreement', video, { flags: { video_agreed_items: ['a'] } })).toBe('violated');
    expect(status('video_agreement', video)).toBe('cannot_tell');
  });
});

it.each([
  ['monthly_record', { record: false }],
  ['monthly_contact', { phone: false }],
])('%s is needed in every month', (check, lacking) => {
  expect(status(check, {})).toBe('satisfied');
  expect(status(check, { '06': lacking })).toBe('violated');
});

it('a report of the provider is needed in every month once one is logged', () => {
  const reported = Object.fromEntries(
    ['04', '05', '06', '07', '08', '09'].map((m) => [m, { provider_report: true }]),
  );
  expect(status('provider_report', reported)).toBe('satisfied');
  expect(status('provider_report', { '04': { provider_report: true } })).toBe('violated');
  expect(status('provider_report', {})).toBe('cannot_tell');
});
