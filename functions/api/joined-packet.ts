import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { isLost } from '../../shared/findings/is-lost.ts';
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
 * @throws HTTPException 403, 404; 409 where it is not the version that counts, or its files were lost
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
  const verdict = await deps.results.readVerdict(decided);
  requireKept(verdict);
  const current = currentOf(await versionsOf(deps.store, decided));
  if (current && current.packet_id !== packet_id)
    throw new HTTPException(409, {
      message: `この書類一式には、すでに新しい版（受付番号 ${current.upload_id}）があります。新しい版を開いて、そこに加えてください。`,
    });
  const { upload_id, position } = decided;
  const joins = { packet_id, upload_id, packet: position.packet, replaces, ...splitOf(verdict) };
  return { decided, joins };
}

/** @throws HTTPException 409 where the files were lost: what joins them could not be read either */
export function requireKept(verdict: PacketVerdict): void {
  if (!isLost(verdict)) return;
  throw new HTTPException(409, {
    message:
      'この提出は、受付の故障により読み取れなくなったため、書類を追加できません。同じものを「送る」の画面から、新しい提出としてもう一度送ってください。',
  });
}

/** Of a packet out of files of several persons its parts of them, as its verdict names them. */
const splitOf = ({ packet, files }: PacketVerdict): { split?: SplitPacket } =>
  files ? { split: { name: packet, files } } : {};
