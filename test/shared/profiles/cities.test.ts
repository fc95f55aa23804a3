import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cityKey, cityKeys, cityName, cityOfInsurer } from '../../../shared/profiles/cities.ts';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';

describe('the index of cities', () => {
  it('finds a city by its key, its printed name and its insurer number', () => {
    for (const key of cityKeys()) expect(cityKey(cityName(key))).toBe(cityKey(key));
    expect(cityOfInsurer('082016')).toBe('mito');
  });

  it('finds no city for a name or number it does not have', () => {
    expect(cityKey('見本市')).toBeUndefined();
    expect(cityOfInsurer('999999')).toBeUndefined();
    expect(cityName('mihon')).toBe('mihon');
  });

  it('lists exactly the cities that have a file of rules', () => {
    const withRules = readdirSync(profilesFolder())
      .filter((name) => name.endsWith('.yaml') && name !== 'national.yaml')
      .filter((name) => /^rules:/m.test(readFileSync(join(profilesFolder(), name), 'utf8')))
      .map((name) => name.replace('.yaml', ''));
    expect(withRules.sort()).toEqual(cityKeys().sort());
  });
});
