import { describe, expect, it } from 'vitest';
import { cityKeys } from '../../../shared/profiles/cities.ts';
import { reviewSentences } from '../../../shared/rules/review-sentences.ts';

describe('the sentences a reviewer starts from', () => {
  it('are given to every city, for every answer of a reviewer', () => {
    for (const city of cityKeys()) {
      const general = reviewSentences(city, '2024-06').filter(({ citation }) => citation === null);
      expect(new Set(general.map((one) => one.for)), city).toEqual(
        new Set(['advised', 'reminded', 'returned', 'confirmed', 'set_aside']),
      );
    }
  });

  it('carry the citation of the rule they rest on, and only in its city', () => {
    const cited = (city: string) =>
      reviewSentences(city, '2024-06').flatMap(({ citation }) => citation ?? []);
    expect(cited('kumamoto').map(({ place }) => place)).toContain('(2) アドバイス等の視点');
    expect(cited('okayama')).toEqual([]);
  });
});
