import { japanDate } from '../../calendar/japan-time.ts';
import { nothingReviewed, type Reviewed } from '../../decision/reviewed.ts';
import type { ReviewEvent } from '../events/review-events.ts';
import { factsOf } from './settle-act.ts';

/** What the acts on a packet give its next decision. */
export function reviewedOf(acts: ReviewEvent[]): Reviewed {
  const reviewed = nothingReviewed();
  for (const act of acts) {
    const on = japanDate(act.at);
    for (const [path, value] of Object.entries(factsOf([act])))
      reviewed.facts.push({ path, value, on, files: null });
    if (act.type !== 'review.answered') continue;
    for (const answer of act.answers)
      if (answer.kind === 'finding' && answer.holds)
        reviewed.findings.set(answer.key, { on, remembered: false });
      else if (answer.kind === 'finding') reviewed.findings.delete(answer.key);
  }
  return reviewed;
}
