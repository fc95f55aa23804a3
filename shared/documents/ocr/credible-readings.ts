import type { DocumentKind } from '../../vocabulary/document-kinds.ts';
import type { Reading } from '../document.ts';
import { readForm } from '../forms/read-form.ts';
import { plainText } from '../forms/text/compact-line.ts';
import type { PageText } from '../pages/page-text.ts';
import { boxOf } from './box-of.ts';
import type { FileText, OcrPage } from './ocr-text.ts';

/** The readings of scanned pages of a form, all uncertain. */
export function credibleReadings(
  file: string,
  kind: DocumentKind,
  title: string,
  pages: PageText[],
  text: FileText,
): Reading[] {
  return readForm(file, kind, title, pages).flatMap((reading) => {
    const page = text.pages.find((each) => each.page === reading.where.page);
    return isClear(page) && isCredible(reading) && isSoleOption(reading) ? [uncertain(reading, page)] : [];
  });
}

/**
 * Below this confidence (a fax of thin print: 50–70; a copy, a photo, a faint print: 78–93) one value in four is wrong.
 * The page keeps its title; a person reads what is filled in.
 */
const CLEAR = 66;
const isClear = (page: OcrPage | undefined): boolean => page === undefined || page.confidence >= CLEAR;

/** 「令和6年」 is misread as 「令和86年」: no paper of this desk names days before or after these years. */
const YEARS = { first: 1900, last: 2060 };

/** False for a value with an unsettled number (see settle-digits.ts), and for a day that cannot be meant. */
export function isCredible({ value }: Pick<Reading, 'value'>): boolean {
  if (typeof value !== 'string') return !JSON.stringify(value).includes('?');
  const year = /^([0-9]{4})-[0-9]{2}(?:-[0-9]{2})?$/.exec(value)?.[1];
  return !value.includes('?') && (!year || (Number(year) >= YEARS.first && Number(year) <= YEARS.last));
}

const MARKED = /[■☑☒✓●◉◎⦿○□]/u;
const LETTERS = /[\p{L}\p{N}]/u;
/** Other options of the same field, also with a letter misread. */
const OTHER_BODY: Record<string, RegExp> = {
  hokatsu_center: /[・/]|居宅|支援事/u,
  kyotaku_office: /[・/]|包括|センタ/u,
};

/**
 * False for an option without a mark beside letters that are no option: a ring or a line may have made another option
 * illegible, which then is the chosen or the struck one.
 */
export function isSoleOption({ field, value, raw }: Pick<Reading, 'field' | 'value' | 'raw'>): boolean {
  const text = plainText(raw);
  if (MARKED.test(text)) return true;
  if (field === 'sex' || field === 'notification_kind')
    return !LETTERS.test(
      text
        .replace(String(value), '')
        .replace(/^(?:性別|区分|届出区分)/, '')
        .replace('性', ''),
    );
  return field !== 'notification_responsible' || !OTHER_BODY[String(value)]?.test(text);
}

/** Read by OCR: never trusted alone. The box is where to look. */
function uncertain(reading: Reading, page: OcrPage | undefined): Reading {
  const box = page && boxOf(reading.raw, page);
  const value = withoutDays(reading.value);
  return { ...reading, value, uncertain: true, where: { ...reading.where, ...(box && { box }) } };
}

/** A letter read one column off would be another day. */
function withoutDays(value: Reading['value']): Reading['value'] {
  if (typeof value !== 'object' || value === null || !('days' in value)) return value;
  const { days, ...service } = value;
  return service;
}
