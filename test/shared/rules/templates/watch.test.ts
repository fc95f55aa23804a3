import { describe, expect, it } from 'vitest';
import { judgeEntry } from '../../../builders/judge-entries.ts';

const entry = {
  template: 'watch',
  what: '計画の写し',
  opens: { event: ['new'] },
  closes: { documents: { includes: ['shien_keikakusho', 'hyokahyo'] } },
  start: ['dates.plan_fixed', 'dates.plan_consented'],
  period: { months: 1 },
  overdue: {
    code: 'F_SUBMIT_LATE',
    severity: 'review',
    message: '{what}が、{start}の後、{due}までに届いていません。',
    remedy: '提出を求めてください。',
  },
};
const opened = (given: Parameters<typeof judgeEntry>[1], over: object = {}) => {
  const { watch } = judgeEntry({ ...entry, ...over }, given).contributes;
  return watch && 'opens' in watch ? watch.opens : undefined;
};

describe('a watch', () => {
  it('is opened with its last day, counted from the first known start', () => {
    expect(opened({ event: 'new', dates: { plan_consented: '2024-01-31' } })).toMatchObject({
      rule: 'XYZ-R01',
      start: '2024-01-31',
      due: '2024-02-29',
      message: '{what}が、{start}の後、{due}までに届いていません。',
    });
  });

  it('is closed by what it awaits, also in the packet that would open it', () => {
    const documents = ['shien_keikakusho', 'hyokahyo'];
    const result = judgeEntry(entry, { event: 'new', documents, dates: { plan_fixed: '2024-06-10' } });
    expect(result).toMatchObject({ status: 'satisfied', contributes: { watch: { closes: 'XYZ-R01' } } });
  });

  it('is not opened by another packet, nor by one that cannot tell', () => {
    expect(judgeEntry(entry, { event: 'continuing' }).status).toBe('not_applicable');
    const open = judgeEntry(entry, {});
    expect([open.status, open.needs]).toEqual(['cannot_tell', ['event']]);
    expect(judgeEntry(entry, { event: 'new' })).toMatchObject({
      status: 'cannot_tell',
      needs: ['dates.plan_fixed'],
    });
  });

  it('waits without a day for a designation', () => {
    const over = { awaits_designation: true, start: 'dates.designated', period: { days: 30 } };
    expect(opened({ event: 'new' }, over)).toMatchObject({ start: null, due: null, awaits: { days: 30 } });
    expect(opened({ event: 'new', dates: { designated: '2024-06-01' } }, over)).toMatchObject({
      due: '2024-07-01',
    });
  });

  it('counts backwards, and is not opened once that day is over where only days ahead count', () => {
    const over = { start: 'cert_valid_to', period: undefined, before: { days: 30 }, only_ahead: true };
    const given = (received: string) => ({ event: 'new', cert_valid_to: '2024-09-30', dates: { received } });
    expect(opened(given('2024-08-31'), over)?.due).toBe('2024-08-31');
    expect(opened(given('2024-09-01'), over)).toBeUndefined();
  });

  it('is not opened where the day is over within the month, which its own rules report', () => {
    const given = (plan_fixed: string) => ({ event: 'new', service_month: '2024-06', dates: { plan_fixed } });
    expect(opened(given('2024-05-31'), { within_month: true })?.due).toBe('2024-06-30');
    expect(opened(given('2024-05-29'), { within_month: true })).toBeUndefined();
  });

  it('has its start as its last day where the source sets no period', () => {
    const given = { event: 'new', dates: { plan_fixed: '2024-06-10' } };
    expect(opened(given, { period: undefined })?.due).toBe('2024-06-10');
  });
});
