import type { ReviewDecision } from '../../vocabulary/category.ts';
import type { ReviewItem } from '../views/review-item.ts';
import type { Draft } from './act-on-review.ts';

/**
 * The act by which a reviewer confirms, advises or returns. Advice ends the review unless the city's rules await what
 * follows from it: then the item stays until that came and a person confirms it.
 * @param on ISO date
 */
export function endingAct(
  item: Pick<ReviewItem, 'about_packet' | 'after_advice'>,
  decision: ReviewDecision,
  reason: string | null,
  on: string,
): Draft {
  const letter = decision === 'advised' ? (['letter'] as const) : [];
  if (decision === 'advised' && item.after_advice)
    return {
      type: 'review.advised',
      reason,
      on,
      awaits: item.after_advice.document,
      outbox: ['case', 'letter', 'remember', 'decide'],
    };
  // An awaited paper is no packet: nothing of it is decided again.
  if (item.about_packet)
    return {
      type: 'review.closed',
      reason,
      decision,
      about_packet: item.about_packet,
      outbox: ['case', ...letter],
    };
  return { type: 'review.closed', reason, decision, outbox: ['case', ...letter, 'decide'] };
}
