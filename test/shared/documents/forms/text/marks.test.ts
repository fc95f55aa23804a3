import { describe, expect, it } from 'vitest';
import { plainText } from '../../../../../shared/documents/forms/text/compact-line.ts';
import { chosenOption, chosenOptions } from '../../../../../shared/documents/forms/text/marks.ts';

const LEVELS = ['要支援1', '要支援2', '事業対象者'];
const KINDS = ['新規', '変更'];

describe('chosenOption', () => {
  it.each([
    ['■要支援１　□要支援２　□事業対象者', LEVELS, '要支援1'],
    ['☑要支援1 ☐要支援2', LEVELS, '要支援1'],
    ['□ 新規　☑ 変更', KINDS, '変更'],
    ['[ ]新規 [✓]変更', KINDS, '変更'],
    ['（　）新規　（○）変更', KINDS, '変更'],
    ['[レ]新規　[　]変更', KINDS, '新規'],
    ['レ新規　　変更', KINDS, '新規'],
    ['新規□　変更■', KINDS, '変更'],
    ['○新規　変更', KINDS, '新規'],
    ['◉新規 ○変更', KINDS, '新規'],
    ['○新規 ●変更', KINDS, '変更'],
    ['要支援１・（要支援２）・事業対象者', LEVELS, '要支援2'],
    ['要支援2', LEVELS, '要支援2'],
    ['■1.はい　□0.いいえ', ['はい', 'いいえ'], 'はい'],
  ])('returns the marked one of 「%s」', (text, options, expected) => {
    expect(chosenOption(plainText(text), options)).toBe(expected);
  });

  it.each([
    ['nothing is marked', '新規・変更', KINDS],
    ['every box is empty', '□新規　□変更', KINDS],
    ['every option has a circle', '○新規　○変更', KINDS],
    ['every option stands in brackets', '（新規）（変更）', KINDS],
    ['two are marked', '■新規　■変更', KINDS],
    ['the only option has an empty box', '□要支援1', LEVELS],
    ['no option is printed', '要介護1', LEVELS],
  ])('returns null when %s', (_name, text, options) => {
    expect(chosenOption(plainText(text), options)).toBeNull();
  });

  it('finds an option inside a longer one once, as the longer', () => {
    expect(chosenOptions('■いいえ □はい', ['はい', 'いいえ'])).toEqual(['いいえ']);
  });
});
