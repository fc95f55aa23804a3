import { japanDate } from '../../shared/calendar/japan-time.ts';
import type { ReviewEvent } from '../../shared/records/events/review-events.ts';
import { actOnReview, type Refusal, type Reviewer } from '../../shared/records/steps/act-on-review.ts';
import { endingAct } from '../../shared/records/steps/end-review.ts';
import type { RecordContext } from '../../shared/records/store/record-context.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import type { ReviewDecision } from '../../shared/vocabulary/category.ts';

export const REVIEWER: Reviewer = { by: 'clerk-1', by_name: '包括 花子', role: 'hokatsu' };
export const COLLEAGUE: Reviewer = { by: 'clerk-2', by_name: '包括 次郎', role: 'hokatsu' };

/** Confirms, advises or returns. */
export const endReview = (
  records: RecordContext,
  item: ReviewItem,
  decision: ReviewDecision,
  { reason = null, reviewer = REVIEWER }: { reason?: string | null; reviewer?: Reviewer } = {},
): Promise<ReviewEvent | Refusal> =>
  actOnReview(
    records,
    item,
    reviewer,
    endingAct(item, decision, reason, japanDate(records.now().toISOString())),
  );
