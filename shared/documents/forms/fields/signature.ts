import { findDates } from '../../../calendar/wareki.ts';
import type { FieldName, Reading } from '../../document.ts';
import { type FormText, isPictured } from '../text/form-text.ts';
import { slice } from '../text/found.ts';
import { valuesOf } from '../text/value-beside.ts';
import { personName, reading } from './readings.ts';

const SIGNATURE_LABELS = [
  '同意者氏名',
  '利用者氏名',
  '利用者署名',
  '本人氏名',
  '本人署名',
  '署名',
  'ご署名',
  '氏名',
  '利用者',
];

/**
 * Whether the user signed: true for a name beside a signature label, false for an empty field.
 * Without a reading where a picture at the field may be a stamp or a handwritten name.
 */
export function signatureReadings(
  form: FormText,
  fields: { signed: FieldName; name?: FieldName },
  labels: string[] = SIGNATURE_LABELS,
): Reading[] {
  const places = valuesOf(form, ...labels);
  for (const found of places) {
    const name = personName(found);
    if (!name) continue;
    const at = { ...found, spaced: name };
    return [
      reading(form, fields.signed, true, at),
      ...(fields.name ? [reading(form, fields.name, name, at)] : []),
    ];
  }
  const blank = places[0];
  if (!blank || places.some(({ line }) => isPictured(form, line))) return [];
  return [reading(form, fields.signed, false, { page: blank.page, text: `${blank.label}（空欄）` })];
}

/** Date and signature of a consent, in the lines from the last that matches `start`. */
export function consentReadings(form: FormText, start: RegExp, lines = 6): Reading[] {
  const part = section(form, start, lines);
  if (!part) return [];
  const fields = { signed: 'signed', name: 'consent_name' } as const;
  const signed = signatureReadings(part, fields);
  return [...firstDate(part, 'consent_date'), ...(signed.length > 0 ? signed : nameAfterDate(part))];
}

/** 「令和6年6月30日　見本 花子　㊞」: a signature without a label. */
function nameAfterDate(form: FormText): Reading[] {
  for (const line of form.lines) {
    const date = findDates(line.text)[0];
    if (!date || date.index > 0) continue;
    const found = slice(line, date.raw.length, line.text.length);
    const name = personName(found);
    const at = { ...found, spaced: name };
    if (name) return [reading(form, 'signed', true, at), reading(form, 'consent_name', name, at)];
  }
  return [];
}

/** The first date anywhere in a part of a form. */
export function firstDate(form: FormText, field: FieldName): Reading[] {
  for (const line of form.lines) {
    const found = findDates(line.text)[0];
    if (found) return [reading(form, field, found.iso, { page: line.page, text: found.raw })];
  }
  return [];
}

/** The part of a form from the last line that matches `start`, of `lines` lines. */
export function section(form: FormText, start: RegExp, lines: number): FormText | null {
  const from = form.lines.findLastIndex((line) => start.test(line.text));
  return from < 0 ? null : { ...form, lines: form.lines.slice(from, from + lines) };
}
