import { findDates, parsePeriod } from '../../calendar/wareki.ts';
import type { Reading } from '../document.ts';
import { domainReadings } from './fields/domains.ts';
import { endedNames } from './fields/ended-names.ts';
import { certificationReadings, personReadings } from './fields/person.ts';
import {
  type FormReader,
  markedReading,
  nameReading,
  numberReading,
  optionReading,
  periodReadings,
  phraseReading,
  reading,
} from './fields/readings.ts';
import { consentReadings, signatureReadings } from './fields/signature.ts';
import { columnBelow } from './text/areas.ts';
import type { FormText } from './text/form-text.ts';
import { valuesOf } from './text/value-beside.ts';

/** 介護予防サービス・支援計画書, also when it is split into sheets or provisional. */
export const shienKeikakushoReader: FormReader = (form) => [
  ...personReadings(form),
  ...certificationReadings(form),
  ...divisionReading(form),
  ...createdReadings(form),
  ...nameReading(form, 'care_manager_name', '計画作成者氏名', '計画作成者名', '計画作成者'),
  ...phraseReading(form, 'office_name', ...OFFICE_LABELS),
  ...numberReading(form, 'office_number', /^([0-9]{10})(?![0-9])/, '事業所番号'),
  ...phraseReading(form, 'center_name', '担当地域包括支援センター'),
  ...optionReading(form, 'plan_kind', { 介護予防支援: '1', 介護予防ケアマネジメント: '2' }, ...KIND_LABELS),
  ...commissionReading(form),
  ...planPeriodReadings(form),
  ...goalReadings(form),
  ...domainReadings(form),
  ...opinionReading(form),
  ...planConsent(form),
  ...endedNames(form),
];

const OFFICE_LABELS = [
  '計画作成者事業者・事業所名及び所在地',
  '計画作成事業者・事業所名及び所在地',
  '計画作成事業者・事業所名',
  '計画作成者事業者・事業所名',
  '計画作成事業所名',
  '計画作成事業所',
  '事業所名',
];
const KIND_LABELS = ['計画種類', '計画の種類', 'ケアマネジメント区分', '種類'];

/** 初回・紹介・継続 as in the data exchange standard: 11, 12, 21. */
const divisionReading = (form: FormText): Reading[] => {
  const options = { 初回: '11', 紹介: '12', 継続: '21' };
  const labelled = optionReading(form, 'plan_division', options, '初回・紹介・継続', '計画書区分', '区分');
  if (labelled.length > 0) return labelled;
  // 「初回作成日」 is another word
  return markedReading(form, 'plan_division', options, (line) => line.text.replace(/初回作成/g, ''));
};

/** 計画作成（変更）日（初回作成日）: two dates in one field, the second in brackets. */
function createdReadings(form: FormText): Reading[] {
  const labels = [
    '計画作成(変更)日',
    '計画作成日',
    '計画作成・変更日',
    '計画作成変更日',
    '作成年月日',
    '作成日',
  ];
  for (const label of labels)
    for (const found of valuesOf(form, label)) {
      const [created, first] = findDates(found.text);
      if (!created) continue;
      return [
        reading(form, 'plan_created', created.iso, { ...found, spaced: created.raw }),
        ...(first
          ? [reading(form, 'plan_first_created', first.iso, { ...found, spaced: first.raw })]
          : firstCreated(form)),
      ];
    }
  return firstCreated(form);
}

function firstCreated(form: FormText): Reading[] {
  for (const found of valuesOf(form, '初回作成日')) {
    const date = findDates(found.text)[0];
    if (date) return [reading(form, 'plan_first_created', date.iso, { ...found, spaced: date.raw })];
  }
  return [];
}

/** Marked 委託, or the field 「委託の場合：…」 filled in. */
function commissionReading(form: FormText): Reading[] {
  const marked = optionReading(
    form,
    'commissioned',
    { 有: '2', 無: '1', 委託: '2', 自前: '1', 直営: '1' },
    '委託の有無',
    '委託',
    '委託区分',
  );
  if (marked.length > 0) return marked;
  for (const found of valuesOf(form, '委託の場合')) {
    const office = found.text.replace(/^計画作成(?:者)?事業者・?事業所名及び所在地(?:\([^)]*\))?:?/, '');
    if (office !== '') return [reading(form, 'commissioned', '2', found)];
  }
  return [];
}

/** 目標とする生活: the goal of a day and of a year. */
function goalReadings(form: FormText): Reading[] {
  const goals = ['1日', '1年', '1日の目標', '1年の目標'].flatMap((label) =>
    phraseReading(form, 'goal', label),
  );
  return goals.length > 0 ? goals : phraseReading(form, 'goal', '目標とする生活');
}

/** The period of the plan: its own field, else from the earliest start to the latest end in the column 期間. */
function planPeriodReadings(form: FormText): Reading[] {
  const labels = ['計画期間', '計画の期間', '支援計画の期間', 'プラン期間'];
  const own = periodReadings(form, { from: 'plan_from', to: 'plan_to' }, ...labels);
  const printed = valuesOf(form, ...labels).find((found) => parsePeriod(found.text));
  if (own.length > 0 && printed) return [reading(form, 'plan_period', printed.text, printed), ...own];
  const column = columnBelow(form, '期間');
  const periods = column ? periodsIn(column.text) : [];
  const from = periods.map((period) => period.from).sort()[0];
  const to = periods
    .map((period) => period.to)
    .sort()
    .at(-1);
  if (!column || !from || !to) return [];
  return [
    reading(form, 'plan_period', column.text, column),
    reading(form, 'plan_from', from, column),
    reading(form, 'plan_to', to, column),
  ];
}

/** Pairs of dates with a wave between them. */
function periodsIn(text: string): { from: string; to: string }[] {
  const dates = findDates(text);
  return dates.flatMap((date, i) => {
    const next = dates[i + 1];
    const between = next ? text.slice(date.index + date.raw.length, next.index) : '';
    return next && /^(?:~|から|-)$/.test(between) ? [{ from: date.iso, to: next.iso }] : [];
  });
}

/** The row of the checklist beneath: 「（質問項目数） 5／5 0／2」. */
const COUNTS = /項目数|^[0-9/()]+$/;

function opinionReading(form: FormText): Reading[] {
  for (const found of valuesOf(
    form,
    '地域包括支援センター意見',
    '地域包括支援センターの意見',
    '地域包括支援センター意見欄',
  )) {
    const text = found.text.replace(/^[:[<(]?確認印[\])>]?/, '');
    if (text.length > 1 && !COUNTS.test(text))
      return [reading(form, 'center_opinion', found.spaced.replace(/\t/g, ' '), found)];
  }
  return [];
}

/** 「計画に関する同意」: date and name; an empty name field means the plan is not signed. */
function planConsent(form: FormText): Reading[] {
  const sentence = consentReadings(
    form,
    /同意(?:します|いたします|する|しました|いたしました|欄)|計画に関する同意/,
    5,
  );
  if (sentence.some((each) => each.field === 'signed')) return sentence;
  const named = signatureReadings(form, { signed: 'signed', name: 'consent_name' }, [
    '同意者氏名',
    '利用者署名',
    '利用者同意',
    '同意欄',
  ]);
  const dated = valuesOf(form, '同意日', '同意年月日').flatMap((found) => {
    const date = findDates(found.text)[0];
    return date ? [reading(form, 'consent_date', date.iso, { ...found, spaced: date.raw })] : [];
  });
  return [...(sentence.length > 0 ? sentence : dated.slice(0, 1)), ...named];
}
