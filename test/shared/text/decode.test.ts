import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { decodeJapanese, decodeStrictly, findEncoding } from '../../../shared/text/decode.ts';

import { iso2022jp } from '../../builders/cp932.ts';

const CP932 = Buffer.from([0x95, 0x5c, 0x87, 0x40]);

it('decodes UTF-8 with and without a BOM', () => {
  expect(decodeJapanese(Buffer.from('計画'))).toBe('計画');
  expect(decodeJapanese(Buffer.from('\ufeff計画'))).toBe('計画');
});

it('decodes CP932, with its second byte of a backslash and its own characters', () => {
  expect(decodeJapanese(CP932)).toBe('表①');
  expect(decodeStrictly('cp932', CP932)).toBe('表①');
});

it('returns null for bytes that are no character of the encoding', () => {
  expect(decodeStrictly('utf-8', CP932)).toBeNull();
  expect(decodeStrictly('cp932', Buffer.from([0x81]))).toBeNull();
});

it('replaces bytes that are in neither encoding', () => {
  expect(decodeJapanese(Buffer.from([0x41, 0xff, 0xff]))).toContain('\ufffd');
});

it.each([
  ['iso-2022-jp', iso2022jp('個人番号')],
  ['euc-jp', iconv.encode('個人番号のある紙', 'EUC-JP')],
  ['utf-8', Buffer.concat([Buffer.from('介護予防の計画'), Buffer.from([0x8d]), Buffer.from('書')])],
  ['cp932', CP932],
  ['cp932', iconv.encode('ｶｸｳ ﾊﾅｺ', 'cp932')],
  // in EUC-JP a control character, む and _
  ['cp932', iconv.encode('側濱', 'cp932')],
  ['cp932', Buffer.from('202407')],
] as const)('finds that a text was written in %s', (encoding, bytes) => {
  expect(findEncoding(bytes)).toBe(encoding);
});

it('decodes mail and UNIX, so that a 個人番号 is found in them', () => {
  expect(decodeJapanese(iso2022jp('個人番号'))).toBe('個人番号');
  expect(decodeJapanese(iconv.encode('個人番号のある紙', 'EUC-JP'))).toBe('個人番号のある紙');
});
