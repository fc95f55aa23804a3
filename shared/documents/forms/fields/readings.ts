import { findDates, parseDate, parsePeriod } from '../../../calendar/wareki.ts';
import { centerNames } from '../../../profiles/bodies.ts';
import type { FieldName, Reading } from '../../document.ts';
import type { CompactLine } from '../text/compact-line.ts';
import { plainText } from '../text/compact-line.ts';
import type { FormText } from '../text/form-text.ts';
import type { Found } from '../text/found.ts';
import { chosenOption } from '../text/marks.ts';
import { throughOptions, valuesOf } from '../text/value-beside.ts';
import { nearby, orBeneath, wholeDate } from '../text/value-nearby.ts';

/** Reads one kind of form (`title` as printed). A blank field gives no reading. */
export type FormReader = (form: FormText, title: string) => Reading[];

/** One reading with its place. */
export function reading(
  form: FormText,
  field: FieldName,
  value: Reading['value'],
  found: { page: number; spaced?: string; text: string },
): Reading {
  const raw = (found.spaced ?? found.text).replace(/\s+/g, ' ').trim();
  return { field, value, raw, where: { file: form.file, page: found.page } };
}

/** A line as the place of a reading. */
export const inLine = (line: CompactLine): { page: number; text: string; spaced: string } => ({
  page: line.page,
  text: line.text,
  spaced: line.line.text,
});

/** The first date beside one of the labels, tried in order. */
export function dateReading(form: FormText, field: FieldName, ...labels: string[]): Reading[] {
  for (const label of labels)
    for (const found of valuesOf(form, label))
      for (const each of withNearby(form, found)) {
        const place = wholeDate(form, each);
        const date = findDates(place.text)[0];
        const iso = date?.iso ?? parseDate(place.text);
        if (iso) return [reading(form, field, iso, { ...place, spaced: date?.raw ?? place.text })];
      }
  return [];
}

/** The place beside a label, then those near it, which are looked for where it does not fit. */
function* withNearby(form: FormText, found: Found): Generator<Found> {
  yield found;
  yield* nearby(form, found);
}

/** A period beside one of the labels: its two ends. */
export function periodReadings(
  form: FormText,
  fields: { from: FieldName; to: FieldName },
  ...labels: string[]
): Reading[] {
  for (const label of labels)
    for (const found of valuesOf(form, label))
      for (const each of withNearby(form, found)) {
        const place = wholeDate(form, each);
        const period = parsePeriod(place.text);
        if (!period) continue;
        return [
          ...(period.from ? [reading(form, fields.from, period.from, place)] : []),
          ...(period.to ? [reading(form, fields.to, period.to, place)] : []),
        ];
      }
  return [];
}

/** A number that matches `pattern` beside one of the labels, also when printed one digit to a box. */
export function numberReading(
  form: FormText,
  field: FieldName,
  pattern: RegExp,
  ...labels: string[]
): Reading[] {
  for (const label of labels)
    for (const found of valuesOf(form, label))
      for (const place of withNearby(form, found)) {
        const number = pattern.exec(place.text.toUpperCase().replace(/[|-]/g, ''))?.[1];
        if (number) return [reading(form, field, number, { ...place, spaced: number })];
      }
  return [];
}

/** A short text (a name of a person, a center, an office) beside one of the labels. */
export function phraseReading(form: FormText, field: FieldName, ...labels: string[]): Reading[] {
  for (const label of labels)
    for (const found of valuesOf(form, label)) {
      const phrase = firstPhrase(found);
      if (phrase) return [reading(form, field, phrase, { ...found, spaced: phrase })];
    }
  return [];
}

/**
 * The first cell of a label's value; boxes of one letter each are joined.
 * Lines to write on (＿＿), seal marks and forms of address are not part of it.
 */
