import { describe, expect, it } from 'vitest';
import { csv, packetFile } from '../../builders/csv.ts';
import { decideMonth, marks, messageOf, use } from '../../builders/csv-month.ts';

const COMMISSIONED = {
  provider_route: 'itaku',
  event: 'category_switch',
  previous_category: 'yobo_shien_direct',
};

describe('the use of services in CSV', () => {
  it('does not take a plan for what was used where the city goes by use', async () => {
    const verdict = await decideMonth({ rows: { UPJSK: null } });
    expect(marks(verdict)).toEqual(['F_ACTUAL_MISSING review']);
    expect(verdict).toMatchObject({ base_units: null, payer: null });
  });

  it('asks for the use of this month where only that of another arrived', async () => {
    const rows = { UPJSK: [use('20240505', '631111', { 5: '202405' })] };
    const verdict = await decideMonth({ rows });
    expect(marks(verdict)).toContain('F_PACKET_TWO_MONTHS review');
    expect(messageOf(verdict, 'F_PACKET_TWO_MONTHS')).toContain('2024-05');
    expect(messageOf(verdict, 'F_PACKET_TWO_MONTHS')).toContain('2024-06の実績がありません');
    expect(verdict.base_units).toBeNull();
  });

  it('leaves the use of the month before aside where that of the month is there', async () => {
    const name = 'UPJSK_202405_0870200011_63_0870100013_46_20240503101500.CSV';
    const row = {
      2: '082016',
      3: '0007780001',
      5: '202405',
      6: '0870100013',
      10: '20240505',
      15: '661111',
      20: '0870200011',
      24: '0870200011',
    };
    const verdict = await decideMonth({ files: [packetFile(name, csv('UPJSK', row))] });
    expect(marks(verdict)).toEqual([]);
    expect(verdict.base_units).toBe(472);
  });

  it('decides by the newest use a provider sent', async () => {
    const less = 'UPJSK_202406_0870200011_43_0870100013_46_20240702101500.CSV';
    const row = {
      2: '082016',
      3: '0007780001',
      5: '202406',
      6: '0870100013',
      10: '20240605',
      15: 'A21111',
      20: '0870200011',
      24: '0870200011',
    };
    const cover = { provider_route: 'itaku' };
    const verdict = await decideMonth({ cover, files: [packetFile(less, csv('UPJSK', row))] });
    expect(verdict.category).toBe('yobo_cm_itaku');
  });
});

describe('a CSV that cannot be read', () => {
  const commissioned = { rows: { UPJSK: [use('20240605', 'A21111')] }, cover: COMMISSIONED };

  it('is not missing: only its bad byte is reported', async () => {
    const missing = await decideMonth(commissioned);
    expect(messageOf(missing, 'F_DOC_MISSING')).toContain('利用者基本情報');

    const bytes = csv('UPKIHON', { 2: '082016', 3: '0007780001' });
    bytes[bytes.indexOf(0x8c)] = 0xff;
    const bad = packetFile('UPKIHON_0870100013_43_0800100018_46_20240603101500.CSV', bytes);
    const verdict = await decideMonth({ ...commissioned, files: [bad] });
    expect(marks(verdict)).toContain('F_CSV_ENCODING error');
    expect(messageOf(verdict, 'F_DOC_MISSING')).not.toContain('利用者基本情報');
  });
});
