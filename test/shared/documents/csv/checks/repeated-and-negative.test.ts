import { describe, expect, it } from 'vitest';
import { readCsvFile } from '../../../../../shared/documents/csv/read-csv.ts';
import { type BuiltType, type Cells, csv, csvName, packetFile } from '../../../../builders/csv.ts';

const findingsOf = async (type: BuiltType, ...rows: Cells[]) =>
  (await readCsvFile(packetFile(csvName(type), csv(type, ...rows)))).document.findings;
const day = (n: number): Cells => ({ 10: `202407${String(n).padStart(2, '0')}` });

describe('rows of services that are the same in every column', () => {
  it.each(['UPPLAN', 'UPJSK'] as const)('go to a person: every row of %s written twice', async (type) => {
    const rows = [1, 8, 15, 22].map((n) =>
      type === 'UPPLAN' ? day(n) : { 10: `202407${String(n).padStart(2, '0')}` },
    );
    const findings = await findingsOf(type, ...rows.flatMap((row) => [row, row]));
    const [repeated] = findings.filter(({ message }) => message.includes('と同じ利用者'));
    expect(repeated).toMatchObject({ code: 'F_CSV_VALUE', severity: 'warn', where: { row: 2 } });
    expect(repeated!.message).toContain('1行目と同じ利用者・日時・サービス・事業所の行です');
    expect(repeated!.message).toContain('ほかに 3 か所（4行目、6行目、8行目）');
    expect(repeated!.remedy).toContain('二度出力されていないか');
  });

  it('are told once, however many there are', async () => {
    const bytes = Buffer.concat(Array<Buffer>(64_000).fill(csv('UPPLAN', day(1))));
    const { findings } = (await readCsvFile(packetFile(csvName('UPPLAN'), bytes))).document;
    expect(findings).toHaveLength(1);
    expect(findings[0]!.message).toContain('ほかに 63998 か所');
  });

  it('are a note for things that are lent: two of a kind are no mistake', async () => {
    const rail: Cells = { ...day(1), 12: '9999', 13: '9999', 15: '671001', 16: '00000-000001' };
    const findings = await findingsOf('UPPLAN', rail, rail);
    expect(findings).toMatchObject([{ code: 'F_CSV_VALUE', severity: 'info' }]);
  });

  it('are none where a time, a day or a provider differs', async () => {
    const rows = [day(1), day(2), { ...day(2), 12: '1500', 13: '1600' }, { ...day(2), 20: '4370200026' }];
    expect(
      (await findingsOf('UPPLAN', ...rows)).filter(({ message }) => message.includes('と同じ利用者')),
    ).toEqual([]);
  });
});

describe('rows without services that are the same in every column', () => {
  const FILLED: Partial<Record<BuiltType, Cells>> = {
    UPKIHON: {},
    UPKIHON_SUB1: { 5: '0700', 6: '起床' },
    UPKIHON_SUB2: { 5: '令和元年', 6: '高血圧症' },
    UPYOBO: {},
    UPYOBO_SUB: { 5: '1', 6: '下肢の筋力が落ちている', 9: '買い物に行く' },
    UPHOSOKU: {},
  };
  const repeatedIn = async (type: BuiltType, ...rows: Cells[]) =>
    (await findingsOf(type, ...rows)).filter(({ message }) => message.includes('と同じ内容の行です'));

  it.each(Object.entries(FILLED) as [BuiltType, Cells][])('are a note in %s', async (type, row) => {
    const [repeated, ...others] = await repeatedIn(type, row, row, row);
    expect(others).toEqual([]);
    expect(repeated).toMatchObject({ code: 'F_CSV_VALUE', severity: 'info', where: { row: 2 } });
    expect(repeated!.message).toContain(`${csvName(type)} 2行目: 1行目と同じ内容の行です`);
    expect(repeated!.message).toContain('ほかに 1 か所（3行目）');
    expect(repeated!.remedy).toContain('二度出力されていないか');
  });

  it('are told once, however many there are', async () => {
    const bytes = Buffer.concat(Array<Buffer>(5_000).fill(csv('UPKIHON', {})));
    const { findings } = (await readCsvFile(packetFile(csvName('UPKIHON'), bytes))).document;
    const repeated = findings.filter(({ message }) => message.includes('と同じ内容の行です'));
    expect(repeated).toHaveLength(1);
    expect(repeated[0]!.message).toContain('ほかに 4998 か所');
  });

  it('are none where the lines of a form are unused, or a blank cell continues another block', async () => {
    const unused = { 5: '', 6: '', 7: '' };
    expect(await repeatedIn('UPKIHON_SUB1', { 5: '0700' }, unused, unused)).toEqual([]);
    const blank = { 5: '', 6: '', 9: '', 10: '', 14: '2', 15: '通所型サービス', 16: '見本デイ' };
    const rows = [{ 5: '1', 9: '歩く' }, blank, { 5: '2', 9: '食べる' }, blank];
    expect(await repeatedIn('UPYOBO_SUB', ...rows)).toEqual([]);
  });
});

describe('a negative number', () => {
  it('of services goes to a person, with its column', async () => {
    const [finding] = await findingsOf('UPPLAN', { 14: '-1' });
    expect(finding).toMatchObject({
      code: 'F_CSV_VALUE',
      severity: 'warn',
      where: { row: 1, column: 14, column_name: 'サービス回数' },
    });
    expect(finding!.message).toContain('「-1」は負の数です');
  });

  it('of units is reported as well, and zero is none', async () => {
    expect(await findingsOf('UPPLAN', { 8: '-1176' })).toMatchObject([{ where: { column: 8 } }]);
    expect(await findingsOf('UPPLAN', { 9: '0' })).toEqual([]);
  });
});
