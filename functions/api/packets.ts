import { Hono } from 'hono';
import { versionsOf } from '../../shared/records/events/read-case.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { auditOf, trailOf } from '../../shared/records/lifecycle/audit.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { auditRead } from './audit-access.ts';
import { requireCity, requirePacket } from './caller.ts';
import type { Env } from './env.ts';

export const packets = new Hono<Env>();

/** The decision on a packet with its whole verdict and the versions of its case. */
packets.get('/packets/:id', async (c) => {
  const { deps, caller } = c.var;
  const decided = await readDecision(deps, c.req.param('id'));
  if (!decided) return c.notFound();
  requirePacket(caller, decided);
  await auditRead(c, auditOf.case(decided), decided.packet_id);
  const [verdict, versions, review] = await Promise.all([
    deps.results.readVerdict(decided),
    versionsOf(deps.store, decided),
    deps.store.get<ReviewItem>('reviews', { packet_id: decided.packet_id }),
  ]);
  const chain = versions.map(({ version, packet_id, upload_id, received_at, decision }) => ({
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
    decided_at: at,
    run_id,
    review_due,
    review_state: review?.state ?? null,
    versions: chain,
    verdict,
  });
});

/** The audit trail of the packet's case, for the city, which is responsible for it. */
packets.get('/packets/:id/trail', async (c) => {
  const { deps, caller } = c.var;
  const decided = await readDecision(deps, c.req.param('id'));
  if (!decided) return c.notFound();
  requireCity(caller, decided.city);
  await auditRead(c, auditOf.case(decided), decided.packet_id);
  return c.json({ trail: await trailOf(deps.store, decided) });
});
