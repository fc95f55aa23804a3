import { expect, it } from 'vitest';
import { placeText, shortName } from '../../../shared/findings/place-text.ts';

it.each([
  [{ file: 'packet.json' }, '送付票'],
  [{ file: '10月/見本/packet.json', row: 3 }, '10月/見本/送付票 3行目'],
  [{ file: 'my-packet.json' }, 'my-packet.json'],
  [{ file: '見本.csv', row: 5 }, '見本.csv 5行目'],
  [{ file: '計画書.pdf', page: 2 }, '計画書.pdf 2ページ'],
  [{}, '送付票'],
])('calls %j as an office does', (where, text) => {
  expect(placeText(where)).toBe(text);
});

it.each([
  ['0000000101_見本 花子/UPYOBO_SUB_0870100013_43_0800100018_46_20240601090000.CSV', 'UPYOBO_SUB'],
  ['UPPLAN_支援計画書.csv', 'UPPLAN_支援計画書.csv'],
  ['2024年06月/計画書の控え.docx', '計画書の控え.docx'],
  ['2024年06月/packet.json', '送付票'],
])('shortens %s', (path, name) => {
  expect(shortName(path)).toBe(name);
});
