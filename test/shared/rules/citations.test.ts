import { expect, it } from 'vitest';
import { cityKeys, cityName } from '../../../shared/profiles/cities.ts';
import { editionOn } from '../../../shared/rules/profile.ts';

const MONTHS = ['2020-04', '2024-03', '2024-06', '2026-07'];
const NATIONAL =
  /^(介護保険法|全国共通の取扱い|国保連の返戻コード（全国共通）|.*厚生労働省(令|告示)第\d+号|.*Q&A（.*厚生労働省事務連絡）)$/;

const titlesOf = (city: string, scope: 'city' | 'national'): string[] => {
  const rules = MONTHS.flatMap((month) => editionOn(city, month).rules);
  return [...new Set(rules.filter((rule) => rule.scope === scope).map(({ citation }) => citation.title))];
};

it.each(cityKeys())('cites in %s no paper of another city', (city) => {
  const others = cityKeys()
    .filter((key) => key !== city)
    .map((key) => cityName(key));
  const foreign = [...titlesOf(city, 'city'), ...titlesOf(city, 'national')].filter((title) =>
    others.some((name) => title.includes(name)),
  );
  expect(foreign).toEqual([]);
});

it.each(cityKeys())(
  'cites the Act, a national notice or the common practice for a national rule in %s',
  (city) => {
    expect(titlesOf(city, 'national').filter((title) => !NATIONAL.test(title))).toEqual([]);
  },
);

it.each(cityKeys())('names in no national sentence of %s the place of a city paper', (city) => {
  const places = MONTHS.flatMap((month) => editionOn(city, month).rules)
    .filter((rule) => rule.scope === 'national')
    .map(({ citation }) => citation.place);
  expect(places.filter((place) => /Q\d|要綱|切り替え表|実施事項|\(\d+\)[①-⑳※]/.test(place))).toEqual([]);
});
