import { describe, expect, it } from 'vitest';
import { cityKeys, cityName } from '../../../shared/profiles/cities.ts';
import { cityLabel, eventLabel, words } from '../../../shared/vocabulary/labels.ts';

describe('the words for keys', () => {
  it('name every city as its profile does', () => {
    expect(words().cities).toEqual(Object.fromEntries(cityKeys().map((key) => [key, cityName(key)])));
  });

  it('show a key without a word as it is, and what is not known as unknown', () => {
    expect([eventLabel('new'), eventLabel('no-such'), eventLabel(null)]).toEqual(['新規', 'no-such', '—']);
    expect([cityLabel('mito'), cityLabel('_unknown'), cityLabel(null)]).toEqual(['水戸市', '不明', '不明']);
  });
});
