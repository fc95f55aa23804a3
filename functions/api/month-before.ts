import { Hono } from 'hono';
import { mayReadPacket, readsWhole } from '../../shared/access/rights.ts';
import { compareMonths } from '../../shared/decision/compare-months.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { countedCase } from '../../shared/records/views/counted-case.ts';
import type { PersonCase } from '../../shared/records/views/person-months.ts';
import { auditRead } from './audit-access.ts';
import type { ApiContext, Env } from './env.ts';
import { readPacket, readShownRun } from './read-packet.ts';

export const monthBefore = new Hono<Env>()
  /** The packet beside the one of the last month before it that the caller may read: what was, what is, what changed. */
  .get('/packets/:id/before', async (c) => {
    const decided = await readPacket(c);
    const { packet_id, month } = decided;
    const earlier = await packetBefore(c, decided);
    if (!earlier) return c.json({ packet_id, month, before: null, compared: null });
    await auditRead(c, auditOf.case(earlier), earlier.packet_id);
    const [was, is] = await Promise.all([readShownRun(c, earlier), readShownRun(c, decided)]);
    const before = { packet_id: earlier.packet_id, month: earlier.month, decision: was.verdict.decision };
    return c.json({ packet_id, month, before, compared: compareMonths(was.verdict, is.verdict) });
  });

/** The packet that counts of the last earlier month with one the caller may read; of several, one of the same owner. */
async function packetBefore(c: ApiContext, { city, person, month, owner }: PacketDecided) {
  const { deps, caller } = c.var;
  const months = { until: month, newestFirst: true };
  const seen: PersonCase[] = [];
  for await (const one of deps.store.index<PersonCase>('cases', 'person', `${city}#${person}`, months)) {
    if (one.month >= month || one.superseded || one.erased) continue;
    if (seen.length > 0 && seen[0]!.month !== one.month) break;
    if (readsWhole(caller, one) || one.owner === owner) seen.push(one);
  }
  const own = seen.filter((one) => one.owner === owner);
  if (seen.length === 0) return null;
  const found = await readDecision(deps, countedCase(own.length > 0 ? own : seen).packet_id);
  return found && mayReadPacket(caller, found) ? found : null;
}
