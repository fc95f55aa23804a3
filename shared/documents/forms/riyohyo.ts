import { parseMonth } from '../../text/wareki.ts';
import type { Reading, ServiceUse } from '../document.ts';
import { type CompactLine, plainText } from './compact-line.ts';
import { type FormText, valuesOf } from './form-text.ts';
import { addressReadings, certificationReadings, personReadings } from './person.ts';
import { type FormReader, inLine, nameReading, numberReading, phraseReading, reading } from './readings.ts';
import { classByCode, serviceByName } from './service-names.ts';

/** 利用票 and 提供票: a pair of rows 予定／実績 for each service; a 別表 on the same sheet is read as well. */
export const riyohyoReader: FormReader = (form) => [
  ...head(form),
  ...(serviceRows(form).length > 0 ? plannedAndUsed(form) : codedServices(form)),
  ...stampReading(form),
];

/** 別表: one row for each service code. */
export const beppyoReader: FormReader = (form) => [...head(form), ...codedServices(form)];

const head = (form: FormText): Reading[] => [
  ...personReadings(form),
  ...addressReadings(form),
  ...certificationReadings(form),
  ...serviceMonth(form),
  ...phraseReading(
    form,
    'office_name',
    '居宅介護支援事業者事業所名',
    '居宅介護支援事業所',
    '介護予防支援事業所',
    '居宅介護支援事業者',
    '介護予防支援事業者',
  ),
  ...nameReading(form, 'care_manager_name', '担当者名', '担当者氏名', '計画作成者'),
  ...numberReading(
    form,
    'office_number',
    /^([0-9]{10})(?![0-9])/,
    '居宅介護支援事業所番号',
    '介護予防支援事業所番号',
  ),
];

/** 「令和6年7月分」 near the top, or beside 対象年月. */
function serviceMonth(form: FormText): Reading[] {
  for (const found of valuesOf(
    form,
    '対象年月',
    'サービス提供年月',
    '提供年月',
    '利用年月',
    '対象月',
    '提供月',
  )) {
    const month = parseMonth(found.text);
    if (month) return [reading(form, 'service_month', month, found)];
  }
  for (const line of form.lines) {
    const printed = /((?:令和|R)?[0-9元]{1,4}[年/.][0-9]{1,2})月?分/.exec(line.text);
    const month = printed ? parseMonth(`${printed[1]}月`) : null;
    if (month) return [reading(form, 'service_month', month, { page: line.page, text: printed?.[0] ?? '' })];
  }
  return [];
}

/** The rows 予定 and 実績: a service is planned or used when its row carries a number or a mark. */
function plannedAndUsed(form: FormText): Reading[] {
  const rows = serviceRows(form);
  const planned = rows
    .filter(({ plan }) => hasCount(plan, '予定'))
    .map(({ plan, service }) => reading(form, 'service_planned', service, inLine(plan)));
  const used = rows.flatMap(({ actual, service }) =>
    actual && hasCount(actual, '実績') ? [reading(form, 'service_actual', service, inLine(actual))] : [],
  );
  return [...planned, ...used, ...(used.length === 0 ? noneUsed(form, rows) : [])];
}

interface ServiceRow {
  plan: CompactLine;
  actual: CompactLine | null;
  service: ServiceUse;
}

function serviceRows(form: FormText): ServiceRow[] {
  return form.lines.flatMap((plan, number) => {
    if (rowMark(plan, '予定') < 0) return [];
    const below = form.lines.slice(number + 1).filter((line) => line.page === plan.page);
    const next = below.findIndex((line) => rowMark(line, '予定') >= 0);
    const actual = below.slice(0, next < 0 ? 10 : next).find((line) => rowMark(line, '実績') >= 0) ?? null;
    const service = rowService(form, plan, actual);
    return service ? [{ plan, actual, service }] : [];
  });
}

/** Said in words, or every row of 実績 ends in 0. Empty rows say nothing: they may not be filled in yet. */
function noneUsed(form: FormText, rows: ServiceRow[]): Reading[] {
  const words = form.lines.find((line) => /(?:実績|利用)(?:は|が)?(?:なし|無し)/.test(line.text));
  if (words) return [reading(form, 'no_service_used', true, inLine(words))];
  const zeros = rows.filter(({ actual }) => actual && /^0+(?:回|日)?$/.test(counts(actual, '実績')));
  const first = zeros[0]?.actual;
  return first && zeros.length === rows.length ? [reading(form, 'no_service_used', true, inLine(first))] : [];
}

