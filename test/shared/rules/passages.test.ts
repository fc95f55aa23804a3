import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { passagesOf } from '../../../shared/guide/list-rules.ts';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { quotesAt } from '../../../shared/profiles/passages.ts';
import { profilesFolder } from '../../../shared/profiles/profiles-folder.ts';
import { loadProfile } from '../../../shared/rules/profile.ts';
import { templateOf } from '../../../shared/rules/templates/registry.ts';

/** Their sources were not at hand when the quotations were taken; the page says so. */
const WITHOUT_QUOTES = ['edogawa'];
const QUOTED = cityKeys().filter((city) => !WITHOUT_QUOTES.includes(city));

/** Rules of the city's own document that may return a packet; one that cites another source has that source's place. */
const returning = (city: string) =>
  loadProfile(city).rules.filter(
    (rule) =>
      !rule.source &&
      templateOf(rule as never)
        .raises(rule as never)
        .some(({ severity }) => severity === 'error'),
  );

it.each(QUOTED)('%s: every rule that can return a packet shows the words of its source', (city) => {
  const rules = returning(city);
  expect(rules.length).toBeGreaterThan(0);
  const lacking = rules.filter(({ place }) => quotesAt(city, place).length === 0);
  expect(lacking.map(({ id, place }) => `${id} ${place}`)).toEqual([]);
});

it('keeps no quotation of a place that no rule cites', () => {
  const table = parse(readFileSync(join(profilesFolder(), 'passages.yaml'), 'utf8')) as Record<
    string,
    object
  >;
  expect(Object.keys(table).sort()).toEqual(QUOTED.toSorted());
  for (const [city, places] of Object.entries(table)) {
    const cited = new Set(loadProfile(city).rules.map(({ place }) => place));
    expect(Object.keys(places).filter((place) => !cited.has(place))).toEqual([]);
  }
});

it('gives the words with the passage of a rule, and none to a rule of another source', () => {
  const [mito] = passagesOf('mito', 'MIT-R16');
  expect(mito?.quotes.join('')).toContain('利用票の写し');
  expect(passagesOf('mito', 'NAT-112').map(({ quotes }) => quotes)).toEqual([[]]);
});
