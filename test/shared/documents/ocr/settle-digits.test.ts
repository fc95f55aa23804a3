import { describe, expect, it } from 'vitest';
import type { OcrResult } from '../../../../shared/documents/ocr/ocr-engine.ts';
import {
  agreeOnDigits,
  holdsTellingDigits,
  settleDigits,
} from '../../../../shared/documents/ocr/settle-digits.ts';

const read = (text: string): OcrResult => ({
  confidence: 90,
  lines: [
    {
      y0: 0,
      y1: 30,
      letters: [...text].map((letter, i) => ({
        text: letter,
        beginsWord: false,
        x0: i * 30,
        x1: i * 30 + 28,
        y0: 0,
        y1: 30,
        confidence: 90,
      })),
    },
  ],
});
const textOf = ({ lines }: OcrResult): string =>
  lines.flatMap(({ letters }) => letters.map(({ text }) => text)).join('');
const settled = (...[one, two, three]: [string, string, string]): string =>
  textOf(settleDigits([read(one), read(two), read(three)]));

describe('holdsTellingDigits', () => {
  it('asks again for dates and numbers, not for text or the number of a row', () => {
    expect(['令和6年3月11日', '0021160856', '６月分'].map((text) => holdsTellingDigits(read(text)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['変わりなく過ごしている', '3', '要支援1'].some((text) => holdsTellingDigits(read(text)))).toBe(
      false,
    );
  });
});

describe('agreeOnDigits', () => {
  it('does not mind other letters', () => {
    expect(agreeOnDigits(read('信和6年3月'), read('令和6年3月'))).toBe(true);
    expect(agreeOnDigits(read('令和86年3月'), read('令和6年3月'))).toBe(false);
  });
});

describe('settleDigits', () => {
  it('takes what two of three readings say', () => {
    expect(settled('令和86年3月', '令和6年3月', '合和6年3月')).toBe('令和6年3月');
    expect(settled('令和86年3月', '令和6年3月', '令和6年8月')).toBe('令和6年3月');
    expect(settled('令和6年3月', '令和86年5月', '令和6年8月')).toBe('令和6年?月');
  });
  it('keeps no digit that no second reading bears out', () => {
    expect(settled('令和6年25日', '令和6年日', '令和6年5日')).not.toMatch(/[0-9]+日/);
  });
  it('leaves twelve digits to those who look for a 個人番号', () => {
    expect(settled('123456789012', '128456789012', '123456789812')).toBe('123456789012');
  });
});
