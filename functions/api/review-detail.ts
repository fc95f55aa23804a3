import { Hono } from 'hono';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { withReviewEnd } from '../../shared/decision/reviewed.ts';
import { findingKey } from '../../shared/findings/finding.ts';
import { isEvent, type RecordEvent } from '../../shared/records/events/event.ts';
import { packetStream } from '../../shared/records/events/event-keys.ts';
import { readStream } from '../../shared/records/events/event-log.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { holderAt, unheardAnswers } from '../../shared/records/events/read-acts.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { REVIEW_EVENTS, type ReviewEvent } from '../../shared/records/events/review-events.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { loadRegistry } from '../../shared/records/store/registry-store.ts';
import { readColleagues } from '../../shared/records/views/colleagues.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { letterOf, overdueOf } from '../../shared/records/views/write-review-letter.ts';
import { reviewSentences } from '../../shared/rules/review-sentences.ts';
import type { DecisionOutcome, ReviewDecision } from '../../shared/vocabulary/category.ts';
import { isGivenFact } from '../../shared/vocabulary/fact-labels.ts';
import { factShape } from '../../shared/vocabulary/fact-shapes.ts';
import { wordsOfFact } from '../../shared/vocabulary/words-of-fact.ts';
import { auditRead } from './audit-access.ts';
import { mayReview, requireArea } from './caller.ts';
import type { Env } from './env.ts';
import { body } from './inputs.ts';
import { idOf, noSuch } from './params.ts';
import { closing, readClosing } from './review-input.ts';
import { itemOf } from './reviewer.ts';

export const reviewDetail = new Hono<Env>()
  /** One item whole: its questions, what was done with it, who works on it, the sentences to start from. */
  .get('/review/:id', async (c) => {
    const { deps, caller } = c.var;
    const item = await deps.store.get<ReviewItem>('reviews', { packet_id: idOf(c) });
    if (!item) return noSuch();
    requireArea(caller, item.city, item.area);
    const decided = await readDecision(deps, item.about_packet ?? item.packet_id);
    if (!decided) return noSuch();
    await auditRead(c, auditOf.case(decided), item.packet_id);
    const [events, colleagues] = await Promise.all([
      collect(readStream(deps.store, packetStream(item.packet_id))),
      readColleagues(deps.store, item.city, item.area),
    ]);
    const acts = events.filter(isEvent(...REVIEW_EVENTS));
    const month = /^\d{4}-\d{2}$/.test(item.month) ? item.month : undefined;
    return c.json({
      item: { ...item, findings: item.findings.map((finding) => ({ ...finding, key: findingKey(finding) })) },
      me: caller.subject,
      may_act: mayReview(caller, item),
      today: japanDate(deps.now().toISOString()),
      holder: holderAt({ holder: item.holder ?? null }, deps.now().toISOString()),
      /** what was entered is not decided on yet */
      pending: item.state === 'open' && unheardAnswers(acts, decided.acts ?? 0).length > 0,
      open_facts: (item.open_facts ?? []).filter(({ fact }) => isGivenFact(fact)).map(questionOf),
      history: historyOf(events),
      colleagues: colleagues.filter(({ subject }) => subject !== caller.subject),
      sentences: cityHasRules(item.city) ? reviewSentences(item.city, month) : [],
    });
  })
  /** The letter the office would get, before anything is done. */
  .post('/review/:id/preview', body(closing, readClosing), async (c) => {
    const { deps } = c.var;
    const { decision, reason } = c.req.valid('json');
    const item = await itemOf(c);
    const decided = await readDecision(deps, item.about_packet ?? item.packet_id);
    if (!decided) return noSuch();
    const at = deps.now().toISOString();
    const [verdict, registry] = await Promise.all([
      deps.results.readVerdict(decided),
      loadRegistry(deps.store, decided.city),
    ]);
    const next = (item.acts ?? 0) + 1;
    if (decision === 'advised') {
      const overdue = item.about_packet ? await overdueOf(deps, decided, item.packet_id) : null;
      const act = { at, act: next, reason: reason ?? null };
      return c.json({
        kind: 'advice' as const,
        letter: letterOf(decided, verdict, registry, act, overdue),
      });
    }
    const { findings, decision: outcome } = withReviewEnd(verdict, decision, reason ?? null, japanDate(at));
    return c.json({ kind: 'notice' as const, decision: outcome, findings });
  });

const cityHasRules = (city: string): boolean => !city.startsWith('_');

type OpenFact = NonNullable<ReviewItem['open_facts']>[number];

/** A fact the reviewer may answer, with the words that may be chosen. */
const questionOf = ({ fact, label, rules }: OpenFact) => ({
  fact,
  label,
  rules,
  shape: factShape(fact),
  words: wordsOfFact(fact).map(({ key, name }) => ({ key, name })),
});

/** What happened to the packet, as its case tells it: runs and acts, the newest first. */
const historyOf = (events: RecordEvent[]): HistoryLine[] =>
  events
    .flatMap((event): HistoryLine[] => {
      if (event.type === 'packet.decided') {
        const { at, run, because = null, decision } = event;
        return [{ at, what: 'decided', run, because, decision, by: null, reason: null }];
      }
      return isEvent(...REVIEW_EVENTS)(event) ? [lineOf(event)] : [];
    })
    .sort((a, b) => b.at.localeCompare(a.at));

interface HistoryLine {
  at: string;
  what: 'decided' | ReviewEvent['type'];
  run: number;
  because: PacketDecided['because'] | null;
  decision: DecisionOutcome | ReviewDecision | null;
  /** null: the desk itself */
  by: string | null;
  reason: string | null;
}

const lineOf = (act: ReviewEvent): HistoryLine => ({
  at: act.at,
  what: act.type,
  run: act.run,
  because: null,
  decision: act.type === 'review.closed' ? act.decision : null,
  by: act.by_name ?? act.by,
  reason: act.reason ?? detailOf(act),
});

function detailOf(act: ReviewEvent): string | null {
  if (act.type === 'review.handed_over') return act.to_name ?? act.to;
  if (act.type === 'review.received') return act.on;
  return act.type === 'review.set_aside' ? act.until : null;
}
