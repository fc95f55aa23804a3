import { describe, expect, it } from 'vitest';
import { documentsOverCover } from '../../../../shared/facts/collect/documents-over-cover.ts';
import type { Fact } from '../../../../shared/facts/fact.ts';
import { aFact, coverFacts } from '../../../builders/some-facts.ts';

const evidence: Fact['evidence'] = [{ source: 'document', where: { file: 'a.csv' }, raw: '' }];
const read = (path: string, value: unknown, over: Partial<Fact> = {}) =>
  aFact(path, value, { evidence, ...over });

describe('documentsOverCover', () => {
  it('keeps a fact the cover does not give, whatever its state', () => {
    const open = read('certification', null, { state: 'conflicting' });
    expect(documentsOverCover(coverFacts(), [open])).toEqual({ facts: [open], findings: [] });
  });

  it('prefers a known fact to the cover and reports the difference', () => {
    const fact = read('certification', '要支援2');
    const result = documentsOverCover(coverFacts({ certification: '要支援1' }), [fact]);
    expect(result.facts).toEqual([fact]);
    expect(result.findings).toMatchObject([{ code: 'F_FACT_CONFLICT', where: { file: 'a.csv' } }]);
  });

  it('reports nothing where both agree', () => {
    const cover = coverFacts({ certification: '要支援2' });
    expect(documentsOverCover(cover, [read('certification', '要支援2')]).findings).toEqual([]);
  });

  it.each(['assumed', 'conflicting'] as const)('prefers the cover to an %s fact', (state) => {
    const cover = coverFacts({ certification: '要支援1' });
    expect(documentsOverCover(cover, [read('certification', '要支援2', { state })])).toEqual({
      facts: [],
      findings: [],
    });
  });

  it('compares services by class alone', () => {
    const given = (kind: 'sogo' | 'yobo_kyufu') =>
      coverFacts({ services_actual: [{ name: '通所', class: kind }] });
    const fact = read('services_actual', [{ name: '通所型サービス', class: 'sogo', code: 'A61111' }]);
    expect(documentsOverCover(given('sogo'), [fact]).findings).toEqual([]);
    expect(documentsOverCover(given('yobo_kyufu'), [fact]).findings).toHaveLength(1);
  });

  it("does not compare the desk's own days", () => {
    const cover = coverFacts({ dates: { today: '2024-05-01' } });
    expect(documentsOverCover(cover, [read('dates.today', '2024-07-01')])).toMatchObject({
      facts: [{ value: '2024-07-01' }],
      findings: [],
    });
  });
});
