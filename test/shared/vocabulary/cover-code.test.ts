import { describe, expect, it } from 'vitest';
import { decodeCover, encodeCover } from '../../../shared/vocabulary/cover-code.ts';

const cover = {
  city: 'iwaki',
  office_number: '0770100014',
  insured_number: '0000000101',
  service_month: '2024-06',
  event: 'continuing',
};

describe('the code of a 送付票', () => {
  it('is the same after writing and reading', () => {
    expect(decodeCover(encodeCover(cover))).toEqual(cover);
    const { event: _, ...without } = cover;
    expect(decodeCover(encodeCover(without))).toEqual(without);
  });
  it('fits a QR code of few, large dots', () => {
    expect(encodeCover(cover).length).toBeLessThan(90);
  });
  it.each([
    ['a misread digit', (code: string) => code.replace('0000000101', '0000000107')],
    ['two digits changed places', (code: string) => code.replace('0770100014', '0771000014')],
    ['a lost part', (code: string) => code.replace(';m=2024-06', '')],
    ['another edition', (code: string) => code.replace('UKETSUKE1', 'UKETSUKE2')],
    ['another code', () => 'https://example.com/?q=1'],
  ])('refuses %s', (_what, change) => {
    expect(decodeCover(change(encodeCover(cover)))).toBeNull();
  });
  it('refuses an impossible month, even with the right check digits', () => {
    expect(decodeCover(encodeCover({ ...cover, service_month: '2024-13' }))).toBeNull();
  });
});
