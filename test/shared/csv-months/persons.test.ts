import { describe, expect, it } from 'vitest';
import { type Cells, csv, packetFile } from '../../builders/csv.ts';
import { type CsvMonth, decideMonth, marks, messageOf, use } from '../../builders/csv-month.ts';

const OFFICE = '0870100013';
const PROVIDER = '0870200011';
/** 実績 of the first half of the month under another insurer and number. */
const usedBefore = (cells: Cells) =>
  packetFile(
    `UPJSK_202406_${PROVIDER}_63_${OFFICE}_43_20240701090000.CSV`,
    csv('UPJSK', {
      5: '202406',
      6: OFFICE,
      10: '20240605',
      15: '631111',
      20: PROVIDER,
      24: PROVIDER,
      ...cells,
    }),
  );
const ELSEWHERE = { 2: '131011', 3: '0000123456' };
/** 総合事業 under the number of the city of the facility, 予防給付 under that of the insurer. */
const ofTwoInsurers = [use('20240605', 'A21111', { 2: '082016' }), use('20240612', '631111')];
const living = (cover: CsvMonth['cover'], over: CsvMonth = {}) =>
  decideMonth({ person: { 2: '131011' }, cover: { ...cover }, ...over });

describe('住所地特例 in CSV', () => {
  it('judges by the city of the facility, and asks who may provide', async () => {
    const verdict = await living({ flags: { jushochi_tokurei: true } });
    expect(marks(verdict)).toEqual(['F_PACKET_RESIDENCE review']);
    expect(verdict).toMatchObject({ city: 'mito', category: 'yobo_shien_direct', insurer_number: '131011' });
    expect(messageOf(verdict, 'F_PACKET_RESIDENCE')).toContain('施設のある水戸市');
  });

  it('takes the number of the city of the facility on 総合事業 for no contradiction', async () => {
    const rows = { UPPLAN: ofTwoInsurers, UPJSK: ofTwoInsurers };
    const verdict = await living({ flags: { jushochi_tokurei: true } }, { rows });
    expect(marks(verdict)).toEqual(['F_PACKET_RESIDENCE review']);
    expect(verdict.insurer_number).toBe('131011');
  });

  it('goes by the city that is named, also where the insurer is one of this desk', async () => {
    const verdict = await living(
      { flags: { jushochi_tokurei: true }, facility_city: '水戸市' },
      { person: { 2: '072041' } },
    );
    expect(verdict.city).toBe('mito');
    expect(marks(verdict)).toContain('F_PACKET_RESIDENCE review');
  });

  it('sends an unknown insurer back where nobody says so, and tells how to', async () => {
    const verdict = await living({});
    expect(marks(verdict)).toContain('F_PACKET_UNKNOWN_INSURER error');
    expect(messageOf(verdict, 'F_PACKET_UNKNOWN_INSURER')).toContain('住所地特例');
  });
});

describe('a person on 生活保護 who is not insured', () => {
  const switched: CsvMonth = {
    person: { 3: 'H000778001' },
    rows: { UPJSK: [use('20240605', 'A21111')] },
    cover: {
      provider_route: 'itaku',
      event: 'category_switch',
      previous_category: 'yobo_shien_direct',
      notification: { kind: '変更', to: 'hokatsu_center', responsible: 'hokatsu_center', attachments: [] },
    },
  };

  it('is asked for no 被保険者証, and 福祉事務所 pays', async () => {
    const verdict = await decideMonth(switched);
    expect(marks(verdict)).toContain('F_WELFARE review');
    expect(messageOf(verdict, 'F_DOC_MISSING')).not.toContain('被保険者証');
    expect(verdict.payer).toBe('fukushi_jimusho');
  });

  it('differs from an insured person, whose 被保険者証 is asked for', async () => {
    const verdict = await decideMonth({ ...switched, person: {} });
    expect(marks(verdict)).not.toContain('F_WELFARE review');
    expect(messageOf(verdict, 'F_DOC_MISSING')).toContain('被保険者証');
    expect(verdict.payer).toBe('mito_city');
  });
});

