import { findDates } from '../../calendar/wareki.ts';
import type { Reading } from '../document.ts';
import { dateReading, type FormReader, inLine, nameReading, personName, reading } from './fields/readings.ts';
import { signatureReadings } from './fields/signature.ts';
import { plainText } from './text/compact-line.ts';
import { type FormText, isPictured, valuesOf } from './text/form-text.ts';

/** 個人情報の使用に係る同意書: the day, and who signed (利用者, 家族). */
export const consentReader: FormReader = (form) => [
  ...consentDate(form),
  ...signer(form, 'user', ['利用者氏名', '利用者署名', '利用者', '本人氏名', '本人']),
  ...signer(form, 'family', [
    '家族氏名',
    '家族代表者',
    '家族代表',
    '家族署名',
    '家族',
    'ご家族',
    '代表者氏名',
  ]),
  ...nameReading(form, 'name', '利用者氏名', '利用者').slice(0, 1),
];

/** 重要事項説明書: the day of explanation and consent, and the user's signature. */
export const setsumeishoReader: FormReader = (form) => [
  ...consentDate(form),
  ...nameReading(form, 'name', '利用者氏名', '利用者').slice(0, 1),
  ...signatureReadings(tail(form), { signed: 'signed', name: 'consent_name' }, [
    '利用者氏名',
    '利用者署名',
    '利用者',
    '署名',
    '氏名',
  ]),
];

/** テレビ電話装置等の活用についての同意書. */
export const videoConsentReader: FormReader = (form) => [
  ...consentDate(form),
  ...nameReading(form, 'name', '利用者氏名', '利用者', '氏名').slice(0, 1),
  ...signatureReadings(tail(form), { signed: 'signed', name: 'consent_name' }),
];

/** Signatures stand at the end: the part from the last sentence of consent on, or the last dozen lines. */
function tail(form: FormText): FormText {
  const sentence = form.lines.findLastIndex((line) =>
    /同意(?:し|いたし|する|を得|の上)|説明を受け|交付を受け/.test(line.text),
  );
  const from = sentence >= 0 ? sentence : Math.max(0, form.lines.length - 12);
  return { ...form, lines: form.lines.slice(from) };
}

function consentDate(form: FormText): Reading[] {
  const labelled = dateReading(
    form,
    'consent_date',
    '同意日',
    '同意年月日',
    '説明日',
    '説明年月日',
    '署名日',
    '記入日',
  );
  if (labelled.length > 0) return labelled;
  const alone = form.lines.findLast((line) => {
    const date = findDates(line.text)[0];
    return (
      date !== undefined && line.text.length <= date.raw.length + 10 && !/生年月日|期間|~/.test(line.text)
    );
  });
  const date = alone && findDates(alone.text)[0];
  return alone && date ? [reading(form, 'consent_date', date.iso, inLine(alone))] : [];
}

/** The lines of one signer: from 「（利用者）」 at the beginning of a line to the next signer. */
function signer(form: FormText, who: 'user' | 'family', labels: string[]): Reading[] {
  const begins = new RegExp(`^[(\\[<]?(?:${labels.map(plainText).join('|')})(?![0-9]|及|と|の|又|または)`);
  const others = /^[([<]?(?:利用者|本人|家族|ご家族|代理人|代筆者|事業者|事業所)/;
  const from = form.lines.findLastIndex((line) => begins.test(line.text));
  if (from < 0) return [];
  const length = form.lines.slice(from + 1, from + 5).findIndex((line) => others.test(line.text));
  const block = { ...form, lines: form.lines.slice(from, from + 1 + (length < 0 ? 4 : length)) };
  for (const found of valuesOf(block, ...labels, '氏名', '署名', '代表者')) {
    const name = personName(found);
    const at = { ...found, spaced: name };
    if (name)
      return [
        reading(form, 'consent_name', name, at),
        reading(form, 'consent_by', who, at),
        ...(who === 'user' ? [reading(form, 'signed', true, at)] : []),
      ];
  }
  const line = form.lines[from];
  if (!line || who === 'family' || block.lines.some((each) => isPictured(form, each))) return [];
  return [reading(form, 'signed', false, { page: line.page, text: `${line.text.slice(0, 20)}（空欄）` })];
}
