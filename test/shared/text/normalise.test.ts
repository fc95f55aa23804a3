import { expect, test } from 'vitest';
import {
  findGaiji,
  fold,
  foldVariants,
  foldWidth,
  nameKey,
  tidyText,
} from '../../../shared/text/normalise.ts';

test('folds full-width digits, half-width kana and every dash', () => {
  expect(foldWidth('４３－０１　ﾐﾎﾝ ガ−')).toBe('43-01 ミホン ガ-');
});

test('folds the variants a name is written with', () => {
  expect(foldVariants('髙﨑 邉𠮷')).toBe('高崎 辺吉');
  expect(nameKey('髙﨑　花子')).toBe(nameKey('高崎花子'));
});

test('keeps names of different characters distinct', () => {
  expect(nameKey('斎藤')).not.toBe(nameKey('斉藤'));
  expect(nameKey('齋藤')).toBe(nameKey('斎藤'));
});

test('reads the radicals a PDF prints instead of characters', () => {
  expect(fold('⽒名 ⻑⾕川 ⼾')).toBe('氏名 長谷川 戸');
});

test('drops variation selectors', () => {
  expect(nameKey('葛\u{e0100}城')).toBe('葛城');
});

test('tidies free text without changing its characters', () => {
  expect(tidyText('①　歩く　\r\n②休む\r\n\r\n')).toBe('①　歩く\n②休む');
});

test('finds private use characters', () => {
  expect(findGaiji('見本\ue000子')).toBe(2);
  expect(findGaiji('見本花子')).toBe(-1);
});
