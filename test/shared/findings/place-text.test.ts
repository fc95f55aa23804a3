import { expect, it } from 'vitest';
import { placeText } from '../../../shared/findings/place-text.ts';

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
