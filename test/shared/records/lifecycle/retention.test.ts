import { describe, expect, it } from 'vitest';
import { cityKeys } from '../../../../shared/profiles/cities.ts';
import { foldRetention } from '../../../../shared/records/events/read-retention.ts';
import type { RetentionEvent } from '../../../../shared/records/events/retention-events.ts';
import { whyKept } from '../../../../shared/records/lifecycle/retention.ts';
import { keepUntil } from '../../../../shared/records/lifecycle/retention-rule.ts';

const until = (city: string, category: string | null, completed_on = '2026-03-31', month = '2026-03') =>
  keepUntil(city, { month, category, completed_on });

describe('the day a case may be erased', () => {
  it('follows from the rule of the city, with its citation', () => {
    expect(until('okayama', 'yobo_shien_direct')).toMatchObject({
      keep_until: '2031-03-31',
      rule: 'OKY-R66',
      citation: { place: '〇書類の保管' },
    });
    expect(until('nobeoka', 'yobo_cm_itaku', '2026-05-31', '2026-05')).toMatchObject({
      keep_until: '2031-05-31',
      rule: 'NOB-R45',
    });
  });

  it('ends on the last day of February after a leap day', () => {
    expect(until('okayama', 'yobo_shien_direct', '2028-02-29', '2028-02').keep_until).toBe('2033-02-28');
  });

  it('is undefined in the other cities and for an unknown city: such a case stays', () => {
    const silent = cityKeys().filter((city) => !['okayama', 'nobeoka'].includes(city));
    expect(silent.length).toBeGreaterThan(2);
    for (const city of [...silent, '_unknown'])
      expect(until(city, 'yobo_cm_center'), city).toEqual({ keep_until: null, rule: null, citation: null });
  });

  it('is not taken from a rule of another kind of work: 延岡’s is for ケアマネジメント alone', () => {
    expect(until('nobeoka', 'yobo_shien_direct', '2026-05-31', '2026-05').keep_until).toBeNull();
    // Of an unknown kind: it stays too.
    expect(until('nobeoka', null, '2026-05-31', '2026-05').keep_until).toBeNull();
  });
});

const base = { stream: 's', at: '2024-04-10T00:00:00.000Z' };
const completed = (keep_until: string | null, at = base.at): RetentionEvent => ({
  ...base,
  at,
  seq: at,
  type: 'retention.completed',
  completed_on: '2024-03-31',
  by: '担当',
  keep_until,
  rule: null,
  citation: null,
});
const hold = (type: 'retention.held' | 'retention.released', at: string): RetentionEvent => ({
  ...base,
  at,
  seq: at,
  type,
  by: '監査 係',
  reason: '監査',
});
const why = (today: string, events: RetentionEvent[], received: string[] = []) =>
  whyKept(foldRetention(events), today, received);

describe('an erasure is refused', () => {
  it('until 完結の日 is entered', () => {
    expect(why('2099-01-01', [])).toEqual(['完結の日が入力されていません。']);
  });

  it('on the last day of the period, and not on the day after', () => {
    expect(why('2029-03-31', [completed('2029-03-31')])).toHaveLength(1);
    expect(why('2029-04-01', [completed('2029-03-31')])).toEqual([]);
  });

  it('without end where no rule gives the day', () => {
    expect(why('2099-01-01', [completed(null)]).join()).toContain('保存期間の定めがありません');
  });

  it('while the case is held, and not after its release', () => {
    const held = [completed('2029-03-31'), hold('retention.held', '2029-01-01T00:00:00.000Z')];
    expect(why('2030-01-01', held).join()).toContain('監査');
    expect(why('2030-01-01', [...held, hold('retention.released', '2029-06-01T00:00:00.000Z')])).toEqual([]);
  });

  it('when a version was received after 完結の日 was entered, until it is entered again', () => {
    const late = ['2024-05-01T00:00:00.000Z'];
    expect(why('2030-01-01', [completed('2029-03-31')], late).join()).toContain('後に届いた版');
    const again = completed('2029-03-31', '2024-06-01T00:00:00.000Z');
    expect(why('2030-01-01', [completed('2029-03-31'), again], late)).toEqual([]);
  });
});
