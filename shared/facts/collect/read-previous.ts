import type { Evidence } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { knownFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** The category of the month before, from the records. It wins over the cover. */
export function readPrevious({ previous }: Pick<FactSources, 'previous'>): Found {
  if (!previous) return found([]);
  const record: Evidence = { source: 'record', where: {}, raw: '' };
  return found([knownFact('previous_category', previous.category, '前月の受付の記録', [record])]);
}
