import { expect, it } from 'vitest';
import { isCredible } from '../../../../shared/documents/scan/apply-scans.ts';

it.each(['2104-12-31', '0840-03-15', '2104-06', '000-????', '00?1160856'])(
  'believes no %s read from a picture',
  (value) => {
    expect(isCredible({ value })).toBe(false);
  },
);
it('believes no service with a number nobody could settle', () => {
  expect(isCredible({ value: { name: '介護予防訪問看護', class: 'yobo_kyufu', code: '63????' } })).toBe(
    false,
  );
});
it.each(['2024-12-31', '1925-03-15', '2024-06', '0021160856', 'いわき市見本区一丁目', true])(
  'lets %s pass',
  (value) => {
    expect(isCredible({ value })).toBe(true);
  },
);
