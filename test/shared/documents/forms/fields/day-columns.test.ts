import { describe, expect, it } from 'vitest';
import type { ServiceUse } from '../../../../../shared/documents/document.ts';
import { readForm } from '../../../../../shared/documents/forms/read-form.ts';
import { asPages, row, type Text } from '../../../../builders/pdf.ts';

const [LEFT, PITCH] = [250, 15.4];
/** A text in the column of a day; the 32nd is the total. */
const inColumn = (day: number, text: string): Text => ({
  text,
  x: LEFT + day * PITCH - (text.length - 1) * 2,
  size: 6.5,
});
const calendar = (days = 30): Text[] =>
  Array.from({ length: days }, (_, n) => inColumn(n + 1, String(n + 1)));
const service = (marks: Text[], total: string): Text[][] => [
  [{ text: '介護予防訪問看護', x: 60, size: 6.5 }, { text: '予定', x: 225, size: 6.5 }, inColumn(5, '1')],
  [{ text: '実績', x: 225, size: 6.5 }, ...marks, { ...inColumn(32, total) }],
];

function daysUsed(head: Text[], rows: Text[][]): (string[] | undefined)[] {
  const pages = asPages(['令和6年6月分', row('被保険者番号', '0000000101'), head, ...rows]);
  const readings = readForm('a.pdf', 'riyohyo', 'サービス利用票', pages);
  return readings
    .filter(({ field }) => field === 'service_actual')
    .map(({ value }) => (value as ServiceUse).days);
}

describe('days in the calendar of a 利用票', () => {
  it.each<[string, Text[], string]>([
    ['counts', [inColumn(5, '1'), inColumn(12, '1'), inColumn(30, '1')], '3'],
    ['circles', [inColumn(5, '○'), inColumn(12, '○'), inColumn(30, '○')], '3'],
    ['zeros between', [inColumn(5, '1'), inColumn(6, '0'), inColumn(12, '1'), inColumn(30, '1')], '3回'],
    ['a total that is not printed', [inColumn(5, '1'), inColumn(12, '1'), inColumn(30, '1')], ''],
  ])('are read: %s', (_name, marks, total) => {
    expect(daysUsed(calendar(), service(marks, total))).toEqual([['2024-06-05', '2024-06-12', '2024-06-30']]);
  });

  it.each<[string, Text[], Text[], string]>([
    ['the total is another number', calendar(), [inColumn(5, '1'), inColumn(12, '1')], '3'],
    ['a mark is between two columns', calendar(), [inColumn(5.5, '1')], '1'],
    ['a day is missing in the head', calendar().toSpliced(10, 1), [inColumn(5, '1')], '1'],
    ['there is no head', [{ text: '日付', x: 225, size: 6.5 }], [inColumn(5, '1')], '1'],
  ])('are not known where %s', (_name, head, marks, total) => {
    expect(daysUsed(head, service(marks, total))).toEqual([undefined]);
  });
});
