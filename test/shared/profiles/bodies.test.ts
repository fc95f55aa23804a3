import { describe, expect, it } from 'vitest';
import {
  addresseeIn,
  bodyNames,
  bodyNamesIn,
  centerNames,
  namesCenter,
  partyIn,
} from '../../../shared/profiles/bodies.ts';
import { cities } from '../../../shared/profiles/cities.ts';

describe('addresseeIn', () => {
  it.each([
    ['いわき市長', 'city'],
    ['いわき市内郷地区保健福祉センター所長', 'chiku_hoken_fukushi_center'],
    ['岡山市北区中央福祉事務所長', 'fukushi_jimusho'],
    ['水戸市介護保険課', 'city_kaigo_hokenka'],
    ['見本地域包括支援センター', 'hokatsu_center'],
    ['ささえりあ見本', 'hokatsu_center'],
  ])('finds in %s the body %s', (text, body) => expect(addresseeIn(text)).toBe(body));

  it('finds no body in a name of a person', () => expect(addresseeIn('見本 花子')).toBeNull());
});

describe('partyIn', () => {
  it.each([
    ['水戸市長', 'mito_city'],
    ['水戸市', 'mito_city'],
    ['水戸市(委託者)', 'mito_city'],
    ['水戸市見本地域包括支援センター', 'hokatsu_center'],
    ['見本居宅介護支援事業所', 'kyotaku_office'],
    ['利用者', 'riyosha'],
  ])('finds in %s the party %s', (text, party) => expect(partyIn(text)).toBe(party));

  it('finds no party in an address, nor in a city that makes no contract', () => {
    expect(partyIn('水戸市見本町1-2')).toBeNull();
    expect(partyIn('岡山市')).toBeNull();
  });
});

it('finds a center by the name that each city uses', () => {
  for (const { center_name } of Object.values(cities()))
    if (center_name) expect(centerNames()).toContain(center_name);
  expect(namesCenter('ささえりあ第一')).toBe(true);
  expect(namesCenter('見本居宅介護支援事業所')).toBe(false);
});

it('names a center as the city does, and briefly where the city has no name', () => {
  expect(bodyNamesIn('kumamoto').hokatsu_center).toBe('ささえりあ');
  expect(bodyNamesIn('okayama').hokatsu_center).toBe('包括');
  expect(bodyNames().hokatsu_center).toBe('地域包括支援センター');
});

it('names the cities that are bodies themselves', () => {
  expect(bodyNames().mito_city).toBe('水戸市');
});
