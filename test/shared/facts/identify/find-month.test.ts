import { describe, expect, it } from 'vitest';
import { findMonth } from '../../../../shared/facts/identify/find-month.ts';
import { aDocument, anOcrReading, readingsOf } from '../../../builders/a-document.ts';
import { coverFacts } from '../../../builders/some-facts.ts';

const planned = (month: string) => aDocument({ title: 'UPPLAN' }, [['service_month', month]]);
const used = (month: string) => aDocument({ title: 'UPJSK' }, [['service_month', month]]);
const monthOf = (documents: Parameters<typeof readingsOf>, given?: string) =>
  findMonth(readingsOf(...documents), coverFacts(given ? { service_month: given } : {}));
const codes = (result: ReturnType<typeof monthOf>) => result.findings.map((f) => f.code);

describe('findMonth', () => {
  it('returns the month of a 利用票', () => {
    expect(monthOf([planned('2024-05')])).toMatchObject({
      month: { value: '2024-05', shown: { state: 'known', value: '2024-05' } },
      findings: [],
    });
  });

  it('prefers the month of the 実績 to that of the next plan', () => {
    expect(monthOf([planned('2024-06'), used('2024-05')]).month.value).toBe('2024-05');
  });

  it('lets the cover choose among the months of the documents', () => {
    const result = monthOf([used('2024-04'), used('2024-05')], '2024-05');
    expect(result).toMatchObject({ month: { value: '2024-05' }, findings: [] });
  });

  it('reports two months and shows none', () => {
    const result = monthOf([used('2024-04'), used('2024-05')]);
    expect(result.month).toEqual({ shown: null, value: null });
    expect(codes(result)).toEqual(['F_PACKET_TWO_MONTHS']);
  });

  it('reports two months of which the cover names neither, and counts the one of the cover', () => {
    const result = monthOf([used('2024-04'), used('2024-05')], '2024-06');
    expect(result.month).toEqual({ shown: null, value: '2024-06' });
    expect(codes(result)).toEqual(['F_PACKET_TWO_MONTHS']);
  });

  it('counts the documents before a cover that differs', () => {
    expect(monthOf([used('2024-05')], '2024-06').month.value).toBe('2024-05');
  });

  it('counts the cover before a month only OCR shows', () => {
    const scanned = aDocument({ readings: [anOcrReading('service_month', '2024-05')] });
    const { month } = monthOf([scanned], '2024-06');
    expect(month).toMatchObject({ value: '2024-06', shown: { state: 'assumed', value: '2024-05' } });
    expect(monthOf([scanned]).month.value).toBe('2024-05');
  });

  it('does not take it from the consent on a 利用者基本情報', () => {
    const result = monthOf([
      aDocument({ kind: 'riyosha_kihon_joho', title: 'UPKIHON' }, [['consent_date', '2024-03-18']]),
    ]);
    expect(codes(result)).toEqual(['F_PACKET_NO_MONTH']);
    expect(result.month).toEqual({ shown: null, value: null });
  });

  it('assumes the one a plan begins with, not the one it was made in', () => {
    const { month } = monthOf([
      aDocument({ kind: 'shien_keikakusho', title: 'UPYOBO' }, [
        ['plan_created', '2024-03-22'],
        ['plan_from', '2024-04-01'],
      ]),
    ]);
    expect(month.shown).toMatchObject({ state: 'assumed', value: '2024-04' });
  });

  it('assumes it from the consent on a plan', () => {
    const { month, findings } = monthOf([
      aDocument({ kind: 'shien_keikakusho', title: 'UPYOBO' }, [['consent_date', '2024-04-03']]),
    ]);
    expect(findings).toEqual([]);
    expect(month.shown).toMatchObject({ state: 'assumed', value: '2024-04' });
  });
});
