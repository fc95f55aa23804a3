import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { isSamePosition } from '../../shared/packet/position.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readRuns } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import { restoreDecision } from '../../shared/records/steps/restore-decision.ts';
import type { VerdictLostError } from '../../shared/records/store/result-store.ts';
import { log } from '../log.ts';
import { withSource } from '../stored-source.ts';
import { decisionContext } from './decision-context.ts';
import type { IntakeDependencies } from './dependencies.ts';

/**
 * The stored verdict of a packet is lost or changed: the packet is decided again from its stored upload, as of the day
 * of its decision. The result says so; where it differs from what was decided, a person looks at it.
 * @throws Error where the upload is lost too
 */
export async function restoreVerdict(deps: IntakeDependencies, lost: VerdictLostError): Promise<void> {
  const runs = await readRuns(deps, lost.packet_id);
  const decided = runs.find(({ verdict_key }) => verdict_key === lost.verdict_key);
  if (!decided) throw new Error(`verdict ${lost.verdict_key} is of no decision`);
  const outcome = await restoreDecision(deps, runs, decided, await decideAgain(deps, decided));
  log('warn', 'verdict restored', { packet_id: decided.packet_id, code: outcome });
}

async function decideAgain(deps: IntakeDependencies, decided: PacketDecided): Promise<PacketVerdict> {
  const upload = await readReceived(deps, decided.upload_id);
  if (!upload) throw new Error(`upload ${decided.upload_id} was never received`);
  const asOfThen = { ...deps, now: () => new Date(decided.at) };
  const { decideOpened, decidePacket, withPacket, openUpload } = await deps.domain();
  return withSource(deps, upload, async (source) => {
    const context = await decisionContext(asOfThen, upload);
    const verdicts = await withPacket(source, decided.digest, (packet) =>
      Array.fromAsync(decidePacket(packet, context)),
    );
    const verdict = verdicts?.[decided.position.part];
    if (verdict) return verdict;
    // What is wrong with an upload as a whole is no packet in it.
    for await (const { position, verdict } of decideOpened(await openUpload(source), context))
      if (isSamePosition(position, decided.position)) return verdict;
    throw new Error(`packet ${decided.packet_id} is not in its upload any more`);
  });
}
