import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import type { SplitPacket } from '../../shared/packet/upload-source.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { currentOf, versionsOf } from '../../shared/records/events/read-case.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import type { JoinsPacket } from '../../shared/records/events/upload-events.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { auditChange, type auditRead } from './audit-access.ts';
import { type Caller, requireOwnPacket } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';

/** Which packet an announced upload completes, and which of its files it replaces. */
export const joinsInput = z.strictObject({
  packet_id: z.string().regex(/^[A-Za-z0-9]{1,100}$/),
  replaces: z.array(z.string().min(1).max(1000)).max(500).default([]),
});

/** A request of the API, or of the function that only checks. */
interface Asked {
  var: { caller: Caller; deps: Pick<ApiDependencies, 'store' | 'now' | 'results'> };
  req: { method: string };
}

/**
 * The packet the announced files join, for the log, and the decision on it.
 * @param audit what the trail says of it: a dry run only reads
 * @throws HTTPException 403, 404; 409 where it is not the version that counts
 */
export async function joinedPacket(
  c: Asked,
  { packet_id, replaces }: z.infer<typeof joinsInput>,
  audit: typeof auditChange | typeof auditRead = auditChange,
): Promise<{ decided: PacketDecided; joins: JoinsPacket }> {
  const { deps, caller } = c.var;
  const decided = await readDecision(deps, packet_id);
  if (!decided)
    throw new HTTPException(404, { message: 'その番号の書類一式はありません。番号を確かめてください。' });
  requireOwnPacket(caller, decided);
  await audit(c, auditOf.case(decided), packet_id);
  const split = await splitOf(deps, decided);
  const current = currentOf(await versionsOf(deps.store, decided));
  if (current && current.packet_id !== packet_id)
    throw new HTTPException(409, {
      message: `この書類一式には、すでに新しい版（受付番号 ${current.upload_id}）があります。新しい版を開いて、そこに加えてください。`,
    });
  const { upload_id, position } = decided;
  const joins = { packet_id, upload_id, packet: position.packet, replaces, ...(split && { split }) };
  return { decided, joins };
}

/** Of a packet out of files of several persons its parts of them, as its verdict names them. */
async function splitOf(
  deps: Pick<ApiDependencies, 'results'>,
  decided: PacketDecided,
): Promise<SplitPacket | null> {
  const { packet, files } = await deps.results.readVerdict(decided);
  return files ? { name: packet, files } : null;
}
