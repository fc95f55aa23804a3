import { findDates, parsePeriod } from '../../text/wareki.ts';
import type { FieldName, Reading } from '../document.ts';
import { plainText } from './compact-line.ts';
import { type FormText, valuesOf } from './form-text.ts';
import { certificationReadings, personReadings } from './person.ts';
import {
  type FormReader,
  markedReading,
  nameReading,
  numberReading,
  optionReading,
  periodReadings,
  phraseReading,
  reading,
} from './readings.ts';
import { consentReadings, signatureReadings } from './signature.ts';

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
  ...GOAL_LABELS.flatMap((label) => phraseReading(form, 'goal', label)),
  ...DOMAINS.flatMap(([field, ...labels]) => domainReading(form, field, labels)),
  ...opinionReading(form),
  ...planConsent(form),
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
const GOAL_LABELS = ['1日の目標', '1年の目標', '1日', '1年', '目標とする生活'];

/** 初回・紹介・継続 as in the data exchange standard: 11, 12, 21. */
const divisionReading = (form: FormText): Reading[] => {
  const options = { 初回: '11', 紹介: '12', 継続: '21' };
  const labelled = optionReading(form, 'plan_division', options, '初回・紹介・継続', '計画書区分', '区分');
  if (labelled.length > 0) return labelled;
  // 「初回作成日」 is another word
  const lines = form.lines.map((line) => ({ ...line, text: line.text.replace(/初回作成/g, '') }));
  return markedReading({ ...form, lines }, 'plan_division', options);
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

/** The period of the plan: its own field, else the earliest start and latest end of the services' periods. */
function planPeriodReadings(form: FormText): Reading[] {
  const labels = ['計画期間', '計画の期間', '支援計画の期間', 'プラン期間'];
  const fields = { from: 'plan_from', to: 'plan_to' } as const;
  const own = periodReadings(form, fields, ...labels);
  const printed = valuesOf(form, ...labels).find((found) => found.text !== '');
  if (own.length > 0 && printed) return [reading(form, 'plan_period', printed.text, printed), ...own];
  const periods = form.lines
    .filter((line) => !/認定|有効期|生年月日|作成/.test(line.text))
    .flatMap((line) => line.line.cells.map((cell) => ({ line, text: plainText(cell.text) })))
    .filter(({ text }) => /[0-9][日月年]?~|から/.test(text))
    .flatMap(({ line, text }) => {
      const period = parsePeriod(text);
      return period?.from && period.to ? [{ from: period.from, to: period.to, line, text }] : [];
    });
  const first = [...periods].sort((a, b) => a.from.localeCompare(b.from))[0];
  const last = [...periods].sort((a, b) => b.to.localeCompare(a.to))[0];
  if (!first || !last) return [];
  const at = (period: typeof first): { page: number; text: string } => ({
    page: period.line.page,
    text: period.text,
  });
  return [
    reading(form, 'plan_period', first.text, at(first)),
    reading(form, 'plan_from', first.from, at(first)),
    reading(form, 'plan_to', last.to, at(last)),
  ];
}

const DOMAINS: [FieldName, ...string[]][] = [
  ['assessment_domain_1', '運動・移動について', '運動・移動', '運動移動'],
  ['assessment_domain_2', '日常生活(家庭生活)について', '日常生活(家庭生活)', '日常生活'],
  [
    'assessment_domain_3',
    '社会参加、対人関係・コミュニケーションについて',
    '社会参加、対人関係・コミュニケーション',
    '社会参加',
  ],
  ['assessment_domain_4', '健康管理について', '健康管理'],
];

/** What is written beside one of the four domains. */
export function domainReading(form: FormText, field: FieldName, labels: string[]): Reading[] {
  for (const found of valuesOf(form, ...labels))
    if (found.text.length > 1) return [reading(form, field, found.spaced.replace(/\t/g, ' '), found)];
  return [];
}
export const ASSESSMENT_DOMAINS = DOMAINS;

function opinionReading(form: FormText): Reading[] {
  for (const found of valuesOf(
    form,
    '地域包括支援センター意見',
    '地域包括支援センターの意見',
    '地域包括支援センター意見欄',
  )) {
    const text = found.text.replace(/^[:[<(]?確認印[\])>]?/, '');
    if (text.length > 1) return [reading(form, 'center_opinion', found.spaced.replace(/\t/g, ' '), found)];
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
