import { HTTPException } from 'hono/http-exception';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { StoredUpload } from '../../shared/packet/stored-files.ts';
import type { UploadEntry } from '../../shared/packet/upload-entry.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readReceived, readRedaction } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { inboxBytes } from '../inbox-bytes.ts';
import { auditRead } from './audit-access.ts';
import { type Caller, requirePacket } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { ApiContext } from './env.ts';
import { idOf } from './params.ts';

/** A packet whose stored files the caller may see. */
export interface StoredPacket {
  decided: PacketDecided;
  verdict: PacketVerdict;
  entries: UploadEntry[];
}

/**
 * The packet of the path with its stored files, after the access is in the audit trail.
 * @param of which file, for the audit trail
 * @param requireRight throws where the caller may not see it
 * @throws HTTPException 403, 404
 */
export async function storedPacket(
  c: ApiContext,
  of?: string,
  requireRight: (caller: Caller, packet: PacketDecided) => void = requirePacket,
): Promise<StoredPacket> {
  const { deps, caller } = c.var;
  const decided = await readDecision(deps, idOf(c));
  const upload = decided && (await readReceived(deps, decided.upload_id));
  if (!decided || !upload) throw notFound();
  requireRight(caller, decided);
  const verdict = await deps.results.readVerdict(decided);
  const { storedFiles } = await deps.documents();
  // Of a file with papers of several persons the part of this one.
  const part = { packet: decided.position.packet, files: verdict.files ?? null };
  const entries = await storedFiles(await storedUpload(deps, upload), part);
  await auditRead(c, auditOf.case(decided), of ? `${decided.packet_id}/${of}` : decided.packet_id);
  return { decided, verdict, entries };
}

/** An upload with the one whose packet it joins. */
async function storedUpload(deps: ApiDependencies, upload: UploadReceived): Promise<StoredUpload> {
  const { name, joins } = upload;
  const base = joins && (await readReceived(deps, joins.upload_id));
  return {
    name,
    bytes: await inboxBytes(deps, upload),
    redaction: await readRedaction(deps, upload.upload_id),
    ...(joins && base && { joins: { ...joins, upload: await storedUpload(deps, base) } }),
  };
}

export const notFound = (): HTTPException =>
  new HTTPException(404, { message: 'その番号のものはありません。' });
