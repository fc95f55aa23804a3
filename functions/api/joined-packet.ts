import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { isLost } from '../../shared/findings/is-lost.ts';
import type { SplitPacket } from '../../shared/packet/upload-source.ts';
import type { CaseVersion } from '../../shared/records/events/case-events.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { currentOf, versionsOf, withdrawalOf } from '../../shared/records/events/read-case.ts';
import { readDecision, readPacketStream } from '../../shared/records/events/read-packet.ts';
import type { JoinsPacket } from '../../shared/records/events/upload-events.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import type { UploadLine } from '../../shared/records/views/upload-line.ts';
import { auditChange, type auditRead } from './audit-access.ts';
import { type Caller, requireOwnPacket } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';
import { PAGE } from './env.ts';

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
 * @throws HTTPException 403, 404; 409 where it is not the version that counts, was withdrawn, or its files were lost
 */
export async function joinedPacket(
  c: Asked,
  { packet_id, replaces }: z.infer<typeof joinsInput>,
  audit: typeof auditChange | typeof auditRead = auditChange,
): Promise<{ decided: PacketDecided; joins: JoinsPacket }> {
  const { deps, caller } = c.var;
  const { runs, moved } = await readPacketStream(deps, packet_id);
  const decided = runs.at(-1);
  if (!decided)
    throw new HTTPException(404, { message: 'その番号の書類一式はありません。番号を確かめてください。' });
  requireOwnPacket(caller, decided);
  await audit(c, auditOf.case(decided), packet_id);
  const verdict = await deps.results.readVerdict(decided);
  requireKept(verdict);
  requireCounting(packet_id, await versionsOf(deps.store, decided));
  const elsewhere = moved && (await readDecision(deps, moved.to));
  if (elsewhere) throw newerVersion(elsewhere);
  const { upload_id, position } = decided;
  const joins = { packet_id, upload_id, packet: position.packet, replaces, ...splitOf(verdict) };
  return { decided, joins };
}

/** @throws HTTPException 409 where the packet is not the version that counts, or was withdrawn */
function requireCounting(packetId: string, chain: CaseVersion[]): void {
  const current = currentOf(chain);
  const own = chain.findLast(({ packet_id }) => packet_id === packetId);
  const isLater = current && own && !current.withdrawn_at && current.version > own.version;
  if (own?.withdrawn_at && !isLater) throw withdrawn();
  if (current && current.packet_id !== packetId) throw newerVersion(current);
}

/** @throws HTTPException 409 where it was withdrawn */
export async function requireNotWithdrawn(
  { store }: Pick<ApiDependencies, 'store'>,
  decided: PacketDecided,
): Promise<void> {
  if (await withdrawalOf(store, decided)) throw withdrawn();
}

const withdrawn = (): HTTPException =>
  new HTTPException(409, {
    message:
      'この書類一式は取り下げられているため、書類を追加できません。必要な書類をすべてそろえ、「送る」の画面から、新しい提出として送ってください。',
  });

const newerVersion = ({ upload_id }: Pick<CaseVersion, 'upload_id'>): HTTPException =>
  new HTTPException(409, {
    message: `この書類一式には、すでに新しい版（受付番号 ${upload_id}）があります。新しい版を開いて、そこに加えてください。`,
  });

/** Minutes after its arrival when an upload without its answer hangs: the operator looks at it, and others may come. */
const HANGS_AFTER = 60;

/**
 * Of two uploads that complete one packet at the same time, the later one would lack the papers of the other.
 * @param list the sender's own list
 * @throws HTTPException 409 where an earlier one has arrived and awaits its answer
 */
export async function requireAnswered(
  { store, now }: Pick<ApiDependencies, 'store' | 'now'>,
  list: string,
  packetId: string,
): Promise<void> {
  const since = new Date(now().getTime() - HANGS_AFTER * 60_000).toISOString();
  const { items } = await store.indexPage<UploadLine>('submissions', 'office', list, {
    newestFirst: true,
    limit: PAGE,
  });
  const waiting = items.find(
    ({ joins, state, received_at }) => joins === packetId && state !== 'finished' && received_at > since,
  );
  if (!waiting) return;
  throw new HTTPException(409, {
    message: `この書類一式に加える書類（受付番号 ${waiting.upload_id}）を受け付け、いま審査しています。結果が出るのを待ち、その新しい版を開いて、そこに加えてください。`,
  });
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
