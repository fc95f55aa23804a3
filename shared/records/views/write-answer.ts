import { listKey } from '../../access/sender.ts';
import type { Registry } from '../../registry/registry.ts';
import { packetKeys } from '../events/event-keys.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { readPacketStream } from '../events/read-packet.ts';
import { readUpload } from '../events/read-upload.ts';
import type { RecordContext } from '../store/record-context.ts';
import { answerKey, writeLetter } from './letter.ts';
import { packetLine } from './packet-line.ts';
import { noticeOf, readSources, recordNotice, writeNotice } from './write-notice.ts';
import {
  type FinishedUpload,
  receiptOf,
  recordReceipt,
  requireFinished,
  writeReceipt,
} from './write-receipt.ts';

/**
 * Writes the receipt of a finished upload, and the notice of its only packet, which no other message asks for. Both are one
 * object where neither was written and they belong below one prefix: they come from the first decision, so that a second
 * delivery writes the same bytes.
 */
export async function writeAnswer(
  records: RecordContext,
  uploadId: string,
  registryOf?: (city: string) => Promise<Registry | null>,
): Promise<void> {
  const read = await readUpload(records, uploadId);
  const upload = requireFinished(read, uploadId);
  const packetId = onlyPacketOf(upload);
  const decided = packetId ? await decisionToAnswer(records, upload, packetId) : null;
  if (decided) return writeTogether(records, upload, decided, registryOf);
  if (packetId) await writeNotice(records, packetId, { run: 1, ...(registryOf && { registryOf }) });
  await writeReceipt(records, uploadId, { read });
}

/** The packet of an upload of one, which was decided in it. */
function onlyPacketOf({ answers }: FinishedUpload): string | null {
  const [answer, ...others] = answers;
  return answer && others.length === 0 && answer.outcome === 'decided' && !answer.erased
    ? answer.packet_id
    : null;
}

/** The only decision on a packet, where neither its notice nor the receipt was written; or null. */
async function decisionToAnswer(
  records: RecordContext,
  { received, receipt }: FinishedUpload,
  packetId: string,
): Promise<PacketDecided | null> {
  if (receipt) return null;
  const packet = await readPacketStream(records, packetId);
  const [decided, ...later] = packet.runs;
  if (!decided || later.length > 0 || packet.has(packetKeys.notice(packetId, 1))) return null;
  return decided.owner === listKey(received.sender) ? decided : null;
}

async function writeTogether(
  records: RecordContext,
  upload: FinishedUpload,
  decided: PacketDecided,
  registryOf?: (city: string) => Promise<Registry | null>,
): Promise<void> {
  const sources = await readSources(records, decided, registryOf);
  const notice = noticeOf(decided, sources);
  const line = packetLine(upload.received, decided.position, decided, sources.verdict, null);
  const receipt = receiptOf(upload, [line]);
  const key = answerKey(decided.owner, decided.upload_id);
  const stored = await writeLetter(
    records,
    { ...notice.unstored, key },
    { ...notice.letter, receipt: receipt.letter },
  );
  await recordNotice(records, stored, decided);
  await recordReceipt(records, upload, { ...receipt.unstored, key, digest: stored.digest! });
}
