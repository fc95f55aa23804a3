import type { ServiceUse } from '../../document.ts';
import type { TextCell } from '../../pages/page-text.ts';
import { type CompactLine, plainText } from '../text/compact-line.ts';
import type { FormText } from '../text/form-text.ts';
import { CODE, partsOfCell, serviceOf } from './coded-services.ts';
import { daysMarked } from './day-columns.ts';
import { serviceByName } from './service-names.ts';

export interface ServiceRow {
  service: ServiceUse;
  /** the line of 予定 and of 実績, and what they print; null without such a row */
  place: CompactLine;
  used: CompactLine | null;
  plan: string;
  actual: string | null;
  /** days of the month in the calendar of the row; null where they are not known */
  planDays: number[] | null;
  usedDays: number[] | null;
}
/** Layouts: a row each for 予定 and 実績; both in one row, named or under their headings. */
export function serviceRows(form: FormText): ServiceRow[] {
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
        planDays: marked(form, plan, '予定'),
        usedDays: actual && marked(form, actual, '実績'),
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
    const texts = line.line.cells.flatMap(({ text }) => partsOfCell(text));
    const name = texts.find((text) => serviceByName(text).class !== 'unknown');
    if (!name || line === head) return [];
    const counted = /予定:?([0-9]*)(?:回|日)?.*実績:?([0-9]*)/.exec(line.text);
    const plan = counted ? (counted[1] ?? '') : head ? columnCount(line, head, '予定') : null;
    const actual = counted ? (counted[2] ?? '') : head ? columnCount(line, head, '実績') : null;
    if (plan === null) return [];
    const service = serviceOf(texts, counted ? name.replace(/予定.*$/, '') : name);
    return [{ service, place: line, used: line, plan, actual, planDays: null, usedDays: null }];
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
/** Place of the row's own word 予定 or 実績; headings print both on one line. */
function rowMark(line: CompactLine, word: string): number {
  if (line.text.includes('予定') && line.text.includes('実績')) return -1;
  const at = line.text.indexOf(word);
  return at >= 0 && (line.gaps[at] ?? 0) > 0 ? at : -1;
}
const marked = (form: FormText, line: CompactLine, word: string): number[] | null =>
  daysMarked(form, line, rowMark(line, word) + word.length);
const counts = (line: CompactLine, word: string): string =>
  line.text.slice(rowMark(line, word) + word.length);
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
    .flatMap(({ text }) => partsOfCell(text));
  const name =
    cells.find((text) => serviceByName(text).class !== 'unknown') ??
    cells.find((text) => /[\p{Script=Han}\p{Script=Katakana}]{3,}/u.test(text)) ??
    cells.find((text) => CODE.test(text));
  return name ? serviceOf(cells, name) : null;
}
