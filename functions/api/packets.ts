import { Hono } from 'hono';
import { factTexts } from '../../shared/decision/fact-text.ts';
import { versionsOf } from '../../shared/records/events/read-case.ts';
import { trailOf } from '../../shared/records/lifecycle/audit.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { packetState } from '../../shared/vocabulary/packet-state.ts';
import { requireCity } from './caller.ts';
import type { Env } from './env.ts';
import { readPacket, readShownRun } from './read-packet.ts';

/** How a person ended the review; who it was, the audit trail tells the city. */
const closingOf = ({ at, decision, reason }: NonNullable<ReviewItem['closed']>) => ({
  closed_at: at,
  decision,
  reason,
});

export const packets = new Hono<Env>()
  /**
   * The decision on a packet with its verdict and the versions of its case. An office gets the decision its letter is about,
   * without what it says about other offices.
   */
  .get('/packets/:id', async (c) => {
    const { deps } = c.var;
    const decided = await readPacket(c);
    const [{ run, verdict, isWhole }, versions, review] = await Promise.all([
      readShownRun(c, decided),
      versionsOf(deps.store, decided),
      deps.store.get<ReviewItem>('reviews', { packet_id: decided.packet_id }),
    ]);
    // Of each packet its last run.
    const last = new Map(versions.map((version) => [version.packet_id, version]));
    // A person who ended a review had it decided once more: the last run says how.
    const chain = [...last.values()].map((one) => ({
      version: one.version,
      packet_id: one.packet_id,
      upload_id: one.upload_id,
      received_at: one.received_at,
      state: packetState(one, null),
    }));
    const { upload_id, received_at, at, run_id, review_due } = run;
    return c.json({
      upload_id,
      received_at,
      decided_at: at,
      ...(isWhole && { run_id, person: decided.person, city: decided.city }),
      review_due,
      withdrawn_at: versions.findLast((one) => one.packet_id === decided.packet_id)?.withdrawn_at ?? null,
      review_state: review?.state ?? null,
      /** the office asked the reviewer to withdraw it */
      withdrawal: review?.withdrawal ?? null,
      review: review?.closed ? closingOf(review.closed) : null,
      versions: chain,
      verdict,
      /** values as a clerk reads them, by the path of their fact */
      fact_texts: factTexts(verdict.explanation.facts),
    });
  })
  /** The audit trail of the packet's case, for the city, which is responsible for it. */
  .get('/packets/:id/trail', async (c) => {
    const { deps } = c.var;
    const decided = await readPacket(c, (by, { city }) => requireCity(by, city));
    return c.json({ trail: await trailOf(deps.store, decided) });
  });
