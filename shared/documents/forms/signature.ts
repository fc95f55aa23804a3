import { findDates } from '../../text/wareki.ts';
import type { FieldName, Reading } from '../document.ts';
import { type FormText, isPictured, valuesOf } from './form-text.ts';
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
 * Whether the user's signature is there. A name beside a signature label is one; an empty field is none.
 * A picture at the field may be a stamp or a handwritten name: then nothing is said.
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

/** Date and signature of a consent: what stands in the lines from the first that matches `start`. */
export function consentReadings(form: FormText, start: RegExp, lines = 6): Reading[] {
  const part = section(form, start, lines);
  if (!part) return [];
  return [
    ...firstDate(part, 'consent_date'),
    ...signatureReadings(part, { signed: 'signed', name: 'consent_name' }),
  ];
}

/** The first date anywhere in a part of a form. */
export function firstDate(form: FormText, field: FieldName): Reading[] {
  for (const line of form.lines) {
    const found = findDates(line.text)[0];
    if (found) return [reading(form, field, found.iso, { page: line.page, text: found.raw })];
  }
  return [];
}

/** The part of a form from the last line that matches, so many lines long. */
export function section(form: FormText, start: RegExp, lines: number): FormText | null {
  const from = form.lines.findLastIndex((line) => start.test(line.text));
  return from < 0 ? null : { ...form, lines: form.lines.slice(from, from + lines) };
}
