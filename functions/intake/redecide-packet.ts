import type { Packet } from '../../shared/packet/packet.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readActs } from '../../shared/records/events/read-acts.ts';
import { readRuns, readShown } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { answerPacket, showPacket } from '../../shared/records/steps/answer-packet.ts';
import { recordAgain } from '../../shared/records/steps/record-packet.ts';
import { reviewedOf } from '../../shared/records/steps/reviewed-of.ts';
import { settlePacket } from '../../shared/records/steps/settle-packet.ts';
import { log } from '../log.ts';
import { withSource } from '../stored-source.ts';
import { decisionContext } from './decision-context.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { addFilesWithMyNumber, type FilesWithMyNumber } from './my-number-files.ts';
import { redactUpload } from './redact-upload.ts';
import { redecideBeside } from './redecide-beside.ts';

/** The pictures of a packet were read: it is decided again with their text, once. */
export async function redecidePacket(deps: IntakeDependencies, packetId: string): Promise<void> {
  const runs = await readRuns(deps, packetId);
  const before = runs.at(-1);
  const upload = before && (await readReceived(deps, before.upload_id));
  if (!before || !upload) throw new Error(`packet ${packetId} was never decided`);
  const isRead = runs.some(({ because }) => because === 'ocr');
  // A redelivered message finds the run and only finishes what is left.
  if (isRead) await settlePacket(deps, before);
  const decided = isRead ? before : await redecide(deps, upload, before);
  await showPacket(deps, upload, decided);
  await redactOthers(deps, decided);
  log('info', 'packet decided again', { packet_id: packetId, decision: decided.decision });
}

/** A further run of a packet; a stack of several persons' papers gives further packets beside it. */
async function redecide(
  deps: IntakeDependencies,
  upload: UploadReceived,
  before: PacketDecided,
): Promise<PacketDecided> {
  const { decidePacket, withPacket, openUpload } = await deps.domain();
  return withSource(deps, upload, async (source) => {
    const reviewed = reviewedOf(await readActs(deps.store, before.packet_id));
    const context = { ...(await decisionContext(deps, upload)), reviewed: { part: 0, reviewed } };
    const again = async (packet: Packet) => ({
      verdicts: await Array.fromAsync(decidePacket(packet, context)),
      isBesidePersons: packet.given !== undefined,
    });
    const found = await withPacket(source, before.digest, again, context.ocrTexts);
    if (!found) throw new Error(`packet ${before.packet_id} is not in its upload any more`);
    const { verdicts, isBesidePersons } = found;
    const files: FilesWithMyNumber = new Map();
    for (const [part, verdict] of verdicts.entries()) {
      addFilesWithMyNumber(files, verdict);
      const position = { packet: before.position.packet, part };
      if (part > 0) await answerPacket(deps, upload, position, verdict, { picturesRead: true });
    }
    if (files.size > 0) await redactUpload(deps, upload, await openUpload(source), files);
    if (isBesidePersons) {
      await redecideBeside(deps, upload, source);
      await redecideBesideOthers(deps, before.packet_id);
    }
    // The run is recorded last: before that, a second delivery repeats all steps.
    return recordAgain(deps, before, verdicts[0]!);
  });
}

/** Other uploads contain the same scans, beside other packets. */
async function redecideBesideOthers(deps: IntakeDependencies, packetId: string): Promise<void> {
  for await (const { upload_id } of readShown(deps, packetId)) {
    const other = await readReceived(deps, upload_id);
    if (other) await withSource(deps, other, (source) => redecideBeside(deps, other, source));
  }
}

/** Other uploads contain the same packet and were answered before its pictures were read. */
async function redactOthers(deps: IntakeDependencies, decided: PacketDecided): Promise<void> {
  const files: FilesWithMyNumber = new Map();
  addFilesWithMyNumber(files, await deps.results.readVerdict(decided));
  if (files.size === 0) return;
  const { openUpload } = await deps.domain();
  for await (const { upload_id } of readShown(deps, decided.packet_id)) {
    const other = await readReceived(deps, upload_id);
    if (!other) continue;
    await withSource(deps, other, async (source) =>
      redactUpload(deps, other, await openUpload(source), files),
    );
  }
}
