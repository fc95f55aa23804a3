import type { Reading } from '../document.ts';
import type { FormText } from './form-text.ts';
import { personReadings } from './person.ts';
import { dateReading, type FormReader, inLine, nameReading, reading } from './readings.ts';

/** サービス担当者会議の要点, or the record of a 照会: the day, and what was agreed about video calls. */
export const meetingReader: FormReader = (form) => [
  ...personReadings(form),
  ...dateReading(
    form,
    'meeting_date',
    '開催日',
    '開催年月日',
    '開催日時',
    '照会年月日',
    '照会日',
    '照会(依頼)年月日',
    '会議日',
  ),
  ...nameReading(form, 'care_manager_name', '計画作成者氏名', '居宅サービス計画作成者氏名', '計画作成者'),
  ...videoItems(form),
];

/**
 * The three conditions for an interview by video: a) the state is stable, b) the person can communicate by video,
 * c) the providers supply what video cannot show (岡山市 コメント1(ｲ); 延岡市 第32条(19)イ(イ) numbers them i–iii).
 */
const VIDEO_ITEMS: [string, RegExp][] = [
  ['a', /(?:心身|状態|状況).{0,8}安定/],
  ['b', /意思疎通|意思表示|コミュニケーション.{0,10}(?:可能|できる|とれる)/],
  ['c', /把握でき(?:ない|ず|ません).{0,30}|(?:担当者|事業所|事業者)から.{0,12}(?:情報|提供|報告)/],
];

function videoItems(form: FormText): Reading[] {
  const from = form.lines.findIndex((line) => /テレビ電話|ビデオ通話/.test(line.text));
  if (from < 0) return [];
  const part = form.lines.slice(from, from + 8);
  return VIDEO_ITEMS.flatMap(([item, words]) => {
    const line = part.find(
      (each) => words.test(each.text) && !/^□|(?:同意|合意)(?:なし|が?得られ(?:ず|ない))/.test(each.text),
    );
    return line ? [reading(form, 'video_agreed_item', item, inLine(line))] : [];
  });
}
