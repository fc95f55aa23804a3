import { personReadings } from './person.ts';
import { dateReading, type FormReader, markedReading, nameReading, optionReading } from './readings.ts';

const RESULTS = { プラン継続: 'プラン継続', プラン変更: 'プラン変更', 終了: '終了' };

/** サービス評価表: who, when, and which of プラン継続・プラン変更・終了 is marked. */
export const hyokaReader: FormReader = (form) => {
  const marked = markedReading(form, 'hyoka_result', RESULTS);
  return [
    ...personReadings(form),
    ...nameReading(form, 'care_manager_name', '計画作成者氏名', '計画作成者名', '計画作成者'),
    ...dateReading(form, 'hyoka_date', '評価日', '評価年月日', '評価実施日'),
    ...(marked.length > 0
      ? marked
      : optionReading(form, 'hyoka_result', RESULTS, '今後の方針', '評価結果', '結果')),
  ];
};
