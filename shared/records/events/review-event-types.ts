/** The types of the acts of reviewers (review-events.ts). */
export const REVIEW_EVENT_TYPES = [
  'review.claimed',
  'review.released',
  'review.handed_over',
  'review.set_aside',
  'review.ticked',
  'review.answered',
  'review.received',
  'review.advised',
  'review.file_removed',
  'review.withdrawal_asked',
  'review.withdrawal_refused',
  'review.closed',
] as const;
export type ReviewEventType = (typeof REVIEW_EVENT_TYPES)[number];
