import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cityName } from '../../../../shared/profiles/cities.ts';
import { importRegistry } from '../../../../shared/records/steps/import-registry.ts';
import { claimInsurers, loadRegistry } from '../../../../shared/records/store/registry-store.ts';
import { parseRegistry } from '../../../../shared/registry/registry.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeAll(async () => {
  records = await testRecords();
});
afterAll(() => records.stop());

const registryOf = (city: string, ...insurer_numbers: string[]) =>
  parseRegistry({ city, insurer_numbers }, `${city}.yaml`);

describe('the import', () => {
  it('refuses an insurer number that another city has in its registry, and changes nothing', async () => {
    const { store } = records;
    await importRegistry(store, registryOf('mito', '082016', '089999'), new Date());
    const other = importRegistry(store, registryOf('iwaki', '072041', '089999'), new Date());
    await expect(other).rejects.toThrow(`089999 は、${cityName('mito')}の登録簿に`);
    expect(await loadRegistry(store, 'iwaki')).toBeNull();
    expect(await importRegistry(store, registryOf('iwaki', '072041'), new Date())).toMatchObject({
      changed: true,
    });
  });

  it('gives a number to one of two cities that take it at the same moment, and frees it once that city drops it', async () => {
    const { store } = records;
    const now = new Date();
    const put = (city: string, ...numbers: string[]) =>
      importRegistry(store, registryOf(city, ...numbers), now);
    for (let n = 0; n < 4; n++) {
      const number = `07999${n}`;
      const both = await Promise.allSettled([put('mito', '082016', number), put('iwaki', '072041', number)]);
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await put('mito', '082016');
      await put('iwaki', '072041');
      await put('iwaki', '072041', number);
      await expect(put('mito', '082016', number)).rejects.toThrow(
        `${number} は、${cityName('iwaki')}の登録簿に`,
      );
      await put('iwaki', '072041');
    }
  });

  it('frees what an interrupted import claimed with the next import of the city', async () => {
    const { store } = records;
    const again = () => importRegistry(store, registryOf('mito', '082016'), new Date());
    await again();
    await claimInsurers(store, 'mito', ['079998']);
    const other = registryOf('iwaki', '072041', '079998');
    await expect(importRegistry(store, other, new Date())).rejects.toThrow('取り込み直すと空きます');
    expect(await again()).toMatchObject({ changed: false });
    expect(await importRegistry(store, other, new Date())).toMatchObject({ changed: true });
  });

  it('brings in the most a registry may hold', async () => {
    const number = (n: number) => `08701${String(n).padStart(5, '0')}`;
    const offices = Array.from({ length: 5000 }, (_, n) => ({ number: number(n), name: `見本${n}` }));
    const largest = parseRegistry({ city: 'kumamoto', offices }, 'kumamoto.yaml');
    expect(await importRegistry(records.store, largest, new Date())).toMatchObject({ offices: 5000 });
    expect((await loadRegistry(records.store, 'kumamoto'))?.offices).toHaveLength(5000);
  });
});
