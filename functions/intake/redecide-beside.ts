import type { Packet } from '../../shared/packet/packet.ts';
import { isSamePosition, type PacketPosition } from '../../shared/packet/position.ts';
import type { UploadSource } from '../../shared/packet/upload-source.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readActs } from '../../shared/records/events/read-acts.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readAnswers } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { showPacket } from '../../shared/records/steps/answer-packet.ts';
import { recordBeside } from '../../shared/records/steps/record-packet.ts';
import { reviewedOf } from '../../shared/records/steps/reviewed-of.ts';
import { settlePacket } from '../../shared/records/steps/settle-packet.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { decisionContext } from './decision-context.ts';
import type { IntakeDependencies } from './dependencies.ts';

/**
 * Scans of an upload were read: the packets of persons beside them get a further run, with the papers after their 送付票,
 * or because what they lack is not in the scans. Repeated, it finds the same answers and records nothing.
 * @throws Error where a packet has no answer yet
 */
export async function redecideBeside(
  deps: IntakeDependencies,
  upload: UploadReceived,
  source: UploadSource,
): Promise<void> {
  const { packetsBesideScans } = await deps.domain();
  const { ocrTexts } = await decisionContext(deps, upload);
  const answers = await collect(readAnswers(deps, upload.upload_id));
  const answered = Map.groupBy(answers, ({ position }) => position.packet);
  for await (const { packet, number } of packetsBesideScans(source, ocrTexts)) {
    const own = answered.get(number) ?? [];
    if (own.length === 0) throw new Error(`packet ${number} of upload ${upload.upload_id} has no answer yet`);
    for (const { packet_id, position } of own) await redecideOne(deps, upload, packet, packet_id, position);
  }
}

async function redecideOne(
  deps: IntakeDependencies,
  upload: UploadReceived,
  packet: Packet,
  packetId: string,
  position: PacketPosition,
): Promise<void> {
  const { decidePacket } = await deps.domain();
  for (;;) {
    const before = await readDecision(deps, packetId);
    // Erased meanwhile; or the packet of another upload, which has the same scans and is decided again with them.
    if (!before || !isOf(before, upload, position)) return;
    if (before.decision === 'accept' && !packet.beside?.joined) return;
    const reviewed = reviewedOf(await readActs(deps.store, packetId));
    const context = {
      ...(await decisionContext(deps, upload)),
      reviewed: { part: position.part, reviewed },
    };
    const verdict = (await Array.fromAsync(decidePacket(packet, context)))[position.part];
    if (!verdict) return;
    const decided = await recordBeside(deps, before, verdict);
    // Another run came in between: the papers join on top of it.
    if (!decided) continue;
    if (decided.because === 'beside') {
      await settlePacket(deps, decided);
      await showPacket(deps, upload, decided);
    }
    return;
  }
}

const isOf = (decided: PacketDecided, { upload_id }: UploadReceived, position: PacketPosition): boolean =>
  decided.upload_id === upload_id && isSamePosition(decided.position, position);
