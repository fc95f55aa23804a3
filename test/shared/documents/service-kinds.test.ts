import { expect, test } from 'vitest';
import {
  endedBefore,
  isManagedKind,
  kindByName,
  serviceByCode,
  serviceClass,
  serviceKindName,
} from '../../../shared/documents/service-kinds.ts';

// The rule of the standard written a second time, as sets.
const YOBO = '24 25 26 2B 34 35 37 39 44 45 46 61 62 63 64 65 66 67 69 74 75'.split(' ');
const SOGO = 'A1 A2 A3 A4 A5 A6 A7 A8 A9 AA AB AC AD AE AF'.split(' ');
const KAIGO =
  '11 12 13 14 15 16 17 21 22 23 2A 27 28 31 32 33 36 38 41 42 43 51 52 53 54 55 68 71 72 73 76 77 78 79'.split(
    ' ',
  );

test.each([
  ['yobo_kyufu', YOBO],
  ['sogo', SOGO],
  ['kaigo_kyufu', KAIGO],
  ['unknown', ['59', '81', '99', 'B1', '']],
] as const)('returns %s', (expected, kinds) => {
  expect(kinds.filter((kind) => serviceClass(kind) !== expected)).toEqual([]);
});

test('does not go by the first digit or by a letter', () => {
  expect(serviceClass('68')).toBe('kaigo_kyufu');
  expect(serviceClass('2A')).toBe('kaigo_kyufu');
  expect(serviceClass('2B')).toBe('yobo_kyufu');
});

test('names a service by its code, and reports an unknown one', () => {
  expect(serviceByCode('631111', '0860200039')).toEqual({
    name: '介護予防訪問看護',
    class: 'yobo_kyufu',
    code: '631111',
    office: '0860200039',
  });
  expect(serviceByCode('ZZ0001')).toMatchObject({ class: 'unknown', name: 'サービス種類 ZZ（不明）' });
  expect(serviceKindName('ZZ')).toBeNull();
});

test('knows since when a kind is not used any more', () => {
  expect(endedBefore('61', '2018-03')).toBeNull();
  expect(endedBefore('61', '2018-04')).toEqual({
    name: '介護予防訪問介護',
    until: '2018-03',
    becomes: '訪問型サービス',
  });
  expect(endedBefore('63', '2024-06')).toBeNull();
  expect(endedBefore('ZZ', '2024-06')).toBeNull();
});

test('knows the kinds that no 給付管理票 lists', () => {
  expect(['34', '44', '45', '35', '37', '46', 'AF'].filter(isManagedKind)).toEqual([]);
  expect(['63', '67', '24', '75', 'A2', 'A6', 'ZZ'].every(isManagedKind)).toBe(true);
});

test('finds the kind of a name that is printed in full', () => {
  expect(kindByName('介護予防居宅療養管理指導')).toBe('34');
  expect(kindByName('訪問看護ステーション')).toBeNull();
});
