import type { Reading } from '../document.ts';
import { consentDate } from './fields/consent.ts';
import { type FormReader, nameReading, personName, reading } from './fields/readings.ts';
import { plainText } from './text/compact-line.ts';
import { type FormText, isPictured } from './text/form-text.ts';
import { valuesOf } from './text/value-beside.ts';

/** 個人情報の使用に係る同意書: the day, and who signed (利用者, 家族). */
export const kojinJohoDoishoReader: FormReader = (form) => [
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
