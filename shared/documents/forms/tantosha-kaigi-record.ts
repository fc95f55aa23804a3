import type { Reading } from '../document.ts';
import { personReadings } from './fields/person.ts';
import { dateReading, type FormReader, inLine, nameReading, reading } from './fields/readings.ts';
import { recordWords } from './fields/record-words.ts';
import type { FormText } from './text/form-text.ts';

/** サービス担当者会議の要点, or the record of a 照会: the day, and what was agreed about video calls. */
export const tantoshaKaigiRecordReader: FormReader = (form) => [
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

/** The conditions of an interview by video that the meeting agreed to, in the lines from the first mention of video on. */
function videoItems(form: FormText): Reading[] {
  const from = form.lines.findIndex((line) => /テレビ電話|ビデオ通話/.test(line.text));
  if (from < 0) return [];
  const part = form.lines.slice(from, from + 8).filter((line) => !NOT_AGREED.test(line.text));
  return Object.entries(recordWords().video_conditions).flatMap(([item, words]) => {
    const line = part.find((each) => words.test(each.text));
    return line ? [reading(form, 'video_agreed_item', item, inLine(line))] : [];
  });
}

const NOT_AGREED = /^□|(?:同意|合意)(?:なし|が?得られ(?:ず|ない))/;
