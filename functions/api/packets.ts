import { Hono } from 'hono';
import { mayReadPacket, readsWhole } from '../../shared/access/rights.ts';
import { compareMonths } from '../../shared/decision/compare-months.ts';
import { officeView } from '../../shared/decision/office-view.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { versionsOf } from '../../shared/records/events/read-case.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { auditOf, trailOf } from '../../shared/records/lifecycle/audit.ts';
import type { CaseRecord } from '../../shared/records/store/case-record.ts';
import { countedCase } from '../../shared/records/views/counted-case.ts';
import type { NoticeRecord } from '../../shared/records/views/letter.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { auditRead } from './audit-access.ts';
import { requireCity, requirePacket } from './caller.ts';
import type { ApiContext, Env } from './env.ts';
import { idOf, noSuch } from './params.ts';

/** How a person ended the review; who it was, the audit trail tells the city. */
const closingOf = ({ at, decision, reason }: NonNullable<ReviewItem['closed']>) => ({
  closed_at: at,
  decision,
  reason,
});

/** The packet that counts of the last earlier month with one the caller may read; of several, one of the same owner. */
async function packetBefore(c: ApiContext, { city, person, month, owner }: PacketDecided) {
  const { deps, caller } = c.var;
  const months = { until: month, newestFirst: true };
  const seen: CaseRecord[] = [];
  for await (const one of deps.store.index<CaseRecord>('cases', 'person', `${city}#${person}`, months)) {
    if (one.month >= month || one.superseded || one.erased) continue;
    if (seen.length > 0 && seen[0]!.month !== one.month) break;
    if (readsWhole(caller, one) || one.owner === owner) seen.push(one);
  }
  const own = seen.filter((one) => one.owner === owner);
  if (seen.length === 0) return null;
  const found = await readDecision(deps, countedCase(own.length > 0 ? own : seen).packet_id);
  return found && mayReadPacket(caller, found) ? found : null;
}

export const packets = new Hono<Env>()
  /**
   * The decision on a packet with its verdict and the versions of its case. An office gets the verdict without what it says
   * about other offices, and the time of the letter it was sent.
   */
  .get('/packets/:id', async (c) => {
    const { deps, caller } = c.var;
    const decided = await readDecision(deps, idOf(c));
    if (!decided) return noSuch();
    requirePacket(caller, decided);
    await auditRead(c, auditOf.case(decided), decided.packet_id);
    const [verdict, versions, review, notice] = await Promise.all([
      deps.results.readVerdict(decided),
      versionsOf(deps.store, decided),
      deps.store.get<ReviewItem>('reviews', { packet_id: decided.packet_id }),
      deps.store.get<NoticeRecord>('notices', { notice_id: decided.packet_id }),
    ]);
    const isWhole = readsWhole(caller, decided);
    // Of each packet its last run.
    const last = new Map(versions.map((version) => [version.packet_id, version]));
    const chain = [...last.values()].map(({ version, packet_id, upload_id, received_at, decision }) => ({
      version,
      packet_id,
      upload_id,
      received_at,
      decision,
    }));
    const { upload_id, received_at, at, run_id, review_due } = decided;
    return c.json({
      upload_id,
      received_at,
      decided_at: isWhole ? at : (notice?.at ?? at),
      ...(isWhole && { run_id, person: decided.person }),
      review_due,
      withdrawn_at: versions.findLast((one) => one.packet_id === decided.packet_id)?.withdrawn_at ?? null,
      review_state: review?.state ?? null,
      review: review?.closed ? closingOf(review.closed) : null,
      versions: chain,
      verdict: isWhole ? verdict : officeView(verdict),
    });
  })
  /** The packet beside the one of the last month before it that the caller may read: what was, what is, what changed. */
  .get('/packets/:id/before', async (c) => {
    const { deps, caller } = c.var;
    const decided = await readDecision(deps, idOf(c));
    if (!decided) return noSuch();
    requirePacket(caller, decided);
    await auditRead(c, auditOf.case(decided), decided.packet_id);
    const earlier = await packetBefore(c, decided);
    if (!earlier) return c.json({ packet_id: decided.packet_id, month: decided.month, before: null });
    await auditRead(c, auditOf.case(earlier), earlier.packet_id);
    const viewOf = async (one: PacketDecided) => {
      const verdict = await deps.results.readVerdict(one);
      return readsWhole(caller, one) ? verdict : officeView(verdict);
    };
    const [before, now] = await Promise.all([viewOf(earlier), viewOf(decided)]);
    return c.json({
      packet_id: decided.packet_id,
      month: decided.month,
      before: { packet_id: earlier.packet_id, month: earlier.month, decision: earlier.decision },
      ...compareMonths(before, now),
    });
  })
  /** The audit trail of the packet's case, for the city, which is responsible for it. */
  .get('/packets/:id/trail', async (c) => {
    const { deps, caller } = c.var;
    const decided = await readDecision(deps, idOf(c));
    if (!decided) return noSuch();
    requireCity(caller, decided.city);
    await auditRead(c, auditOf.case(decided), decided.packet_id);
    return c.json({ trail: await trailOf(deps.store, decided) });
  });
