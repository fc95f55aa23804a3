import { expect, it } from 'vitest';
import { isSoleOption } from '../../../../shared/documents/ocr/credible-readings.ts';

it.each<[string, 'sex' | 'notification_kind' | 'notification_responsible', string, string, boolean]>([
  ['alone', 'sex', '女', '女', true],
  ['alone, in other words', 'sex', '女', '女性', true],
  ['beside an option that a ring made illegible', 'sex', '男', '男 友', false],
  ['with a mark of its own', 'sex', '女', '男 ◉女', true],
  ['beside an illegible kind', 'notification_kind', '新規', '新規 麦更', false],
  ['in the name of an office', 'notification_responsible', 'kyotaku_office', '見本居宅介護支援事業所', true],
  [
    'beside an illegible center',
    'notification_responsible',
    'kyotaku_office',
    '<弄域包括支援センタラ 居宅介護支援事業所',
    false,
  ],
  [
    'beside an illegible center, no sign',
    'notification_responsible',
    'kyotaku_office',
    '弄域包括支援センタラ 居宅介護支援事業所',
    false,
  ],
])('believes an option %s: %s %s', (_name, field, value, raw, expected) => {
  expect(isSoleOption({ field, value, raw })).toBe(expected);
});
