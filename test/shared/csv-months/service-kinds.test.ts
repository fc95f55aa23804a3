import { describe, expect, it } from 'vitest';
import type { Cells } from '../../builders/csv.ts';
import { decideMonth, marks, messageOf, notes, use } from '../../builders/csv-month.ts';

/** A month in which only these services were planned and used. */
const usedOnly = (services: [code: string, cells?: Cells][], month = '202406') => {
  const rows = services.map(([code, cells = {}]) => use(`${month}05`, code, cells));
  return decideMonth({ month, rows: { UPPLAN: rows, UPJSK: rows } });
};

describe('the kinds of services in CSV', () => {
  it.each(['341111', '441111', '451111', '461111'])('claims nothing for %s alone', async (code) => {
    const verdict = await usedOnly([[code]]);
    expect(marks(verdict)).toEqual(['F_NOT_ELIGIBLE review']);
    expect(verdict).toMatchObject({ base_units: null, payer: null });
  });

  it('claims for a service on the 給付管理票 beside one outside', async () => {
    const verdict = await usedOnly([['341111'], ['631111']]);
    expect(marks(verdict)).toEqual([]);
    expect(verdict.base_units).toBe(472);
  });

  it('asks which month it is where 総合事業 is the only service on the 給付管理票', async () => {
    const verdict = await usedOnly([['341111'], ['A21111']]);
    expect(marks(verdict)).toEqual(['F_SOURCE_AMBIGUOUS review']);
    expect(verdict.base_units).toBeNull();
  });

  it('does not count a short stay beyond 30 days', async () => {
    const beyond = await usedOnly([['241111', { 23: '1' }]]);
    expect(marks(beyond)).toEqual(['F_NOT_ELIGIBLE review']);
    const partly = await usedOnly([['241111'], ['241111', { 10: '20240606', 23: '1' }]]);
    expect(marks(partly)).toEqual([]);
    expect(notes(partly)).toContain('F_NOT_ELIGIBLE');
    expect(partly.base_units).toBe(472);
  });

  it.each(['611111', '651111', 'A11111', 'A51111'])('names %s, which ended', async (code) => {
    const verdict = await usedOnly([['631111'], [code]]);
    expect(marks(verdict)).toEqual(['F_SERVICE_ENDED review']);
    expect(messageOf(verdict, 'F_SERVICE_ENDED')).toContain(code);
    expect(messageOf(verdict, 'F_SERVICE_ENDED')).toContain('2018年3月で終了');
    expect(verdict.base_units).toBeNull();
  });

  it('names an old name in a plan, with and without a 利用票', async () => {
    const plan = { UPYOBO: [{}], UPYOBO_SUB: [{ 15: '介護予防通所介護' }] };
    const alone = await decideMonth({ rows: { ...plan, UPPLAN: null, UPJSK: null } });
    expect(marks(alone)).toContain('F_SERVICE_ENDED review');
    expect(messageOf(alone, 'F_SERVICE_ENDED')).toContain('今は「通所型サービス」');
    expect(messageOf(alone, 'F_FACT_UNDECIDED')).toContain('「介護予防通所介護」の区分');
    expect(marks(await decideMonth({ rows: plan }))).toContain('F_SERVICE_ENDED review');
  });

  it('takes 介護予防通所介護相当サービス for 総合事業', async () => {
    const rows = {
      UPYOBO: [{}],
      UPYOBO_SUB: [{ 15: '介護予防通所介護相当サービス' }],
      UPPLAN: null,
      UPJSK: null,
    };
    const verdict = await decideMonth({ rows, cover: { provider_route: 'itaku' } });
    expect(marks(verdict)).not.toContain('F_SERVICE_ENDED review');
    expect(verdict.category).toBe('yobo_cm_itaku');
  });
});
