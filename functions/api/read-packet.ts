import { readsWhole } from '../../shared/access/rights.ts';
import { officeView } from '../../shared/decision/office-view.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { runOfLetter } from '../../shared/records/views/write-notice.ts';
import { auditRead } from './audit-access.ts';
import { type Caller, requirePacket } from './caller.ts';
import type { ApiContext } from './env.ts';
import { idOf, noSuch } from './params.ts';

/**
 * The decision on the packet in the path; the reading is in the trail of its case before anything is shown.
 * @param requireRight throws where the caller may not read it
 * @throws HTTPException 404
 */
export async function readPacket(
  c: ApiContext,
  requireRight: (caller: Caller, packet: PacketDecided) => void = requirePacket,
): Promise<PacketDecided> {
  const { deps, caller } = c.var;
  const decided = await readDecision(deps, idOf(c));
  if (!decided) return noSuch();
  requireRight(caller, decided);
  await auditRead(c, auditOf.case(decided), decided.packet_id);
  return decided;
}

/** The run of a packet that the caller reads, with its verdict. */
export interface ShownRun {
  run: PacketDecided;
  verdict: PacketVerdict;
  /** with what it says about other offices */
  isWhole: boolean;
}

/** The last run; for an office that of its letter, without what it says about other offices. */
export async function readShownRun(
  { var: { deps, caller } }: ApiContext,
  decided: PacketDecided,
): Promise<ShownRun> {
  const isWhole = readsWhole(caller, decided);
  const run = isWhole ? decided : await runOfLetter(deps, decided);
  const verdict = await deps.results.readVerdict(run);
  return { run, verdict: isWhole ? verdict : officeView(verdict), isWhole };
}
