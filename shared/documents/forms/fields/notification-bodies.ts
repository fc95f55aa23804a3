import { namesCenter } from '../../../profiles/bodies.ts';
import type { Reading } from '../../document.ts';
import type { FormText } from '../text/form-text.ts';
import type { Found } from '../text/found.ts';
import { chosenOption } from '../text/marks.ts';
import { valuesOf } from '../text/value-beside.ts';
import { numberReading, phraseReading, reading } from './readings.ts';

export const RESPONSIBLE = ['担当事業所', '担当する事業所', '担当事業者', '担当'];
const ENTRUSTED = ['受託事業所', '受託居宅介護支援事業所', '受託事業者', '委託先事業所', '委託先', '受託'];
const REQUESTED = [
  'サービス計画の作成を依頼(変更)する事業所',
  'サービス計画の作成を依頼する事業所',
  '計画の作成を依頼(変更)する事業所',
  '介護予防支援事業所名',
  '介護予防支援事業者名',
  '居宅介護支援事業所名',
  '居宅介護支援事業者名',
  '事業所名称',
  '事業所名',
  '事業者の事業所名',
  '名称',
];
/** 担当事業所 and 受託事業所. A form without these fields names the office that is asked to make the plan. */
export function bodyReadings(form: FormText): Reading[] {
  const responsible = firstFilled(form, RESPONSIBLE) ?? firstFilled(form, REQUESTED);
  const entrusted = firstFilled(form, ENTRUSTED);
  const body = responsible ? bodyOf(responsible.text) : null;
  const entrustedBody = entrusted ? bodyOf(entrusted.text) : null;
  return [
    ...(responsible && body ? [reading(form, 'notification_responsible', body, responsible)] : []),
    ...(entrusted && entrustedBody
      ? [reading(form, 'notification_entrusted', entrustedBody, entrusted)]
      : []),
    ...officeReadings(form, body),
  ];
}
const firstFilled = (form: FormText, labels: string[]): Found | undefined =>
  labels
    .flatMap((label) => valuesOf(form, label))
    .find((found) => /[\p{Script=Han}\p{Script=Katakana}]/u.test(found.text));
export const BODY_OPTIONS = ['地域包括支援センター', '居宅介護支援事業所', '居宅介護支援事業者'];
/** Boxes: the marked one, null when none is marked. A name alone: the body it names. */
function bodyOf(text: string): string | null {
  const marked = chosenOption(text, BODY_OPTIONS);
  const offered = BODY_OPTIONS.filter((box) => text.includes(box));
  if (!marked && (offered.length > 1 || /[□■☑●○◉]/u.test(text))) return null;
  return namesCenter(marked ?? text) ? 'hokatsu_center' : 'kyotaku_office';
}
const OFFICE_NAMES = ['事業所の名称', '事業所名称', '事業所名', '居宅介護支援事業所名', '名称'];
const ENTRUSTED_NAMES = ['受託事業所の名称', '受託事業所名', '受託事業所名称', '委託先事業所名'];
const NUMBER = /^([0-9]{10})(?![0-9])/;
/** Name and number of the 居宅介護支援事業所: of the one in charge, or the entrusted one when a center is in charge. */
function officeReadings(form: FormText, responsible: string | null): Reading[] {
  if (responsible === 'hokatsu_center')
    return [
      ...namedBody(
        form,
        'center_name',
        RESPONSIBLE,
        (name) => name.includes('センター') || namesCenter(name),
      ),
      ...phraseReading(form, 'center_name', ...OFFICE_NAMES, '介護予防支援事業所名'),
      ...phraseReading(form, 'office_name', ...ENTRUSTED_NAMES),
      ...namedBody(form, 'office_name', ENTRUSTED, isOffice),
      ...numberReading(
        form,
        'office_number',
        NUMBER,
        '受託事業所番号',
        '受託事業所の番号',
        '委託先事業所番号',
      ),
      ...numberReading(rowsOf(form, ENTRUSTED), 'office_number', NUMBER, '事業所番号'),
    ];
  return [
    ...namedBody(form, 'office_name', RESPONSIBLE, isOffice),
    ...phraseReading(form, 'office_name', ...OFFICE_NAMES, '介護予防支援事業所名'),
    ...numberReading(form, 'office_number', NUMBER, '事業所番号', '介護予防支援事業所番号', '指定番号'),
  ];
}
const isOffice = (name: string): boolean => name.includes('事業所');
/** 「担当事業所：見本地域包括支援センター」: the body by its name, where the form has no boxes to choose from. */
const namedBody = (
  form: FormText,
  field: 'center_name' | 'office_name',
  labels: string[],
  isNameOf: (name: string) => boolean,
): Reading[] =>
  phraseReading(form, field, ...labels).filter(
    ({ value }) => isNameOf(String(value)) && !/[□■☑●○◉]/u.test(String(value)),
  );
/** The lines that name a body; 「事業所番号」 in them is its own. */
const rowsOf = (form: FormText, labels: string[]): FormText => ({
  ...form,
  lines: labels.flatMap((label) => valuesOf(form, label).map(({ line }) => line)),
});
