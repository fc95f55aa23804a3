import type { Reading } from '../document.ts';
import { personReadings } from './fields/person.ts';
import {
  dateReading,
  type FormReader,
  inLine,
  markedReading,
  nameReading,
  optionReading,
  reading,
} from './fields/readings.ts';
import { plainText } from './text/compact-line.ts';
import type { FormText } from './text/form-text.ts';

const RESULTS = { プラン継続: 'プラン継続', プラン変更: 'プラン変更', 終了: '終了' };

/** The result alone in its cell, or after a colon. */
function statedResult(form: FormText): Reading[] {
  for (const line of form.lines)
    for (const cell of line.line.cells) {
      const result = /(?:^|[:>\])])(プラン継続|プラン変更|終了)$/.exec(plainText(cell.text))?.[1];
      if (result) return [reading(form, 'hyoka_result', result, inLine(line))];
    }
  return [];
}

/** サービス評価表: the person, the day, and which of プラン継続・プラン変更・終了 is marked. */
export const hyokahyoReader: FormReader = (form) => {
  const marked = markedReading(form, 'hyoka_result', RESULTS);
  return [
    ...personReadings(form),
    ...nameReading(form, 'care_manager_name', '計画作成者氏名', '計画作成者名', '計画作成者'),
    ...dateReading(form, 'hyoka_date', '評価日', '評価年月日', '評価実施日'),
    ...(marked.length > 0
      ? marked
      : [
          ...optionReading(form, 'hyoka_result', RESULTS, '今後の方針', '評価結果', '結果', 'プラン'),
          ...statedResult(form),
        ].slice(0, 1)),
  ];
};