describe('a person who moved within the month', () => {
  it('is told as such, with both parts, and judged by the part of this city', async () => {
    const verdict = await decideMonth({ files: [usedBefore(ELSEWHERE)] });
    expect(marks(verdict)).toEqual(['F_PACKET_MOVED review']);
    const message = messageOf(verdict, 'F_PACKET_MOVED');
    expect(message).toContain('082016');
    expect(message).toContain('131011');
    expect(message).toContain('水戸市の分だけで審査しました');
    expect(verdict).toMatchObject({ city: 'mito', insured_number: '0007780001' });
  });

  it('is told from two persons of one insurer', async () => {
    const verdict = await decideMonth({ files: [usedBefore({ 2: '082016', 3: '0000123456' })] });
    expect(marks(verdict)).toContain('F_PACKET_TWO_PERSONS error');
  });

  it('is told from two persons with names of their own', async () => {
    const card = packetFile(
      `UPHOSOKU_202406_${OFFICE}_43_0800100018_46_20240701090000.CSV`,
      csv('UPHOSOKU', { ...ELSEWHERE, 6: '例示　太郎', 8: '19300101', 63: '202406' }),
    );
    const verdict = await decideMonth({ files: [card] });
    expect(marks(verdict)).toContain('F_PACKET_TWO_PERSONS error');
  });
});

describe('a month that two offices planned', () => {
  it('is told as such, with both offices, and claimed by neither', async () => {
    const plan = [use('20240605', '631111'), use('20240619', '631111', { 6: '0870100021' })];
    const verdict = await decideMonth({ rows: { UPPLAN: plan } });
    expect(marks(verdict)).toContain('F_SOURCE_AMBIGUOUS review');
    expect(messageOf(verdict, 'F_SOURCE_AMBIGUOUS')).toContain('0870100013、0870100021');
    expect(verdict.base_units).toBeNull();
  });
});

describe('birth date and sex', () => {
  it.each([
    [17, '19420513', '生年月日'],
    [16, '1', '性別'],
  ])('are compared across files (column %i)', async (column, value, label) => {
    const parts = { UPKIHON_SUB1: [{}], UPKIHON_SUB2: [{}] };
    const same = await decideMonth({ rows: { UPKIHON: [{}], ...parts } });
    expect(marks(same)).toEqual([]);
    const verdict = await decideMonth({ rows: { UPKIHON: [{ [column]: value }], ...parts } });
    expect(marks(verdict)).toEqual(['F_FACT_CONFLICT review']);
    expect(messageOf(verdict, 'F_FACT_CONFLICT')).toContain(label);
    expect(messageOf(verdict, 'F_FACT_CONFLICT')).not.toContain(value === '1' ? '「男」' : value);
  });
});

describe('a person whose 圏域 changes within the month', () => {
  const basic = (address: string, center = '水戸見本地域包括支援センター') =>
    decideMonth({
      rows: {
        UPKIHON: [{ 18: address }],
        UPKIHON_SUB1: [{}],
        UPKIHON_SUB2: [{}],
        UPYOBO: [{ 21: center }],
        UPYOBO_SUB: [{}],
      },
    });
  const area = (verdict: Awaited<ReturnType<typeof decideMonth>>) =>
    verdict.findings.filter((f) => f.message.includes('「担当圏域」'));

  it('names both areas that the addresses of two papers are in, without the addresses', async () => {
    const [finding, ...others] = area(await basic('水戸市例示町4-5'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'F_FACT_CONFLICT', severity: 'review' });
    expect(finding?.message).toMatch(/1行目（見本圏域）/);
    expect(finding?.message).toMatch(/UPKIHON.*例示圏域/);
    expect(finding?.message).toContain('月の途中の転居で圏域が変わった');
    expect(finding?.message).not.toContain('4-5');
  });

  it('names both areas where the plan names the center of the other one', async () => {
    const [finding] = area(await basic('水戸市見本町1-2-3', '水戸例示地域包括支援センター'));
    expect(finding?.message).toMatch(/UPYOBO.*例示圏域/);
    expect(finding?.message).toContain('見本圏域');
  });

  it('says nothing of a move within one area', async () => {
    expect(area(await basic('水戸市見本町9-9'))).toEqual([]);
  });
});
