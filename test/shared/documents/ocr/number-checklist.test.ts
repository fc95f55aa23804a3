import { describe, expect, it } from 'vitest';
import { numberChecklist } from '../../../../shared/documents/ocr/number-checklist.ts';
import type { TextLine } from '../../../../shared/documents/pages/page-text.ts';

const row = (number: string): TextLine => {
  const cells = [number, '問い', '□はい', '■いいえ']
    .filter((text) => text !== '')
    .map((text, i) => ({ text, x: 100 * i + 50, right: 100 * i + 90, y: 10, size: 10 }));
  return { cells, text: cells.map(({ text }) => text).join('\t'), y: 10, size: 10 };
};
const numbersOf = (read: string[]): string[] =>
  numberChecklist(read.map(row)).map(({ cells }) =>
    /^[0-9]+$/.test(cells[0]?.text ?? '') ? (cells[0]?.text ?? '') : '',
  );
const printed = Array.from({ length: 25 }, (_, i) => String(i + 1));

describe('numberChecklist', () => {
  it('numbers twenty-five rows whatever was read', () => {
    expect(numbersOf(printed.map(() => ''))).toEqual(printed);
  });
  it('takes out a number that breaks the order, and fills what its neighbours settle', () => {
    const read = printed.slice(0, 24).with(15, '19').with(6, '');
    expect(numbersOf(read)).toEqual(printed.slice(0, 24));
  });
  it('fills nothing where a row between is missing', () => {
    const read = printed.filter((number) => number !== '9').with(7, '');
    expect(numbersOf(read)[7]).toBe('');
    expect(numbersOf(read)[8]).toBe('10');
  });
  it('leaves other forms with boxes alone', () => {
    expect(numbersOf(['3', '2', '1'])).toEqual(['3', '2', '1']);
  });
});
