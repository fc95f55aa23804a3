import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRows } from '../../../../shared/documents/csv/parse-rows.ts';
import { line } from '../../../builders/csv.ts';

const cells = (...pieces: string[]): string[][] => [...parseRows(pieces)].map((row) => row.cells);

test('reads quotes, doubled quotes, commas and line breaks inside', () => {
  expect(cells('202407,"a,b","c""d","e\r\nf"\r\n1,2,3,4\n')).toEqual([
    ['202407', 'a,b', 'c"d', 'e\r\nf'],
    ['1', '2', '3', '4'],
  ]);
});

test('counts a record with line breaks as one row', () => {
  expect([...parseRows(['a,"x\ny"\n', 'b,c\n'])].map((row) => row.row)).toEqual([1, 2]);
});

test('goes on after broken quotes at the next record', () => {
  const rows = [...parseRows(['202407,431007,1,"open\n202407,431007,2,x\n'])];
  expect(rows.map((row) => row.broken)).toEqual([{ column: 4, why: 'unclosed' }, null]);
  expect([...parseRows(['202407,431007,1,a"b\n202407,431007,2,x'])].map((r) => r.broken?.why)).toEqual([
    'stray',
    undefined,
  ]);
  expect([...parseRows(['202407,431007,"1"x,a\n'])][0]?.broken).toEqual({ column: 3, why: 'stray' });
});

test('returns what csv-parse returns, however the text is cut', () => {
  const cell = fc.stringMatching(/^[a-z,"\n表 ]{0,6}$/);
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(60), { maxLength: 4 }),
      (records, cuts) => {
        const text = records.map((r) => `${line(r)}\r\n`).join('');
        const at = [0, ...cuts.filter((n) => n < text.length).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, i) => text.slice(at[i], end));
        expect(cells(...pieces)).toEqual(parse(text, { relax_column_count: true, record_delimiter: '\r\n' }));
      },
    ),
  );
});
