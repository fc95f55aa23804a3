import { expect, it } from 'vitest';
import { compactLine, plainText } from '../../../../../shared/documents/forms/text/compact-line.ts';
import type { TextLine } from '../../../../../shared/documents/pages/page-text.ts';

const lineOf = (...cells: { text: string; x: number; right: number }[]): TextLine => ({
  cells: cells.map((cell) => ({ ...cell, y: 0, size: 10 })),
  text: cells.map(({ text }) => text).join('\t'),
  y: 0,
  size: 10,
});

it('drops the blanks and records what came before each letter', () => {
  const { text, gaps } = compactLine(lineOf({ text: '氏　　名 花', x: 0, right: 60 }), 1);
  expect(text).toBe('氏名花');
  expect(gaps).toEqual([3, 2, 1]);
});

it('separates distant cells but not close ones', () => {
  const line = lineOf(
    { text: '氏', x: 0, right: 10 },
    { text: '名', x: 12, right: 22 },
    { text: '花', x: 60, right: 70 },
  );
  expect(compactLine(line, 1)).toMatchObject({ text: '氏名花', gaps: [3, 1, 2], cells: [0, 1, 2], page: 1 });
});

it.each([
  ['ＡＢ１', 'AB1'],
  ['ｶﾞ', 'ガ'],
  ['〔新 規〕', '[新規]'],
  ['⻑', '長'],
  ['髙', '髙'],
  ['①', '①'],
])('writes %s in its plain form %s', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});