function firstPhrase(found: Found): string {
  const cells = found.spaced.split('\t').filter((cell) => !/^[_.…・\s]*$/.test(cell));
  let phrase = cells.shift() ?? '';
  for (const cell of cells) {
    // 「見本　花子（以下「甲」という。）」: a name ends where a bracket opens
    const part = cell.replace(/[(<[].*$/u, '').trim();
    const isPart = phrase.length <= 4 && part.length <= 4 && ONLY_LETTERS.test(phrase) && isNamePart(part);
    if (!isPart) break;
    phrase += `${phrase.length <= 2 && part.length <= 2 && phrase.length + part.length < 4 ? '' : ' '}${part}`;
    if (part !== cell) break;
  }
  return phrase
    .replace(/[_…]+/g, ' ')
    .replace(/[(<[]?[印㊞][)>\]]?$/u, '')
    .replace(/\s*(?:様|殿|氏)$/u, '')
    .trim();
}

const ONLY_LETTERS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々\s]+$/u;
const isNamePart = (cell: string): boolean =>
  ONLY_LETTERS.test(cell) && !/^(?:様|殿|氏|印|男|女|男性|女性|本人)$/.test(cell);

/** A person's name beside one of the labels. */
export function nameReading(form: FormText, field: FieldName, ...labels: string[]): Reading[] {
  for (const label of labels)
    for (const found of valuesOf(form, label).flatMap((each) => orBeneath(form, each))) {
      const name = personName(found);
      if (name) return [reading(form, field, name, { ...found, spaced: name })];
    }
  return [];
}

/** The person's name in a field; '' when it is blank or holds something else. */
export function personName(found: Found): string {
  const phrase = firstPhrase(behindOffice(found))
    .replace(/^[(<[].*?[)>\]]/u, '')
    .replace(/[(<[].*$/u, '')
    // 「事業所名・担当者名」 is one field on a 利用票
    .replace(officeBefore(), '')
    .trim();
  return phrase.length <= 24 && NAME.test(phrase) && !NOT_A_NAME.test(phrase) ? phrase : '';
}

/** The name of an office or a center before a person's. A center's own name may have a suffix: 「○○第一」. */
function officeBefore(): RegExp {
  const names = centerNames().flatMap((name) => (name.endsWith('センター') ? [] : [`${name}\\S*`]));
  return new RegExp(`^\\S*(?:${['事業所', 'センター', ...names].join('|')})\\s+(?=\\S)`, 'u');
}

/** The text beneath the name of an office in the same field (「事業所名・担当者名」). */
function behindOffice(found: Found): Found {
  const [first, ...others] = found.spaced.split('\t');
  return others.length > 0 && /(?:事業所|センター)$/.test(first ?? '')
    ? { ...found, spaced: others.join('\t') }
    : found;
}

const NAME = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}A-Za-zー々・.\s]+$/u;
const NOT_A_NAME = /^(?:印|自署|代筆|署名|男|女|本人|記名押印|同上|なし|年月日)$|(?:事業所|センター)$/;

/** The option chosen beside one of the labels. */
export function optionReading(
  form: FormText,
  field: FieldName,
  options: Record<string, Reading['value']>,
  ...labels: string[]
): Reading[] {
  const words = Object.keys(options).map(plainText);
  for (const found of valuesOf(form, ...labels)) {
    const text = throughOptions(form, found, words);
    const chosen = chosenOption(text, words);
    // options that are labels too are no part of the value found, and yet what was read
    const printed = found.text.includes(chosen ?? '') ? found : { ...found, spaced: text };
    if (chosen) return [reading(form, field, valueFor(options, chosen), printed)];
  }
  return [];
}

/** The option marked in any line that prints at least two of them, or one of them with a mark. */
export function markedReading(
  form: FormText,
  field: FieldName,
  options: Record<string, Reading['value']>,
  textOf = (line: CompactLine): string => line.text,
): Reading[] {
  const words = Object.keys(options).map(plainText);
  for (const line of form.lines) {
    const text = textOf(line);
    const printed = words.filter((word) => text.includes(word)).length;
    if (printed === 0 || (printed < 2 && !/[■☑☒✓●◉◎⦿]/u.test(text))) continue;
    const chosen = chosenOption(text, words);
    if (chosen) return [reading(form, field, valueFor(options, chosen), inLine(line))];
  }
  return [];
}

const valueFor = (options: Record<string, Reading['value']>, chosen: string): Reading['value'] =>
  Object.entries(options).find(([word]) => plainText(word) === chosen)?.[1] ?? chosen;
