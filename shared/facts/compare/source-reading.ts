import type { Where } from '../../findings/finding.ts';
import { placeText } from '../../findings/place-text.ts';
import type { Evidence, Fact } from '../fact.ts';

/** One value of a fact, as one source gives it. */
export interface SourceReading {
  source: Evidence['source'];
  value: unknown;
  /** in the upload; empty for a registry and for the records */
  where: Where;
  /** the source as an office reads it: file and place, 送付票, 市の登録簿 */
  place: string;
}

const PLACES: Partial<Record<Evidence['source'], string>> = { cover: '送付票', registry: '市の登録簿' };

/** What the 送付票 gives, beside its facts. */
export const onCoverSheet = (value: unknown): SourceReading => ({
  source: 'cover',
  value,
  where: {},
  place: '送付票',
});

/** Undefined for a fact that follows from nothing an office or the city wrote: a default, or an open one. */
export function readingOf(fact: Fact): SourceReading | undefined {
  const evidence = fact.evidence.find((e) => e.where.file) ?? fact.evidence[0];
  const isStated = fact.state === 'known' || evidence?.source === 'cover';
  if (!isStated || fact.value === null) return undefined;
  const source = evidence?.source ?? 'derived';
  const where = evidence?.where ?? {};
  const own = where.file ? placeText(where) : (fact.reason ?? '');
  return { source, value: fact.value, where, place: PLACES[source] ?? own };
}
