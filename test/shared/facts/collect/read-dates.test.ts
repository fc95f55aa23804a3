import { describe, expect, it } from 'vitest';
import { readDates } from '../../../../shared/facts/collect/read-dates.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';
import { coverFacts } from '../../../builders/some-facts.ts';

const read = (
  documents: Parameters<typeof readingsOf> = [],
  desk: { received?: string; given?: Record<string, string> } = {},
) =>
  Object.fromEntries(
    readDates({
      readings: readingsOf(...documents),
      cover: coverFacts(desk.given ? { dates: desk.given } : {}),
      today: '2024-07-01',
      received: desk.received,
    }).facts.map((fact) => [fact.path, fact.value]),
  );

describe('readDates', () => {
  it("gives the desk's own days where no document has one", () => {
    expect(read()).toEqual({ 'dates.today': '2024-07-01' });
    expect(read([], { received: '2024-06-10' })).toEqual({
      'dates.today': '2024-07-01',
      'dates.received': '2024-06-10',
    });
  });

  it('lets the sender set the day only in a dry run', () => {
    const given = { today: '2024-05-01' };
    expect(read([], { given })).toEqual({});
    expect(read([], { given, received: '2024-06-10' })).toMatchObject({ 'dates.today': '2024-07-01' });
  });

  it('takes the latest of several dates', () => {
    const sheet = (date: string) => aDocument({ kind: 'assessment_sheet' }, [['assessment_date', date]]);
    expect(read([sheet('2024-03-01'), sheet('2024-02-01')])).toMatchObject({
      'dates.assessment': '2024-03-01',
    });
  });

  it('counts only a contract of the office as direct', () => {
    const contract = (party: string, date: string) =>
      aDocument({ kind: 'keiyakusho' }, [
        ['contract_party', party],
        ['contract_date', date],
      ]);
    const facts = read([contract('kyotaku_office', '2024-04-01'), contract('hokatsu_center', '2024-05-01')]);
    expect(facts['dates.direct_contract']).toBe('2024-04-01');
  });

  it('reads the consent on a 重要事項説明書 and no other', () => {
    const consent = (kind: 'juyo_jiko_setsumeisho' | 'shien_keikakusho') =>
      aDocument({ kind }, [['consent_date', '2024-04-01']]);
    expect(read([consent('juyo_jiko_setsumeisho')])['dates.juyo_jiko_consent']).toBe('2024-04-01');
    expect(read([consent('shien_keikakusho')])).not.toHaveProperty(['dates.juyo_jiko_consent']);
  });
});
