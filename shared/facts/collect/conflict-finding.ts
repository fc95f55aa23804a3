import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { Fact } from '../fact.ts';

/** Two documents disagree about something only a 被保険者証 can settle. Empty for a fact without conflict. */
export function conflictFinding(fact: Fact | undefined, label: string): Finding[] {
  if (fact?.state !== 'conflicting') return [];
  return [
    fileFinding(
      'F_FACT_CONFLICT',
      'review',
      fact.evidence[0]!.where,
      `${label}が書類の間で違います（${fact.reason ?? ''}）。`,
      '被保険者証で確かめ、違っている書類を直して出し直してください。',
    ),
  ];
}
