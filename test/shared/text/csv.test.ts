import { expect, it } from 'vitest';
import { toCp932, toCsv } from '../../../shared/text/csv.ts';

/** The bytes of the earlier writer, from before the library. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
const expected = (rows: string[][]): string =>
  rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');

it('writes the same bytes as the earlier writer, with commas, quotes and line breaks in a cell', () => {
  const rows = [
    ['日時', '記録', '内容'],
    ['', ' ', '　'],
    ['a,b', 'a"b', 'a\nb'],
    ['a\r\nb', 'a\rb', '"'],
    ['{"units":442,"name":"見本 花子"}', '-', "'"],
    ['見本 花子', 'O’Brien', '水戸市；'],
  ];
  expect(toCsv(rows)).toBe(expected(rows));
});

it('makes text of a cell a spreadsheet would run as a formula', () => {
  const rows = [['=1+1', '+81', '-5', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://a",1)']];
  expect(toCsv(rows)).toBe(expected(rows));
  // Full-width signs are formulas to some spreadsheets as well.
  expect(toCsv([['＝1', '＋1', '－1', '＠A1']])).toBe("'＝1,'＋1,'－1,'＠A1\r\n");
});

it('replaces characters CP932 does not have', () => {
  expect(toCp932('髙?𠮷').toString('latin1')).toBe('\xfb\xfc?\x81\xac');
});
