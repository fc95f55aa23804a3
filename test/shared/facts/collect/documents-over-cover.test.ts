import { describe, expect, it } from 'vitest';
import { documentsOverCover } from '../../../../shared/facts/collect/documents-over-cover.ts';
import { aFact, coverFacts } from '../../../builders/some-facts.ts';

describe('documentsOverCover', () => {
  it('keeps a fact the cover does not give, whatever its state', () => {
    const open = aFact('certification', null, { state: 'conflicting' });
    expect(documentsOverCover(coverFacts(), [open])).toEqual([open]);
  });

  it('prefers a known fact to the cover', () => {
    const fact = aFact('certification', '要支援2');
    expect(documentsOverCover(coverFacts({ certification: '要支援1' }), [fact])).toEqual([fact]);
  });

  it.each(['assumed', 'conflicting'] as const)('prefers the cover to an %s fact', (state) => {
    const cover = coverFacts({ certification: '要支援1' });
    expect(documentsOverCover(cover, [aFact('certification', '要支援2', { state })])).toEqual([]);
  });
});
