import { describe, expect, it } from 'vitest';
import { hasControl, printable, printableShort } from '../../../shared/text/printable.ts';

describe('a text from outside', () => {
  it.each([
    ['the escape of a terminal', '\u001b[2J', '␣[2J'],
    ['the one-byte escape of a terminal', '\u009b31m', '␣31m'],
    ['a new line', '受理\n100', '受理␣100'],
    ['a line separator', '受理\u2028100', '受理␣100'],
    ['a turned direction', '見本\u202efdp', '見本␣fdp'],
    ['an isolated direction', '\u2066a\u2069', '␣a␣'],
    ['a deleted letter', 'a\u007f', 'a␣'],
  ])('shows %s as a blank', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
    expect(hasControl(text)).toBe(true);
  });

  it('shows a letter without width, and half a pair of code units', () => {
    expect(printable('a\u200bb\ufeff')).toBe('a␣b␣');
    expect(printable('a\ud800')).toBe('a\ufffd');
  });

  it.each(['見本 花子', '髙﨑　𠮷田', '①㈱ｶﾞ〜', 'が（合成）'])('leaves %s as it is', (text) => {
    expect(printable(text)).toBe(text);
    expect(hasControl(text)).toBe(false);
  });

  it('is cut at whole characters', () => {
    expect(printableShort('𠮷'.repeat(50), 3)).toBe('𠮷𠮷𠮷…');
    expect(printableShort('あいう', 3)).toBe('あいう');
  });
});
