import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readDecision, readShown } from '../../shared/records/events/read-packet.ts';
import { readReceived, readRedaction } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { answerPacket, showPacket } from '../../shared/records/steps/answer-packet.ts';
import { recordAgain } from '../../shared/records/steps/record-packet.ts';
import { settlePacket } from '../../shared/records/steps/settle-packet.ts';
import { withUpload } from '../fetch-upload.ts';
import { log } from '../log.ts';
import { decisionContext } from './decision-context.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { addFilesWithMyNumber, type FilesWithMyNumber, redactUpload } from './redact-upload.ts';

/** The scans of a packet were read: the packet is decided again with their text, and what follows from it follows once. */
export async function redecidePacket(desk: IntakeDependencies, packetId: string): Promise<void> {
  const before = await readDecision(desk, packetId);
  const upload = before && (await readReceived(desk, before.upload_id));
  if (!before || !upload) throw new Error(`packet ${packetId} was never decided`);
  // A redelivered message finds the second run there and only finishes the rest.
  if (before.run > 1) await settlePacket(desk, before);
  const decided = before.run > 1 ? before : await redecide(desk, upload, before);
  await showPacket(desk, upload, decided);
  await redactOthers(desk, decided);
  log('info', 'packet decided again', { packet_id: packetId, decision: decided.decision });
}

/** The second run of a packet; a stack that turned out to be of several persons gives packets of their own beside it. */
async function redecide(
  desk: IntakeDependencies,
  upload: UploadReceived,
  before: PacketDecided,
): Promise<PacketDecided> {
  const { decidePacket, findPacket, openUpload } = await desk.domain();
  return withUpload(desk, upload, async (file) => {
    const source = { name: upload.name, file, redaction: await readRedaction(desk, upload.upload_id) };
    const packet = await findPacket(source, before.digest);
    if (!packet) throw new Error(`packet ${before.packet_id} is not in its upload any more`);
    const verdicts = await Array.fromAsync(decidePacket(packet, await decisionContext(desk, upload)));
    const carriers: FilesWithMyNumber = new Map();
    for (const [part, verdict] of verdicts.entries()) {
      addFilesWithMyNumber(carriers, verdict);
      const position = { packet: before.position.packet, part };
      if (part > 0) await answerPacket(desk, upload, position, verdict, { picturesRead: true });
    }
    if (carriers.size > 0) await redactUpload(desk, upload, await openUpload(source), carriers);
    // The run comes last: while it is not there, a second delivery does all of this again and finds it done.
    return recordAgain(desk, before, verdicts[0]!);
  });
}

/** Other uploads brought the same packet and were answered before its pictures were read. */
async function redactOthers(desk: IntakeDependencies, decided: PacketDecided): Promise<void> {
  const carriers: FilesWithMyNumber = new Map();
  addFilesWithMyNumber(carriers, await desk.results.readVerdict(decided));
  if (carriers.size === 0) return;
  const { openUpload } = await desk.domain();
  for await (const { upload_id } of readShown(desk, decided.packet_id)) {
    const other = await readReceived(desk, upload_id);
    if (!other) continue;
    await withUpload(desk, other, async (file) => {
      const redaction = await readRedaction(desk, upload_id);
      await redactUpload(desk, other, await openUpload({ name: other.name, file, redaction }), carriers);
    });
  }
}
