import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { isSamePosition } from '../../shared/packet/position.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import type { ReviewEvent } from '../../shared/records/events/review-events.ts';
import { reviewedOf } from '../../shared/records/steps/reviewed-of.ts';
import { withSource } from '../stored-source.ts';
import { decisionContext } from './decision-context.ts';
import type { IntakeDependencies } from './dependencies.ts';

/**
 * Decides a stored packet from its upload as it is now.
 * @param acts what reviewers did with it
 */
export async function decideAgain(
  deps: IntakeDependencies,
  decided: PacketDecided,
  acts: ReviewEvent[],
): Promise<PacketVerdict> {
  const upload = await readReceived(deps, decided.upload_id);
  if (!upload) throw new Error(`upload ${decided.upload_id} was never received`);
  const { decideOpened, decidePacket, withPacket, openUpload } = await deps.domain();
  return withSource(deps, upload, async (source) => {
    const context = {
      ...(await decisionContext(deps, upload)),
      reviewed: { part: decided.position.part, reviewed: reviewedOf(acts) },
    };
    const verdicts = await withPacket(
      source,
      decided.digest,
      (packet) => Array.fromAsync(decidePacket(packet, context)),
      context.ocrTexts,
    );
    const verdict = verdicts?.[decided.position.part];
    if (verdict) return verdict;
    // What is wrong with an upload as a whole is no packet in it.
    for await (const { position, verdict } of decideOpened(await openUpload(source), context))
      if (isSamePosition(position, decided.position)) return verdict;
    throw new Error(`packet ${decided.packet_id} is not in its upload any more`);
  });
}
