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
