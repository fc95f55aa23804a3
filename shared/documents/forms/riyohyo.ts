import { parseMonth } from '../../text/wareki.ts';
import type { Reading, ServiceUse } from '../document.ts';
import { type CompactLine, plainText } from './compact-line.ts';
import { type FormText, slice, valuesOf } from './form-text.ts';
import { addressReadings, certificationReadings, personReadings } from './person.ts';
import { type FormReader, inLine, nameReading, numberReading, phraseReading, reading } from './readings.ts';
import { classByCode, serviceByName } from './service-names.ts';

/** 利用票 and 提供票: a pair of rows 予定／実績 for each service; a 別表 on the same sheet is read as well. */
export const riyohyoReader: FormReader = (form) => [
  ...head(form),
  ...plannedAndUsed(form),
  ...codedServices(form),
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
  const readings: Reading[] = [];
  let used = 0;
  let empty = 0;
  for (const [number, line] of form.lines.entries()) {
    const plan = rowMark(line, '予定');
    if (plan < 0) continue;
    const name = serviceName(form, number, plan);
    if (!name) continue;
    const service = serviceByName(name);
    if (hasCount(line, plan)) readings.push(reading(form, 'service_planned', service, inLine(line)));
    const actual = form.lines.slice(number + 1, number + 4).find((below) => rowMark(below, '実績') >= 0);
    if (!actual) continue;
    if (hasCount(actual, rowMark(actual, '実績'))) {
      readings.push(reading(form, 'service_actual', service, inLine(actual)));
      used++;
    } else if (isZero(actual)) empty++;
  }
  const none = form.lines.find(
    (line) => /(?:実績|利用)(?:は|が)?(?:なし|無し)/.test(line.text) && rowMark(line, '予定') < 0,
  );
  if (used === 0 && none) readings.push(reading(form, 'no_service_used', true, inLine(none)));
  else if (used === 0 && empty > 0 && form.lines[0])
    readings.push(reading(form, 'no_service_used', true, { page: form.lines[0].page, text: '実績 0' }));
  return readings;
}

/** Place of the row's own word 予定 or 実績; headings print both on one line. */
function rowMark(line: CompactLine, word: string): number {
  if (line.text.includes('予定') && line.text.includes('実績')) return -1;
  const at = line.text.indexOf(word);
  return at >= 0 && (line.gaps[at] ?? 0) > 0 ? at : -1;
}

const counts = (line: CompactLine, mark: number): string => line.text.slice(mark + 2);
const hasCount = (line: CompactLine, mark: number): boolean => /[1-9①-⑳○●◎✓]/u.test(counts(line, mark));
const isZero = (line: CompactLine): boolean => /^0+(?:回|日)?$/.test(counts(line, rowMark(line, '実績')));

/** The service's name stands left of 予定, in this line or, when the cell is two rows high, just above or below. */
function serviceName(form: FormText, number: number, mark: number): string {
  const line = form.lines[number] as CompactLine;
  const edge = line.xs[mark] as number;
  const near = [line, form.lines[number - 1], form.lines[number + 1]].filter(
    (each): each is CompactLine =>
      each !== undefined &&
      each.page === line.page &&
      Math.abs(each.line.y - line.line.y) < 2 * line.line.size,
  );
  const texts = near
    .filter((each) => each === line || rowMark(each, '予定') < 0)
    .map((each) => cellsBefore(each, edge, each === line ? mark : undefined));
  const known = texts.flat().find((text) => serviceByName(text).class !== 'unknown');
  return known ?? texts.flat().find((text) => /[\p{Script=Han}\p{Script=Katakana}]{3,}/u.test(text)) ?? '';
}

function cellsBefore(line: CompactLine, edge: number, mark?: number): string[] {
  const end = mark ?? line.xs.findIndex((x) => x >= edge);
  const part = slice(line, 0, end < 0 ? line.text.length : end);
  return part.spaced
    .split('\t')
    .filter((cell) => !/^[0-9:~\s-]*$/.test(cell) && !/^(?:実績|予定)/.test(cell));
}

/** Rows that print a 6-character service code. In a 提供票 with 実績 they are what was used, else what was planned. */
function codedServices(form: FormText): Reading[] {
  const used = form.lines.slice(0, 12).some((line) => /実績(?:報告|分|\))|\(実績/.test(line.text));
  const seen = new Set<string>();
  return form.lines.flatMap((line) => {
    const code =
      line.line.cells.map((cell) => plainText(cell.text)).find((text) => CODE.test(text)) ?? spreadCode(line);
    if (!code || seen.has(code)) return [];
    seen.add(code);
    const name = line.line.cells
      .map((cell) => plainText(cell.text))
      .find(
        (text) =>
          /^[^0-9]*[\p{Script=Han}\p{Script=Katakana}]{3,}/u.test(text) &&
          serviceByName(text).class !== 'unknown',
      );
    const office = /(?<![0-9])([0-9]{10})(?![0-9])/.exec(line.text)?.[1];
    const service: ServiceUse = {
      name: name ?? code,
      class: classByCode(code),
      code,
      ...(office ? { office } : {}),
    };
    return [reading(form, used ? 'service_actual' : 'service_planned', service, inLine(line))];
  });
}

const CODE = /^(?:[1-7][0-9]|A[1-9A-F])[0-9]{4}$/;
const spreadCode = (line: CompactLine): string | undefined =>
  line.line.cells.length > 3
    ? /(?<![0-9A-Z])((?:6[1-9]|2[45]|3[1-9]|7[1-9]|A[1-9A-F])[0-9]{4})(?![0-9])/.exec(line.line.text)?.[1]
    : undefined;

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
