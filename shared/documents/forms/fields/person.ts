import type { Reading } from '../../document.ts';
import { plainText } from '../text/compact-line.ts';
import type { FormText } from '../text/form-text.ts';
import { chosenOption } from '../text/marks.ts';
import { valuesOf } from '../text/value-beside.ts';
import { orBeneath } from '../text/value-nearby.ts';
import {
  dateReading,
  inLine,
  nameReading,
  numberReading,
  optionReading,
  periodReadings,
  reading,
} from './readings.ts';

/** Who a form is about: numbers, name, birth. The address only where the form has one field for it. */
export function personReadings(form: FormText): Reading[] {
  return [
    ...numberReading(
      form,
      'insurer_number',
      /^([0-9]{6})(?![0-9])/,
      '保険者番号',
      '保険者番号並びに保険者の名称及び印',
      '保険者番号並びに保険者の名称',
      '保険者番号及び保険者名',
    ),
    ...insuredNumber(form),
    ...nameReading(form, 'name', ...NAME_LABELS),
    ...kanaReading(form),
    ...dateReading(form, 'birth_date', '生年月日'),
    ...optionReading(form, 'sex', { 男性: '男', 女性: '女', 男: '男', 女: '女' }, '性別'),
  ];
}

/** The reading of the name: letters of kana only; the label may share its line with another. */
function kanaReading(form: FormText): Reading[] {
  for (const found of valuesOf(form, 'フリガナ', 'ふりがな')) {
    const kana = found.spaced
      .split('\t')
      .filter((part) => /^[\p{Script=Hiragana}\p{Script=Katakana}ー\s]+$/u.test(part))
      .join(' ');
    if (kana) return [reading(form, 'name_kana', kana, { ...found, spaced: kana })];
  }
  return [];
}

const NAME_LABELS = ['利用者氏名', '被保険者氏名', '本人氏名', '利用者名', '利用者の氏名', '氏名', '利用者'];

/** 10 digits, or H and 9 digits for a person on 生活保護 who is not insured. */
export const insuredNumber = (form: FormText): Reading[] =>
  numberReading(
    form,
    'insured_number',
    /^([0-9H][0-9]{9})(?![0-9])/,
    '被保険者番号',
    '介護保険被保険者番号',
    '被保険者証番号',
    '被保険者証の番号',
  );

export function addressReadings(form: FormText): Reading[] {
  const places = valuesOf(form, '住所', '現住所', '住所地').flatMap((each) => orBeneath(form, each));
  for (const found of places) {
    const text = found.spaced.replace(/\t/g, ' ').trim();
    if (!/[都道府県市区町村郡]/u.test(text)) continue;
    const postal = /〒?\s?([0-9]{3})-?([0-9]{4})(?![0-9])/.exec(text);
    const address = text
      .replace(/〒?\s?[0-9]{3}-?[0-9]{4}(?![0-9])/, '')
      .replace(/〒/, '')
      .trim();
    return [
      ...(postal ? [reading(form, 'postal_code', `${postal[1]}-${postal[2]}`, found)] : []),
      reading(form, 'address', address, { ...found, spaced: text }),
    ];
  }
  return [];
}

/** Options of the 要介護状態区分 as printed, with the value the facts use. */
const CERTIFICATIONS: Record<string, string> = {
  要支援1: '要支援1',
  要支援2: '要支援2',
  事業対象者: '事業対象者',
  総合事業対象者: '事業対象者',
  要介護1: '要介護1',
  要介護2: '要介護2',
  要介護3: '要介護3',
  要介護4: '要介護4',
  要介護5: '要介護5',
};
export const LEVELS = Object.keys(CERTIFICATIONS);
export const LEVEL_LABELS = [
  '要介護状態区分等',
  '要介護状態区分',
  '要介護度等',
  '要介護度',
  '要支援状態区分等',
  '要支援状態区分',
  '認定区分',
  '認定情報',
  '認定結果',
  '認定',
  '介護認定',
  '介護度',
];

/** 要介護状態区分, decided and valid dates, and whether an application is still open. */
export function certificationReadings(form: FormText): Reading[] {
  return [
    ...levelReading(form),
    ...dateReading(form, 'cert_decided', '認定年月日', '認定日', '要介護認定日'),
    ...periodReadings(form, { from: 'cert_valid_from', to: 'cert_valid_to' }, ...VALID_LABELS),
    ...statusReading(form),
  ];
}

const VALID_LABELS = [
  '認定の有効期間',
  '認定有効期間',
  '要介護認定等の有効期間',
  '認定の有効期限',
  '認定有効期限',
  '有効期間',
  '有効期限',
];

function levelReading(form: FormText): Reading[] {
  for (const found of valuesOf(form, ...LEVEL_LABELS)) {
    const chosen = chosenOption(spreadLevels(found.text), LEVELS);
    if (chosen) return [reading(form, 'certification', CERTIFICATIONS[chosen] as string, found)];
  }
  for (const line of form.lines) {
    if (!MAY_NAME_LEVEL.test(line.text)) continue;
    const text = spreadLevels(line.text);
    const printed = LEVELS.filter((level) => text.includes(level)).length;
    if (printed === 0 || (printed < 2 && !/[■☑☒✓●]/u.test(text)) || /前回|変更前/.test(text)) continue;
    const chosen = chosenOption(text, LEVELS);
    if (chosen) return [reading(form, 'certification', CERTIFICATIONS[chosen] as string, inLine(line))];
  }
  return loneLevel(form);
}

/** What every level has in its name, however it is written. */
const MAY_NAME_LEVEL = /要支援|要介護|事業対象者/u;

/** A cell that holds one level and nothing else, when no other level is printed anywhere. */
function loneLevel(form: FormText): Reading[] {
  const text = form.lines
    .filter((line) => MAY_NAME_LEVEL.test(line.text))
    .map((line) => spreadLevels(line.text))
    .join('\n');
  const [level, ...others] = LEVELS.filter((each) => text.includes(each));
  if (!level || others.length > 0) return [];
  const line = form.lines.find((each) => each.line.cells.some((cell) => plainText(cell.text) === level));
  return line ? [reading(form, 'certification', CERTIFICATIONS[level] as string, inLine(line))] : [];
}

/** 「要支援 □1 ☑2」 and 「要支援1・2」 are written out, so that each level has its own mark. */
export function spreadLevels(text: string): string {
  return text
    .replace(/要支援([■☑☒✓●○□]?)1[・,、/]?([■☑☒✓●○□]?)2(?![0-9])/gu, '$1要支援1・$2要支援2')
    .replace(/要支援一/g, '要支援1')
    .replace(/要支援二/g, '要支援2');
}

function statusReading(form: FormText): Reading[] {
  for (const line of form.lines) {
    if (!/認定済|申請中/.test(line.text)) continue;
    const chosen = chosenOption(line.text, ['認定済', '申請中']);
    if (chosen) return [reading(form, 'cert_status', chosen === '申請中' ? '1' : '2', inLine(line))];
  }
  return [];
}
