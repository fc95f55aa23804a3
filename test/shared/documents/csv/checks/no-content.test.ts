import { expect, it } from 'vitest';
import { readCsvFile } from '../../../../../shared/documents/csv/read-csv.ts';
import { cp932 } from '../../../../builders/cp932.ts';
import {
  type BuiltType,
  type Cells,
  csv,
  csvName,
  line,
  packetFile,
  record,
} from '../../../../builders/csv.ts';

const findingsOf = async (type: BuiltType, bytes: Buffer) =>
  (await readCsvFile(packetFile(csvName(type), bytes))).document.findings;
const severities = async (type: BuiltType, bytes: Buffer) =>
  (await findingsOf(type, bytes)).map(({ code, severity }) => `${code} ${severity}`);

/** What is left of the first record up to a column. */
const cut = (type: BuiltType, columns: number): Buffer =>
  cp932(`${line(record(type).slice(0, columns))}\r\n`);

/** The texts of each form that the builder fills in. */
const TEXTS: [type: BuiltType, empty: Cells, columns: number][] = [
  ['UPYOBO', { 24: '', 28: '', 32: '', 36: '' }, 21],
  ['UPKIHON', { 66: '' }, 25],
  ['UPKIHON_SUB1', { 6: '' }, 5],
  ['UPKIHON_SUB2', { 6: '' }, 5],
];

it.each(TEXTS)(
  'sends %s without any text to a person, also where its columns are left out',
  async (type, empty, columns) => {
    const [finding, ...others] = await findingsOf(type, csv(type, empty));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'F_CSV_REQUIRED', severity: 'warn', where: { row: 1 } });
    expect(finding!.message).toMatch(
      /の内容が書かれていません。「.+」など文章を書く\d+列が、どの行でも空です。/,
    );
    expect(finding!.remedy).toContain('出力し直して');
    expect(await severities(type, cut(type, columns))).toContain('F_CSV_REQUIRED warn');
  },
);

it('takes one text in one row for contents', async () => {
  expect(
    await severities('UPKIHON_SUB1', csv('UPKIHON_SUB1', { 6: '' }, { 6: '', 7: '家族が見守る' })),
  ).toEqual([]);
});

it('does not take the name of the office or the center for contents', async () => {
  const empty = { ...TEXTS[0]![1], 17: '見本居宅', 18: '熊本市', 21: 'ささえりあ第一' };
  expect(await severities('UPYOBO', csv('UPYOBO', empty))).toEqual(['F_CSV_REQUIRED warn']);
});

it.each(['UPPLAN', 'UPJSK', 'UPSIKYU', 'UPHOSOKU'] as const)('asks for no text in %s', async (type) => {
  expect(await severities(type, csv(type))).toEqual([]);
});
