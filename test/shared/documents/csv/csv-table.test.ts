import { expect, test } from 'vitest';
import { csvTable } from '../../../../shared/documents/csv/csv-table.ts';
import { csvName, uphosoku } from '../../../builders/csv.ts';

const NAME = csvName('UPHOSOKU');
const all = { most: 200 };

test('names the columns as the standard does, and gives the words of codes and the dates', () => {
  const table = csvTable(NAME, uphosoku({}), all);
  expect(table).toMatchObject({ type: 'UPHOSOKU', encoding: 'cp932', isDamaged: false, total: 1 });
  const [row] = table.rows;
  const cell = (name: string) => {
    const at = table.columns.indexOf(name);
    return [row?.cells[at], row?.meanings[at]];
  };
  expect(cell('利用者性別')).toEqual(['2', '女']);
  expect(cell('要介護状態区分')).toEqual(['12', '要支援1']);
  expect(cell('利用者生年月日')).toEqual(['19400315', '1940-03-15']);
  expect(cell('被保険者番号')).toEqual(['0000000101', undefined]);
});

test('shows rows from a row on, under the numbers a finding names', () => {
  const table = csvTable(NAME, uphosoku({}, { 6: '二人目' }, { 6: '三人目' }), { from: 2, most: 1 });
  expect(table.rows.map(({ row }) => row)).toEqual([2]);
  expect(table.total).toBe(3);
});

test('shows a file of no known type by the numbers of its columns, and a damaged one as far as it can be read', () => {
  const unknown = csvTable('memo.csv', Buffer.from('a,b\n1,2\n'), all);
  expect(unknown).toMatchObject({ type: null, columns: ['1列目', '2列目'], total: 2 });
  const damaged = csvTable('memo.csv', Buffer.from([0x61, 0x2c, 0x81, 0x0a, 0x62]), all);
  expect(damaged.isDamaged).toBe(true);
  expect(damaged.rows[0]?.cells[0]).toBe('a');
});
