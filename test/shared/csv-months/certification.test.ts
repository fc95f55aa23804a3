import { describe, expect, it } from 'vitest';
import { decideMonth, marks, messageOf, notes, use } from '../../builders/csv-month.ts';

const CLEAN = { decision: 'accept', category: 'yobo_shien_direct', base_units: 472, payer: 'kokuhoren' };
const hosoku = (cells: Record<number, string>, rows = {}) =>
  decideMonth({ rows: { UPHOSOKU: [cells], ...rows } });
/** 要介護1 until the 15th, 要支援1 since the 16th. */
const TO_PREVENTIVE = { 14: '20240616', 17: '20240616', 18: '12', 59: '21' };
const nursing = (...days: [day: string, service: string][]) => ({
  UPPLAN: days.map(([day, service]) => use(`202406${day}`, service)),
  UPJSK: days.map(([day, service]) => use(`202406${day}`, service)),
});

describe('the certification of a month in CSV', () => {
  it('accepts the clean month', async () => {
    const verdict = await decideMonth();
    expect(marks(verdict)).toEqual([]);
    expect(verdict).toMatchObject(CLEAN);
  });

  it('claims nothing while an application is open', async () => {
    const verdict = await hosoku({ 16: '1' });
    expect(marks(verdict)).toEqual(['F_CERT_PENDING review']);
    expect(verdict).toMatchObject({ decision: 'review', base_units: null, payer: null });
    const [pending] = verdict.findings.filter((f) => f.code === 'F_CERT_PENDING');
    expect(pending?.citation?.place).toContain('12PA');
    expect(pending?.where).toMatchObject({ row: 1, column_name: '認定状況区分' });
    const plan = await decideMonth({
      rows: { UPHOSOKU: [{ 16: '' }], UPYOBO: [{ 13: '1' }], UPYOBO_SUB: [{}] },
    });
    expect(marks(plan)).toContain('F_CERT_PENDING review');
  });

  it('takes the month for settled although its plan was made while the application was open', async () => {
    const verdict = await decideMonth({ rows: { UPYOBO: [{ 13: '1' }], UPYOBO_SUB: [{}] } });
    expect(marks(verdict)).not.toContain('F_CERT_PENDING review');
  });

  it('judges each service by the level of its day', async () => {
    const right = await hosoku(TO_PREVENTIVE, nursing(['05', '131111'], ['12', '131111'], ['19', '631111']));
    expect(marks(right)).toEqual([]);
    expect(right).toMatchObject(CLEAN);
    expect(notes(right)).toContain('F_CERT_CHANGED');

    const early = await hosoku(TO_PREVENTIVE, nursing(['05', '631111'], ['19', '631111']));
    expect(marks(early)).toEqual(['F_CATEGORY_MISMATCH error']);
    expect(messageOf(early, 'F_CATEGORY_MISMATCH')).toContain('要介護1');

    const late = await hosoku(TO_PREVENTIVE, nursing(['05', '131111'], ['19', '631111'], ['26', '131111']));
    expect(marks(late)).toEqual(['F_CATEGORY_MISMATCH error']);
  });

  it('finds the change where only the period and the level before tell it', async () => {
    const verdict = await hosoku({ ...TO_PREVENTIVE, 17: '' }, nursing(['05', '131111'], ['19', '631111']));
    expect(marks(verdict)).toEqual([]);
    expect(notes(verdict)).toContain('F_CERT_CHANGED');
  });

  it('hands a month that ends with 要介護 over', async () => {
    const verdict = await hosoku(
      { 14: '20240616', 17: '20240616', 18: '21', 59: '12' },
      nursing(['05', '631111'], ['19', '131111']),
    );
    expect(marks(verdict)).toEqual(['F_HANDOVER review']);
    expect(verdict).toMatchObject({ category: 'kyotaku', base_units: null });
  });

  it('counts both parts of a month that turns from 事業対象者 to 要支援', async () => {
    const change = { 14: '20240616', 17: '20240616', 18: '12', 59: '06' };
    const right = await hosoku(change, nursing(['05', 'A21111'], ['19', '631111']));
    expect(marks(right)).toEqual([]);
    expect(right).toMatchObject(CLEAN);
    const early = await hosoku(change, nursing(['05', '631111'], ['19', '631111']));
    expect(marks(early)).toEqual(['F_CATEGORY_MISMATCH error']);
  });

  it('reads the days of lent equipment from 日割対象日', async () => {
    const days = `${'0'.repeat(15)}${'1'.repeat(15)}`;
    const lent = {
      UPPLAN: [use('20240601', '671001', { 11: days, 16: '00001-000010' })],
      UPJSK: [use('20240601', '671001', { 11: days, 16: '00001-000010' })],
    };
    expect(marks(await hosoku(TO_PREVENTIVE, lent))).toEqual([]);
  });

  it('leaves a month undecided in which every service was used before the change', async () => {
    const verdict = await hosoku(TO_PREVENTIVE, nursing(['05', '131111']));
    expect(marks(verdict)).toEqual(['F_FACT_UNDECIDED review']);
    expect(verdict.base_units).toBeNull();
  });

  it('takes the level before a change that comes after the month', async () => {
    const verdict = await hosoku({ 17: '20240701', 18: '12', 59: '21' });
    expect(marks(verdict)).toContain('F_HANDOVER review');
  });

  it('sends back a month before the certification begins', async () => {
    const begins = await decideMonth({
      rows: {
        UPHOSOKU: [{ 14: '20240701', 15: '20250630' }],
        UPYOBO: [{ 10: '20240701', 11: '20250630' }],
        UPYOBO_SUB: [{}],
      },
    });
    expect(marks(begins)).toContain('F_CERT_EXPIRED error');
    expect(begins.base_units).toBeNull();
    expect(marks(await hosoku({ 14: '20240701', 15: '20250630' }))).toEqual(['F_CERT_EXPIRED error']);
    expect(marks(await hosoku({ 14: '20230401', 15: '20240531' }))).toEqual(['F_CERT_EXPIRED error']);
  });

  it('accepts a plan of the renewed certification beside the period of the month', async () => {
    const verdict = await decideMonth({
      rows: {
        UPHOSOKU: [{ 14: '20230701', 15: '20240630' }],
        UPYOBO: [{ 10: '20240701', 11: '20250630' }],
        UPYOBO_SUB: [{}],
      },
    });
    expect(marks(verdict)).not.toContain('F_CERT_EXPIRED error');
  });

  it.each(['99991231', '99999999', '', '00000000'])(
    'knows a 事業対象者 without end by 「%s」',
    async (end) => {
      const sogo = nursing(['05', 'A21111']);
      const verdict = await hosoku({ 15: end, 18: '06', 59: '06' }, sogo);
      expect(verdict.findings.map((f) => f.code)).not.toContain('F_CSV_VALUE');
    },
  );

  it('asks about a 要支援 without end', async () => {
    expect(marks(await hosoku({ 15: '99991231' }))).toEqual(['F_CSV_VALUE warn']);
  });

  describe('that ends inside the month', () => {
    const ends = (hosoku: Record<number, string>, ...days: [string, string][]) =>
      decideMonth({ rows: { UPHOSOKU: [hosoku], ...nursing(...days) } });
    const used: [string, string][] = [
      ['05', '631111'],
      ['15', '631111'],
      ['19', '631111'],
    ];

    it('asks about services on days after it, and names the day, the code and the row', async () => {
      const verdict = await ends({ 15: '20240615' }, ...used);
      const finding = verdict.findings.find((f) => f.code === 'F_CERT_EXPIRED');
      expect(finding).toMatchObject({ severity: 'review', rule: 'NAT-146', where: { row: 3 } });
      expect(finding?.message).toContain('（令和6年6月15日）');
      expect(finding?.message).toContain('（令和6年6月19日（サービスコード 631111））');
      expect(verdict.decision).toBe('review');
    });

    it.each([
      ['up to its last day', { 15: '20240619' }, used],
      ['to the end of the month', { 15: '20240630' }, used],
      ['where only its last day follows', { 15: '20240629' }, used],
    ])('accepts services %s', async (_, hosoku, days) => {
      expect(marks(await ends(hosoku, ...days)).join()).not.toContain('F_CERT_EXPIRED');
    });

    it('accepts services after a level that ends where the next one begins', async () => {
      const changed: Record<number, string>[] = [{ 15: '20240615' }, { 14: '20240616', 15: '20250630' }];
      const verdict = await decideMonth({ rows: { UPHOSOKU: changed, ...nursing(...used) } });
      expect(verdict.findings.filter((f) => f.rule === 'NAT-146')).toEqual([]);
    });
  });

  describe('that begins inside the month', () => {
    const begins = (hosoku: Record<number, string>, days: [string, string][], cover = {}) =>
      decideMonth({ rows: { UPHOSOKU: [{ 59: '', ...hosoku }], ...nursing(...days) }, cover });
    const fresh = { event: 'new' };
    const inside = { 13: '20240610', 14: '20240610', 15: '20250630' };

    it('sends back services on days before it, and names the days, the code and the row', async () => {
      const verdict = await begins(
        inside,
        [
          ['05', '631111'],
          ['09', '631111'],
          ['10', '631111'],
        ],
        fresh,
      );
      const finding = verdict.findings.find((f) => f.code === 'F_CERT_EXPIRED');
      expect(finding).toMatchObject({ severity: 'error', rule: 'NAT-145', where: { row: 1 } });
      expect(finding?.where.file).toContain('UPJSK');
      expect(finding?.message).toContain('（令和6年6月10日）');
      expect(finding?.message).toContain('令和6年6月5日・令和6年6月9日（サービスコード 631111）');
      expect(verdict).toMatchObject({ decision: 'return', base_units: null });
    });

    it('names the row of the first early day in a file that is out of order', async () => {
      const verdict = await begins(
        inside,
        [
          ['19', '631111'],
          ['26', '631111'],
          ['05', '631111'],
        ],
        fresh,
      );
      expect(verdict.findings.find((f) => f.code === 'F_CERT_EXPIRED')?.where.row).toBe(3);
    });

    it('accepts services from its first day on', async () => {
      const verdict = await begins(
        inside,
        [
          ['10', '631111'],
          ['26', '631111'],
        ],
        fresh,
      );
      expect(marks(verdict)).not.toContain('F_CERT_EXPIRED error');
      expect(marks(await begins({ 14: '20240601' }, [['01', '631111']], fresh))).not.toContain(
        'F_CERT_EXPIRED error',
      );
    });

    it('asks for the certification before it where the person used services before', async () => {
      const early: [string, string][] = [
        ['05', '631111'],
        ['19', '631111'],
      ];
      for (const verdict of [
        await begins(inside, early),
        await begins({ ...inside, 59: '12' }, early, fresh),
      ])
        expect(marks(verdict)).toContain('F_CERT_EXPIRED review');
    });

    it('reads the period of the plan, also where the limit contradicts it', async () => {
      const plan = (hosoku: Record<number, string>, from = '20240611') =>
        decideMonth({
          rows: {
            UPHOSOKU: [{ 59: '', ...hosoku }],
            UPYOBO: [{ 10: from, 11: '20250630' }],
            UPYOBO_SUB: [{}],
            ...nursing(['05', '631111'], ['19', '631111']),
          },
        });
      const limits: Record<number, string>[] = [{ 14: '', 15: '' }, { 14: '20240611', 15: '20250630' }, {}];
      for (const limit of limits)
        expect(messageOf(await plan(limit), 'F_CERT_EXPIRED')).toContain(
          '令和6年6月5日（サービスコード 631111）',
        );
      const limitAlone = await plan({ 14: '20240611', 15: '20250630' }, '20240401');
      expect(messageOf(limitAlone, 'F_CERT_EXPIRED')).toContain('令和6年6月5日（サービスコード 631111）');
      expect(messageOf(await plan({ 14: '20230701', 15: '20240610' }), 'F_CERT_EXPIRED')).toBe('');
    });

    it('looks at the plan where no 実績 came', async () => {
      const verdict = await decideMonth({
        rows: { UPHOSOKU: [{ 59: '', ...inside }], UPPLAN: [use('20240605', '631111')], UPJSK: null },
        cover: fresh,
      });
      expect(messageOf(verdict, 'F_CERT_EXPIRED')).toContain('令和6年6月5日');
    });
  });
});
