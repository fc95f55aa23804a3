import { japanDate } from '../../shared/calendar/japan-time.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { readActs } from '../../shared/records/events/read-acts.ts';
import { readRuns } from '../../shared/records/events/read-packet.ts';
import type { ReviewEvent } from '../../shared/records/events/review-events.ts';
import { restoreDecision } from '../../shared/records/steps/restore-decision.ts';
import type { VerdictLostError } from '../../shared/records/store/result-store.ts';
import { log } from '../log.ts';
import { decideAgain } from './decide-again.ts';
import type { IntakeDependencies } from './dependencies.ts';

/**
 * The stored verdict of a packet is lost or changed: the packet is decided again from its stored upload, as of the day
 * of its decision. The result says so; where it differs from what was decided, a person looks at it.
 * @throws Error where the upload is lost too
 */
export async function restoreVerdict(deps: IntakeDependencies, lost: VerdictLostError): Promise<void> {
  const runs = await readRuns(deps, lost.packet_id);
  const decided = runs.find(({ verdict_key }) => verdict_key === lost.verdict_key);
  if (!decided) throw new Error(`verdict ${lost.verdict_key} is of no decision`);
  const asOfThen = { ...deps, now: () => new Date(decided.at) };
  const acts = (await readActs(deps.store, decided.packet_id)).filter(
    ({ act }) => act <= (decided.acts ?? 0),
  );
  const fresh = withEndOf(acts, await decideAgain(asOfThen, decided, acts), await deps.domain());
  const outcome = await restoreDecision(deps, runs, decided, fresh);
  log('warn', 'verdict restored', { packet_id: decided.packet_id, code: outcome });
}

/** A run that ended a review has its result. */
function withEndOf(
  acts: ReviewEvent[],
  verdict: PacketVerdict,
  { withReviewEnd }: Awaited<ReturnType<IntakeDependencies['domain']>>,
): PacketVerdict {
  const last = acts.at(-1);
  if (last?.type !== 'review.closed') return verdict;
  return withReviewEnd(verdict, last.decision, last.reason, japanDate(last.at));
}
