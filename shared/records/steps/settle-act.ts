import { japanDate } from '../../calendar/japan-time.ts';
import type { EventOf } from '../events/event.ts';
import { answerKeys, ocrKeys } from '../events/event-keys.ts';
import { append, clearOutbox } from '../events/event-log.ts';
import { readDecision, readRuns } from '../events/read-packet.ts';
import type { AnswerRemembered, ReviewAnswered, ReviewEvent } from '../events/review-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { showReviewEnd } from '../views/case-view.ts';
import { showReviewedLines } from '../views/packet-line.ts';
import { refreshReview } from '../views/review-acts.ts';
import { refreshWatches } from '../views/watch-item.ts';

/** The acts something must follow from. */
export type UnsentAct = EventOf<
  'review.answered' | 'review.received' | 'review.advised' | 'review.file_removed' | 'review.closed'
>;

/** Does what the outbox of an act still lists, then clears it. Each is safe to repeat. Also called by the sweeper. */
export async function settleAct(records: RecordContext, act: UnsentAct): Promise<void> {
  const { packet_id } = act;
  await refreshReview(records.store, packet_id);
  for (const effect of act.outbox ?? []) {
    if (effect === 'case') await showEnd(records, act);
    else if (effect === 'remember') await remember(records, act);
    else if (effect === 'letter')
      await records.queues.send('notify', { kind: 'review_letter', packet_id, act: act.act });
    else await records.queues.send('intake', { kind: 'reviewed', packet_id });
  }
  await clearOutbox(records.store, act);
}

/** Marks the case, and requests the numbers of its area. */
async function showEnd(records: RecordContext, ended: UnsentAct): Promise<void> {
  const { packet_id, run, act } = ended;
  if (ended.type === 'review.closed' && ended.about_packet) {
    const about = await readDecision(records, ended.about_packet);
    const { touched } = about ? await refreshWatches(records, about) : { touched: [] };
    for (const area of touched) await records.queues.requestSummary(area, `act.${packet_id}.${act}`);
    return;
  }
  const decided = (await readRuns(records, packet_id)).find((one) => one.run === run);
  if (!decided) return;
  await showReviewEnd(records.store, decided);
  await showReviewedLines(records, decided);
  await records.queues.requestSummary(decided, `act.${packet_id}.${act}`);
}

/** Keeps what holds beyond the packet where later decisions find it: with the person, and with the file. */
async function remember(records: RecordContext, act: ReviewEvent): Promise<void> {
  if (act.type === 'review.answered') await confirmReadings(records, act);
  const decided = await readDecision(records, act.packet_id);
  const remembered = decided && rememberedOf(act);
  if (!remembered) return;
  await append(records.store, {
    ...answerKeys.remembered(decided, act.packet_id, act.act),
    at: act.at,
    packet_id: act.packet_id,
    owner: decided.owner,
    month: decided.month,
    on: japanDate(act.at),
    ...remembered,
  });
}

async function confirmReadings({ store }: RecordContext, act: ReviewAnswered): Promise<void> {
  for (const [n, answer] of act.answers.entries())
    if (answer.kind === 'reading') {
      const { digest, field, read, value } = answer;
      const key = ocrKeys.confirmed(digest, act.at, act.packet_id, n);
      await append(store, { ...key, at: act.at, digest, packet_id: act.packet_id, field, read, value });
    }
}

type Remembered = Pick<AnswerRemembered, 'facts' | 'files' | 'findings'>;

/** What an act leaves for later packets of the person; null: nothing. */
function rememberedOf(act: ReviewEvent): Remembered | null {
  const facts = factsOf([act]);
  if (act.type !== 'review.answered')
    return Object.keys(facts).length > 0 ? { facts, files: null, findings: [] } : null;
  const findings = act.answers.flatMap((answer) =>
    answer.kind === 'finding' && (answer.remember || !answer.holds)
      ? [{ key: answer.key, holds: answer.holds }]
      : [],
  );
  return Object.keys(facts).length > 0 || findings.length > 0 ? { facts, files: act.files, findings } : null;
}

/** The facts that acts give, the last one of a path. A document adds to those before it. */
export function factsOf(acts: ReviewEvent[]): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  const documents: string[] = [];
  for (const act of acts)
    if (act.type === 'review.advised')
      Object.assign(facts, { 'flags.advice_given': true, 'dates.advice': act.on });
    else if (act.type === 'review.received') documents.push(act.document);
    else if (act.type === 'review.answered')
      for (const answer of act.answers) if (answer.kind === 'fact') facts[answer.path] = answer.value;
  return documents.length > 0 ? { ...facts, documents } : facts;
}