/** Place of the row's own word 予定 or 実績; headings print both on one line. */
function rowMark(line: CompactLine, word: string): number {
  if (line.text.includes('予定') && line.text.includes('実績')) return -1;
  const at = line.text.indexOf(word);
  return at >= 0 && (line.gaps[at] ?? 0) > 0 ? at : -1;
}

const counts = (line: CompactLine, word: string): string =>
  line.text.slice(rowMark(line, word) + word.length);
const hasCount = (line: CompactLine, word: string): boolean => /[1-9①-⑳○●◎✓]/u.test(counts(line, word));

/** The cells left of 予定 and 実績, over the height of both rows: the service's name, its code, its provider. */
function rowService(form: FormText, plan: CompactLine, actual: CompactLine | null): ServiceUse | null {
  const edge = plan.xs[rowMark(plan, '予定')] as number;
  const height = actual ? actual.line.y - plan.line.y : plan.line.size;
  const [top, bottom] = [plan.line.y - height * 0.6, (actual ?? plan).line.y + height * 0.6];
  const cells = form.lines
    .filter((line) => line.page === plan.page)
    .flatMap((line) => line.line.cells)
    .filter((cell) => cell.right <= edge && cell.y > top && cell.y < bottom)
    .map((cell) => plainText(cell.text));
  const name =
    cells.find((text) => serviceByName(text).class !== 'unknown') ??
    cells.find((text) => /[\p{Script=Han}\p{Script=Katakana}]{3,}/u.test(text));
  const code = cells.find((text) => CODE.test(text));
  const office = cells.find((text) => OFFICE.test(text));
  if (!name && !code) return null;
  return {
    name: name ?? (code as string),
    class: code ? classByCode(code) : serviceByName(name as string).class,
    ...(code ? { code } : {}),
    ...(office ? { office } : {}),
  };
}

/** Rows that print a 6-character service code. In a paper with 実績 in its heading they were used, else planned. */
function codedServices(form: FormText): Reading[] {
  const used = form.lines.slice(0, 12).some((line) => /実績(?:報告|分|\))|\(実績/.test(line.text));
  const seen = new Set<string>();
  return form.lines.flatMap((line) => {
    if (/保険者番号/.test(line.text)) return [];
    const cells = line.line.cells.map((cell) => plainText(cell.text));
    const code = cells.find((text) => CODE.test(text)) ?? boxedCode(line);
    if (!code || seen.has(code)) return [];
    seen.add(code);
    const name = cells.find((text) => serviceByName(text).class !== 'unknown' && !OFFICE_NAME.test(text));
    const office = cells.find((text) => OFFICE.test(text));
    const service: ServiceUse = {
      name: name ?? code,
      class: classByCode(code),
      code,
      ...(office ? { office } : {}),
    };
    return [reading(form, used ? 'service_actual' : 'service_planned', service, inLine(line))];
  });
}

/** Kind and item of a service: 63 1111, A2 1111. */
const CODE = /^(?:[1-7][0-9]|A[1-9A-F])[0-9]{4}$/;
/** Number of an office; the third place is a letter for 総合事業. */
const OFFICE = /^[0-9]{2}[0-9A-Z][0-9]{7}$/;
const OFFICE_NAME = /事業所$|センター$|ステーション$/;

/** The code printed one character to a box. */
const boxedCode = (line: CompactLine): string | undefined => {
  const single = line.line.cells.map((cell) => plainText(cell.text));
  for (let i = 0; i + 6 <= single.length; i++) {
    const joined = single.slice(i, i + 6).join('');
    if (joined.length === 6 && CODE.test(joined)) return joined;
  }
  return undefined;
};

/** 利用者確認欄: a name or a seal written out; an empty field or the printed 印 is none. */
function stampReading(form: FormText): Reading[] {
  for (const found of valuesOf(form, '利用者確認', '利用者確認印', '利用者確認欄', '利用者確認(印)')) {
    const text = found.text.replace(/[印㊞()[\]_]/gu, '');
    if (text !== '') return [reading(form, 'stamped', true, found)];
    if (!form.pictures)
      return [
        reading(form, 'stamped', false, { page: found.page, text: found.text || `${found.label}（空欄）` }),
      ];
  }
  return [];
}
