import { HTTPException } from 'hono/http-exception';
import { mayReadPacket, mayReadUpload, readsWhole } from '../../shared/access/rights.ts';
import type { StoredFiles, StoredUpload } from '../../shared/packet/stored-files.ts';
import type { UploadEntry } from '../../shared/packet/upload-entry.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readParts, readReceived, readRedaction } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { PACKET_PARTS, type PacketLine } from '../../shared/records/views/packet-line.ts';
import { inboxBytes } from '../inbox-bytes.ts';
import { auditRead } from './audit-access.ts';
import { requirePacket } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { ApiContext } from './env.ts';
import { idOf } from './params.ts';

/** A packet whose stored files the caller may see. */
export interface StoredPacket {
  decided: PacketDecided;
  entries: UploadEntry[];
}

/**
 * The packet of the path with its stored files, after the access is in the audit trail.
 * @param of which file, for the audit trail
 * @throws HTTPException 403, 404
 */
export async function storedPacket(c: ApiContext, of?: string): Promise<StoredPacket> {
  const { deps, caller } = c.var;
  const decided = await readDecision(deps, idOf(c));
  const upload = decided && (await readReceived(deps, decided.upload_id));
  if (!decided || !upload) throw notFound();
  requirePacket(caller, decided);
  const { entries, isSplit } = await filesOf(deps, decided, upload);
  await requireWholeStack(c, decided);
  if (isSplit) await requireWholeUpload(c, decided);
  await auditRead(c, auditOf.case(decided), of ? `${decided.packet_id}/${of}` : decided.packet_id);
  return { decided, entries };
}

/** The stored files of a packet, without asking who may see them. */
export async function filesOf(
  deps: ApiDependencies,
  decided: PacketDecided,
  upload: UploadReceived,
): Promise<StoredFiles> {
  const { storedFiles } = await deps.documents();
  const { documents } = await deps.results.readVerdict(decided);
  const read = new Set(documents.map(({ file }) => file));
  return storedFiles(await storedUpload(deps, upload), decided.position.packet, read);
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

/** Papers of several persons in one file: a caller who may not see one of them may not open the file. */
async function requireWholeStack(
  { var: { deps, caller } }: ApiContext,
  decided: PacketDecided,
): Promise<void> {
  if (mayReadUpload(caller, decided.sender)) return;
  for (const { packet_id, erased } of await readParts(deps, decided.upload_id, decided.position)) {
    if (packet_id === decided.packet_id || erased) continue;
    const other = await readDecision(deps, packet_id);
    if (other && !mayReadPacket(caller, other)) throw sharedFile();
  }
}

/** Which packets have a part of a file is not stored: every packet of the upload must be the caller's to see. */
async function requireWholeUpload(
  { var: { deps, caller } }: ApiContext,
  { upload_id, sender }: PacketDecided,
): Promise<void> {
  if (mayReadUpload(caller, sender)) return;
  const lines = deps.store.partition<PacketLine>('submissions', upload_id, { begins: PACKET_PARTS });
  for await (const { city, area } of lines)
    if (!readsWhole(caller, { city: city ?? '', area: area ?? '' })) throw sharedFile();
}

const sharedFile = (): HTTPException =>
  new HTTPException(403, {
    message:
      'この書類は、担当の圏域ではない方の書類と一つのファイルになっているため、開けません。事業所に、この方の書類だけを送るよう伝えてください。',
  });

export const notFound = (): HTTPException =>
  new HTTPException(404, { message: 'その番号のものはありません。' });
