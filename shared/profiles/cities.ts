import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { profilesFolder } from './profiles-folder.ts';

/**
 * Every city that has a profile, by key, with the name it prints: the index profiles/cities.yaml. Apart from the profiles
 * themselves, so that a letter can name a city without reading its rules.
 */
export function cityNames(folder = profilesFolder()): Record<string, string> {
  const known = indexes.get(folder);
  if (known) return known;
  const { cities } = parse(readFileSync(join(folder, 'cities.yaml'), 'utf8')) as {
    cities: Record<string, string>;
  };
  indexes.set(folder, cities);
  return cities;
}
const indexes = new Map<string, Record<string, string>>();
