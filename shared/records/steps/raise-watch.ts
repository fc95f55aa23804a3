import { type Finding, fileFinding } from '../../findings/finding.ts';
import { fill } from '../../rules/rule-context.ts';
import { type CaseId, watchKeys } from '../events/event-keys.ts';
import { append, clearOutbox } from '../events/event-log.ts';
import { readDecision } from '../events/read-packet.ts';
import { type PersonWatch, readWatches } from '../events/read-watches.ts';
import type { WatchRaised } from '../events/watch-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import { refreshReview } from '../views/review-acts.ts';
import { headlineOf, reviewItem } from '../views/review-item.ts';
import { refreshWatches } from '../views/watch-item.ts';

/** Raises what is overdue of a person on `today`, once each. Returns how many were raised now. */
export async function raiseOverdue(
  records: RecordContext,
  person: Pick<CaseId, 'city' | 'person'>,
  today: string,
): Promise<number> {
  const { watches } = await readWatches(records.store, person);
  let raised = 0;
  for (const { watch_id, state, due } of watches) {
    if (state !== 'waiting' || due === null || due >= today) continue;
    const { city, person: key } = person;
    const event: WatchRaised = {
      ...watchKeys.raised(person, watch_id),
      at: records.now().toISOString(),
      watch_id,
      city,
      person: key,
      due,
      outbox: ['review'],
    };
    if (!(await append(records.store, event))) continue;
    await settleWatch(records, event);
    raised++;
  }
  await refreshWatches(records, person);
  return raised;
}

/**
 * Puts the review item of a raised watch on the queue of the area, unless what was awaited has come meanwhile, and requests
 * the numbers of its month.
 */
export async function settleWatch(records: RecordContext, raised: WatchRaised): Promise<void> {
  await openWatchReview(records, raised);
  const { touched } = await refreshWatches(records, raised);
  for (const area of touched) await records.queues.requestSummary(area, `raised.${raised.watch_id}`);
  await clearOutbox(records.store, raised);
}

/** Also for a rebuild: an item that exists stays as it is. */
export async function openWatchReview(records: RecordContext, raised: WatchRaised): Promise<boolean> {
  const { watches } = await readWatches(records.store, raised);
  const watch = watches.find(({ watch_id }) => watch_id === raised.watch_id);
  if (!watch) return false;
  const decided = await readDecision(records, watch.opened.packet_id);
  if (!decided) return false;
  const verdict = await records.results.readVerdict(decided);
  const finding = overdueFinding(watch);
  const item = {
    ...reviewItem({ ...decided, review_due: raised.due }, verdict),
    packet_id: watch.watch_id,
    due: `${raised.due}#${watch.watch_id}`,
    why: 'overdue' as const,
    kind: 'overdue' as const,
    headline: headlineOf([finding]),
    about_packet: decided.packet_id,
    reason: finding.message,
    area: watch.opened.area,
    findings: [finding],
    findings_total: 1,
    checklist: [],
    deadlines: [],
    // Entered in the item of the packet itself.
    receivable: [],
    open_facts: [],
    opened_at: raised.at,
    run: 1,
  };
  const isOpened = await records.store.putIf('reviews', item, {
    expression: 'attribute_not_exists(packet_id)',
  });
  // A person ended it before what was awaited came: a rebuild meets both at once.
  await refreshReview(records.store, watch.watch_id);
  // Read after the item is stored: a packet that comes in between finds the item, or is found here.
  await refreshWatches(records, raised);
  return isOpened;
}

function overdueFinding({ watch, start, due }: PersonWatch): Finding {
  const words = { what: watch.what, start: start ?? '', due: due ?? '' };
  const { code, severity, rule, edition, citation } = watch;
  return {
    ...fileFinding(code, severity, {}, fill(watch.message, words), fill(watch.remedy, words)),
    rule,
    rules: [rule],
    edition,
    citation,
  };
}
