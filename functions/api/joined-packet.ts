import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { currentOf, versionsOf } from '../../shared/records/events/read-case.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import type { JoinsPacket } from '../../shared/records/events/upload-events.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { auditChange } from './audit-access.ts';
import { requireOwnPacket } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { ApiContext } from './env.ts';
import { filesOf } from './stored-packet.ts';

/** Which packet an announced upload completes, and which of its files it replaces. */
export const joinsInput = z.strictObject({
  packet_id: z.string().regex(/^[A-Za-z0-9]{1,100}$/),
  replaces: z.array(z.string().min(1).max(1000)).max(500).default([]),
});

/**
 * The packet the announced files join, for the log, and the decision on it.
 * @throws HTTPException 403, 404; 409 where it is not the version that counts, or was split out of the papers of several persons
 */
export async function joinedPacket(
  c: ApiContext,
  { packet_id, replaces }: z.infer<typeof joinsInput>,
): Promise<{ decided: PacketDecided; joins: JoinsPacket }> {
  const { deps, caller } = c.var;
  const decided = await readDecision(deps, packet_id);
  if (!decided)
    throw new HTTPException(404, { message: 'その番号の書類一式はありません。番号を確かめてください。' });
  requireOwnPacket(caller, decided);
  await auditChange(c, auditOf.case(decided), packet_id);
  if (decided.position.part > 0 || (await isSplit(deps, decided)))
    throw new HTTPException(409, {
      message:
        '何人分かをまとめたファイルから分けたものには、書類を加えられません。この利用者の書類一式をまとめて送り直してください。',
    });
  const current = currentOf(await versionsOf(deps.store, decided));
  if (current && current.packet_id !== packet_id)
    throw new HTTPException(409, {
      message: `この書類一式には、すでに新しい版（受付番号 ${current.upload_id}）があります。新しい版を開いて、そこに加えてください。`,
    });
  const { upload_id, position } = decided;
  return { decided, joins: { packet_id, upload_id, packet: position.packet, replaces } };
}

async function isSplit(deps: ApiDependencies, decided: PacketDecided): Promise<boolean> {
  const upload = await readReceived(deps, decided.upload_id);
  return upload !== null && (await filesOf(deps, decided, upload)).isSplit;
}
