import type { Reading } from '../document.ts';
import { RESULT_LABELS } from './fields/choices.ts';
import { endingsInLine } from './fields/endings.ts';
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

/** As some programs word them beside a label of their own. */
const SHORT_RESULTS = { ...RESULTS, 継続: 'プラン継続', 変更: 'プラン変更' };

/** An option in its cell, whatever mark is before it. */
const PRINTED = /(?:^|[^\p{L}])(プラン継続|プラン変更|終了)(?!\p{L})/gu;

/** The result alone in its cell, or after a colon, on a form that prints no other. */
function statedResult(form: FormText): Reading[] {
  const stated = form.lines.flatMap((line) =>
    line.line.cells.flatMap((cell) => {
      const text = plainText(cell.text);
      const result = /(?:^|[:>\])])(プラン継続|プラン変更|終了)$/.exec(text)?.[1];
      const isOneOfMany = result && /継続|変更|終了/.test(text.slice(0, -result.length));
      return result && !isOneOfMany ? [reading(form, 'hyoka_result', result, inLine(line))] : [];
    }),
  );
  const cells = form.lines.flatMap(({ line }) => line.cells.map(({ text }) => plainText(text)));
  const printed = new Set(cells.flatMap((text) => [...text.matchAll(PRINTED)].map(([, option]) => option)));
  return printed.size === 1 ? stated.slice(0, 1) : [];
}

/** Why the plan ended, where the form names one reason. The day of the evaluation is not the day it ended. */
function endingReading(form: FormText, result: Reading[]): Reading[] {
  if (!result.some(({ value }) => value === RESULTS.終了)) return [];
  const told = form.lines.flatMap((line) => endingsInLine(line.text).map((reason) => ({ line, reason })));
  const [first] = told;
  const isOne = first && new Set(told.map(({ reason }) => reason)).size === 1;
  return isOne ? [reading(form, 'ended_entry', first.reason, inLine(first.line))] : [];
}

/** サービス評価表: the person, the day, which of プラン継続・プラン変更・終了 is marked, and why the plan ended. */
export const hyokahyoReader: FormReader = (form) => {
  const marked = markedReading(form, 'hyoka_result', RESULTS);
  const result =
    marked.length > 0
      ? marked
      : [
          ...optionReading(form, 'hyoka_result', SHORT_RESULTS, ...RESULT_LABELS),
          ...statedResult(form),
        ].slice(0, 1);
  return [
    ...personReadings(form),
    ...nameReading(form, 'care_manager_name', '計画作成者氏名', '計画作成者名', '計画作成者'),
    ...dateReading(form, 'hyoka_date', '評価日', '評価年月日', '評価実施日', '実施日'),
    ...result,
    ...endingReading(form, result),
  ];
};
