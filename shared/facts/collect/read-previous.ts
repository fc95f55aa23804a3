import { type Finding, fileFinding } from '../../findings/finding.ts';
import { factValue } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { knownFact } from '../make-fact.ts';
import type { FactSources, KnownFacts } from './fact-sources.ts';

/** The category of the month before, from the records. It wins over the cover, and a difference is a finding. */
export function readPrevious({
  facts,
  previous,
}: Pick<FactSources & KnownFacts, 'facts' | 'previous'>): Found {
  if (!previous) return found([]);
  const given = factValue<string>(facts, 'previous_category');
  return found(
    [
      knownFact('previous_category', previous.category, '前月の受付の記録', [
        { source: 'record', where: {}, raw: '' },
      ]),
    ],
    given && given !== previous.category ? [contradiction()] : [],
  );
}

const contradiction = (): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    { file: 'packet.json' },
    '前月の区分が、送付票と受付の記録で違います。受付の記録で審査しました。',
    '前月の提出内容を確かめ、送付票の previous_category を直して出し直してください。',
  );
