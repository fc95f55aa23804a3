import { expect, test } from 'vitest';
import { isFamilyImageName, parseCsvName } from '../../../shared/packet/standard-csv-name.ts';

test('reads a V4.1 name', () => {
  expect(parseCsvName('見本/UPPLAN_202407_4370100010_43_43A0100018_A2_20240705101500.CSV')).toEqual({
    type: 'UPPLAN',
    month: '202407',
    from: '4370100010',
    fromKind: '43',
    to: '43A0100018',
    toKind: 'A2',
    stamp: '20240705101500',
  });
});

test('reads a V3 name, and one of nine digits as the standard prints', () => {
  expect(parseCsvName('UP1KYO_4370100010_4370200018_20230705101500.csv')).toMatchObject({
    fromKind: null,
    toKind: null,
  });
  expect(parseCsvName('UPJSK_202404_123456789_43_123456789_11_20240501090000.CSV')?.from).toBe('123456789');
});

test('tells the 別表 from the plan, and reads the name of a second copy', () => {
  expect(parseCsvName('UPYOBO_SUB_4370100010_43_4300100015_46_20240705101500.CSV')?.type).toBe('UPYOBO_SUB');
  expect(parseCsvName('UPYOBO_4370100010_43_4300100015_46_20240705101500 (1).CSV')?.type).toBe('UPYOBO');
});

test.each([
  'UPKHON_1_2.CSV',
  'UPYOBO.CSV',
  '計画書.csv',
  'UPYOBO_4370100010_43_4300100015_46_20240705101500.pdf',
])('returns null for %s', (name) => expect(parseCsvName(name)).toBeNull());

test('knows the family picture', () => {
  expect(isFamilyImageName('a/UPKIHON_IMAGE_4370100010_43_4300100015_46_20240705101500_0001.jpg')).toBe(true);
  expect(isFamilyImageName('IMG_0001.jpg')).toBe(false);
});
