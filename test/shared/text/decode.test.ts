import { expect, it } from 'vitest';
import { decodeJapanese, decodeStrictly } from '../../../shared/text/decode.ts';

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
