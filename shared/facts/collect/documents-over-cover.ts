import type { Fact, ReadonlyFacts } from '../fact.ts';

/** The documents' facts that count: a known one wins over the cover, a conflicting or assumed one only fills a gap. */
export const documentsOverCover = (cover: ReadonlyFacts, shown: Fact[]): Fact[] =>
  shown.filter((fact) => fact.state === 'known' || !cover.has(fact.path));
