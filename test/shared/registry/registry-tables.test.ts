import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareRegistries } from '../../../shared/registry/compare-registries.ts';
import { acceptRegistry, loadRegistry } from '../../../shared/registry/registry.ts';
import { registryTable, TABLE_LISTS, withTable } from '../../../shared/registry/registry-tables.ts';
import { toCsv } from '../../../shared/text/csv.ts';

const read = (city: string) =>
  loadRegistry(resolve(import.meta.dirname, `../../../samples/registry/${city}.yaml`));
const CITIES = ['iwaki', 'kumamoto', 'mito', 'nobeoka', 'okayama'];

describe.each(CITIES)('the tables of %s', (city) => {
  it.each(TABLE_LISTS)('%s written and read again change nothing', async (list) => {
    const registry = await read(city);
    const { columns, rows } = registryTable(registry, list);
    const again = withTable(registry, toCsv([columns, ...rows]));
    expect(compareRegistries(registry, acceptRegistry(again, city))).toEqual([]);
  });
});

describe('a table from a spreadsheet', () => {
  it('adds, changes and ends entries, with lost zeros and dates of its own', async () => {
    const mito = await read('mito');
    const [office] = mito.offices;
    const csv = `名前,事業所番号,居宅介護支援の指定\n新しい事業所,${Number('0870100099')},2025/4/1から\n名を変えた事業所,${Number(office!.number)},2020-04-01から2030-03-31まで\n`;
    const changes = compareRegistries(mito, withTable(mito, csv));
    const of = (key: string) => changes.find((one) => one.key === key);
    expect(of('0870100099')).toMatchObject({ change: 'added' });
    expect(of(office!.number)).toMatchObject({ change: 'changed' });
    expect(changes.filter(({ change }) => change === 'removed')).toHaveLength(mito.offices.length - 1);
    // Without a column for them they stay.
    expect(of(office!.number)!.fields.map(({ field }) => field)).not.toContain('commissions');
  });

  it.each([
    ['a table of nothing known', 'a,b\n1,2\n', '一行目の見出しで、どの表か分かりません'],
    [
      'a period of no days',
      '事業所番号,名前,居宅介護支援の指定\n0870100013,あ,来年から\n',
      '2行目: 期間「来年から」',
    ],
    ['an unknown kind', '事業所番号,名前,委託\n0870100013,あ,0800100015 何か 2024-04-01から\n', '「何か」は'],
    [
      'a doubtful answer',
      '事業所番号,名前,管理者が主任介護支援専門員\n0870100013,あ,たぶん\n',
      '「たぶん」は',
    ],
  ])('is refused as %s, with the row', async (_, csv, message) => {
    const mito = await read('mito');
    expect(() => withTable(mito, csv)).toThrow(message);
  });
});
