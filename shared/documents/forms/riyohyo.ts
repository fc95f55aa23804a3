import type { Reading, ServiceUse } from '../document.ts';
import type { TextCell } from '../pages/page-text.ts';
import { addressReadings, certificationReadings, personReadings } from './fields/person.ts';
import {
  type FormReader,
  inLine,
  nameReading,
  numberReading,
  phraseReading,
  reading,
} from './fields/readings.ts';
import { serviceMonthReading } from './fields/service-month.ts';
import { classByCode, serviceByName } from './fields/service-names.ts';
import { type CompactLine, plainText } from './text/compact-line.ts';
import { type FormText, isPictured, valuesOf } from './text/form-text.ts';

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
  ...serviceMonthReading(form),
  ...phraseReading(
    form,
    'office_name',
    ...OFFICE_AND_MANAGER,
    '居宅介護支援事業者事業所名',
    '居宅介護支援事業所',
    '介護予防支援事業所',
    '居宅介護支援事業者',
    '介護予防支援事業者',
  ),
  ...nameReading(form, 'care_manager_name', ...OFFICE_AND_MANAGER, '担当者名', '担当者氏名', '計画作成者'),
  ...numberReading(
    form,
    'office_number',
    /^([0-9]{10})(?![0-9])/,
    '居宅介護支援事業所番号',
    '介護予防支援事業所番号',
  ),
];

/** One field of the 利用票 for the office and the care manager. */
const OFFICE_AND_MANAGER = [
  '居宅介護支援事業者事業所名担当者名',
  '居宅介護支援事業者事業所名・担当者名',
  '介護予防支援事業者事業所名担当者名',
  '介護予防支援事業者事業所名・担当者名',
];

/** The rows 予定 and 実績: a service is planned or used when its row carries a number or a mark. */
function plannedAndUsed(form: FormText): Reading[] {
  const rows = serviceRows(form);
  const planned = rows
    .filter(({ plan }) => hasCount(plan))
    .map(({ place, service }) => reading(form, 'service_planned', service, inLine(place)));
  const used = rows.flatMap(({ used: line, actual, service }) =>
    line && actual && hasCount(actual) ? [reading(form, 'service_actual', service, inLine(line))] : [],
  );
  return [...planned, ...used, ...(used.length === 0 ? noneUsed(form, rows) : [])];
}

interface ServiceRow {
  service: ServiceUse;
  /** the line of 予定 and of 実績, and what stands in them; null when the row is not there */
  place: CompactLine;
  used: CompactLine | null;
  plan: string;
  actual: string | null;
}

/** Layouts: a row each for 予定 and 実績; both in one row, named or under their headings. */
function serviceRows(form: FormText): ServiceRow[] {
  const paired = pairedRows(form);
  return paired.length > 0 ? paired : singleRows(form);
}

function pairedRows(form: FormText): ServiceRow[] {
  return form.lines.flatMap((plan, number) => {
    if (rowMark(plan, '予定') < 0) return [];
    // the last row of a page may end on the next
    const below = form.lines.slice(number + 1).filter((line) => line.page - plan.page <= 1);
    const next = below.findIndex((line) => rowMark(line, '予定') >= 0);
    const actual = below.slice(0, next < 0 ? 10 : next).find((line) => rowMark(line, '実績') >= 0) ?? null;
    const service = rowService(form, plan, actual);
    if (!service) return [];
    return [
      {
        service,
        place: plan,
        used: actual,
        plan: counts(plan, '予定'),
        actual: actual && counts(actual, '実績'),
      },
    ];
  });
}

/** 「通所型サービス　予定4回　実績3回」, or a table whose columns are headed 予定 and 実績. */
function singleRows(form: FormText): ServiceRow[] {
  const head = form.lines.find(
    (line) => !/[0-9]/.test(line.text) && ['予定', '実績'].every((word) => cellNamed(line, word)),
  );
  return form.lines.flatMap((line) => {
    const texts = line.line.cells.map((cell) => plainText(cell.text));
    const name = texts.find((text) => serviceByName(text).class !== 'unknown');
    if (!name || line === head) return [];
    const said = /予定:?([0-9]*)(?:回|日)?.*実績:?([0-9]*)/.exec(line.text);
    const plan = said ? (said[1] ?? '') : head ? columnCount(line, head, '予定') : null;
    const actual = said ? (said[2] ?? '') : head ? columnCount(line, head, '実績') : null;
    if (plan === null) return [];
    const service = serviceOf(texts, said ? name.replace(/予定.*$/, '') : name);
    return [{ service, place: line, used: line, plan, actual }];
  });
}

const cellNamed = (line: CompactLine, word: string): TextCell | undefined =>
  line.line.cells.find((cell) => plainText(cell.text).replace(/(?:回数|日数|\(.*\))$/, '') === word);

/** What a row prints under a heading. */
function columnCount(line: CompactLine, head: CompactLine, word: string): string {
  const column = cellNamed(head, word);
  const middle = (cell: TextCell): number => (cell.x + cell.right) / 2;
  const near = line.line.cells.find(
    (cell) => column && Math.abs(middle(cell) - middle(column)) < (column.right - column.x) / 2 + cell.size,
  );
  return near ? plainText(near.text) : '';
}

/** Said in words, or every row of 実績 ends in 0. Empty rows say nothing: they may not be filled in yet. */
function noneUsed(form: FormText, rows: ServiceRow[]): Reading[] {
  const words = form.lines.find((line) => /(?:実績|利用)(?:は|が)?(?:なし|無し)/.test(line.text));
  if (words) return [reading(form, 'no_service_used', true, inLine(words))];
  const zeros = rows.filter(({ actual }) => actual !== null && /^0+(?:回|日)?$/.test(actual));
  const first = zeros[0]?.used;
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
const hasCount = (text: string): boolean => /[1-9①-⑳○●◎✓]/u.test(text);

/** The cells left of 予定 and 実績, over the height of both rows: the service's name, its code, its provider. */
function rowService(form: FormText, plan: CompactLine, actual: CompactLine | null): ServiceUse | null {
  const edge = plan.xs[rowMark(plan, '予定')] as number;
  const last = actual?.page === plan.page ? actual : plan;
  const height = last === plan ? plan.line.size : last.line.y - plan.line.y;
  const [top, bottom] = [plan.line.y - height * 0.6, last.line.y + height * 0.6];
  const cells = form.lines
    .filter((line) => line.page === plan.page)
    .flatMap((line) => line.line.cells)
    .filter((cell) => cell.right <= edge && cell.y > top && cell.y < bottom)
    .map((cell) => plainText(cell.text));
  const name =
    cells.find((text) => serviceByName(text).class !== 'unknown') ??
    cells.find((text) => /[\p{Script=Han}\p{Script=Katakana}]{3,}/u.test(text)) ??
    cells.find((text) => CODE.test(text));
  return name ? serviceOf(cells, name) : null;
}

/** The service of a row: the printed code decides its class, else the name. */
function serviceOf(cells: string[], name: string): ServiceUse {
  const code = cells.find((text) => CODE.test(text));
  const office = cells.find((text) => OFFICE.test(text));
  return {
    name: name.replace(/^サービス(?:内容|種別|種類|名)?:/, ''),
    class: code ? classByCode(code) : serviceByName(name).class,
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
    if (!isPictured(form, found.line))
      return [
        reading(form, 'stamped', false, { page: found.page, text: found.text || `${found.label}（空欄）` }),
      ];
  }
  return [];
}
