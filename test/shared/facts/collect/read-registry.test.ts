import { describe, expect, it } from 'vitest';
import { readInsurerCity } from '../../../../shared/facts/collect/read-insurer-city.ts';
import { readRegistry } from '../../../../shared/facts/collect/read-registry.ts';
import { cityName } from '../../../../shared/profiles/cities.ts';
import { parseRegistry } from '../../../../shared/registry/registry.ts';
import { readingsOf } from '../../../builders/a-document.ts';
import { aFact, anIdentity, factSheet } from '../../../builders/some-facts.ts';

const registry = parseRegistry(
  {
    city: 'mito',
    unit_price_yen: 10.42,
    centers: [],
    offices: [
      {
        number: '0870100013',
        name: '見本居宅介護支援事業所',
        kyotaku: { from: '2020-04-01' },
        yobo_shien: [{ city: 'mito', from: '2024-05-15' }],
        manager_is_shunin: true,
      },
    ],
  },
  'registry.yaml',
);
const identity = anIdentity({ city: 'mito', registry, office: registry.offices[0]!, lives_in: 'east' });
const read = (month: string, who = identity) =>
  new Map(
    readRegistry({ facts: factSheet(aFact('service_month', month)), identity: who }).facts.map((f) => [
      f.path,
      f.value,
    ]),
  );

describe('readRegistry', () => {
  it('knows nothing without a registry', () => {
    expect(readRegistry({ facts: factSheet(), identity: anIdentity() })).toEqual({ facts: [], findings: [] });
  });

  it('knows area and price of a sender it does not list', () => {
    expect([...read('2024-05', { ...identity, office: null })]).toEqual([
      ['flags.user_area', 'east'],
      ['unit_price', 10.42],
    ]);
  });

  it('counts a designation in force at the end of the month', () => {
    expect(read('2024-05').get('office_designated_yobo_shien')).toBe(true);
    expect(read('2024-05').get('designation_city')).toBe(cityName('mito'));
    expect(read('2024-05').get('dates.designated')).toBe('2024-05-15');
    expect(read('2024-04').get('office_designated_yobo_shien')).toBe(false);
    expect(read('2024-04').has('designation_city')).toBe(false);
  });

  it('shows the designation of another city as that, not as one here', () => {
    const facts = read('2024-05', { ...identity, city: 'iwaki' });
    expect(facts.get('office_designated_yobo_shien')).toBe(false);
    expect(facts.get('designation_city')).toBe(cityName('mito'));
  });

  it('is silent on what the registry leaves open', () => {
    expect(read('2024-05').get('manager_is_shunin')).toBe(true);
    expect(read('2024-05').has('care_manager_count')).toBe(false);
  });
});

describe('readInsurerCity', () => {
  it('names the city whose rules count, and none where it is open', () => {
    expect(readInsurerCity({ identity, readings: readingsOf() }).facts).toMatchObject([
      { path: 'insurer_city', value: cityName('mito') },
    ]);
    expect(readInsurerCity({ identity: anIdentity(), readings: readingsOf() }).facts).toEqual([]);
  });

  it('tells insurer and facility of 住所地特例 apart', () => {
    const lives = anIdentity({ city: 'mito', residence: 'mito', insurer_number: '131011' });
    expect(readInsurerCity({ identity: lives, readings: readingsOf() }).facts).toMatchObject([
      { path: 'insurer_city', value: '他市' },
      { path: 'facility_city', value: cityName('mito') },
    ]);
  });

  it('knows a person who is not insured by the H of the number', () => {
    const person = anIdentity({ city: 'mito', insured_number: 'H000000101' });
    const { facts } = readInsurerCity({ identity: person, readings: readingsOf() });
    expect(facts.map(({ path }) => path)).toEqual(['insurer_city', 'flags.minashi_2go']);
  });
});
