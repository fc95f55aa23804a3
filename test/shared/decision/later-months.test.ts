import { describe, expect, it } from 'vitest';
import { laterMonthNotes } from '../../../shared/decision/later-months.ts';
import { withLaterMonths } from '../../../shared/decision/with-rivals.ts';
import type { RecordedMonth } from '../../../shared/vocabulary/history.ts';
import { aVerdict } from '../../builders/a-verdict.ts';
import { anIdentity } from '../../builders/some-facts.ts';

const identity = anIdentity({}, '2024-05');
const june = (over: Partial<RecordedMonth> = {}): RecordedMonth => ({
  month: '2024-06',
  category: 'yobo_shien_direct',
  same_office: null,
  used: undefined,
  rested_on: [],
  ...over,
});
const notes = (category: 'yobo_cm_itaku' | 'yobo_shien_direct', ...later: RecordedMonth[]) =>
  laterMonthNotes({ identity, later }, { category });

describe('withLaterMonths', () => {
  const may = aVerdict({ service_month: '2024-05', category: 'yobo_cm_itaku' });

  it('sends an accepted month to a person where a later one was decided at the same time', () => {
    const verdict = withLaterMonths(may, [june()]);
    expect(verdict).toMatchObject({ decision: 'review', findings: [{ code: 'F_FACT_LATER_MONTH' }] });
    expect(withLaterMonths(verdict!, [june()])).toBeNull();
  });

  it('changes nothing where the later month rests on this one', () => {
    expect(withLaterMonths({ ...may, category: 'yobo_shien_direct' }, [june()])).toBeNull();
  });
});

describe('laterMonthNotes', () => {
  it('names a later month that was decided without this one and becomes a switch', () => {
    const [note] = notes('yobo_cm_itaku', june());
    expect(note).toMatchObject({ code: 'F_FACT_LATER_MONTH', severity: 'review' });
    expect(note?.message).toContain('2024年6月分は、2024年5月の記録がないまま先に審査しています');
  });

  it('names a later month that rested on another category of this one', () => {
    const rested_on = [{ month: '2024-05', category: 'yobo_shien_direct' }];
    expect(notes('yobo_cm_itaku', june({ rested_on }))[0]?.message).toContain(
      '「介護予防支援（直接）」とみて',
    );
    expect(notes('yobo_shien_direct', june({ rested_on }))).toEqual([]);
  });

  it('is silent where the later month stays what it was decided to be', () => {
    expect(notes('yobo_shien_direct', june())).toEqual([]);
    expect(notes('yobo_cm_itaku', june({ rested_on: undefined }))).toEqual([]);
  });

  it('names a later month with an add-on, which looks further back than a switch', () => {
    const july = june({ month: '2024-07', addons: ['shokai'] });
    expect(
      notes(
        'yobo_shien_direct',
        june({ rested_on: [{ month: '2024-05', category: 'yobo_shien_direct' }] }),
        july,
      ),
    ).toHaveLength(1);
  });

  it('goes over a month without use between them', () => {
    const unused = june({ category: null, used: false });
    expect(notes('yobo_cm_itaku', unused, june({ month: '2024-07' })).map((n) => n.message)).toEqual([
      expect.stringContaining('2024年7月分は'),
    ]);
    expect(notes('yobo_cm_itaku', june({ month: '2024-07' }))).toEqual([]);
  });
});
