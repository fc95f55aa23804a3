import { mayUseRecordsOf } from '../../shared/access/rights.ts';
import { NO_OFFICE } from '../../shared/access/sender.ts';
import { withOvertaken } from '../../shared/decision/overtaken.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { laterMonths } from '../../shared/facts/collect/read-history.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { claimantsOf } from '../../shared/records/events/read-case.ts';
import { recordedMonths } from '../../shared/records/events/read-months.ts';
import { readOvertaken } from '../../shared/records/events/read-overtaken.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import { showPacket } from '../../shared/records/steps/answer-packet.ts';
import { recordRivals } from '../../shared/records/steps/record-packet.ts';
import { UNKNOWN_MONTH } from '../../shared/records/store/record-context.ts';
import { loadRegistries } from '../../shared/records/store/registry-store.ts';
import { log } from '../log.ts';
import type { IntakeDependencies } from './dependencies.ts';

/**
 * Another office sent papers of the same person and month, a later month was decided at the same time, or another version
 * came before the number of this one: the packet gets a further run that says so, whichever came first. Delivered again, it
 * only finishes what is left.
 */
export async function tellOfRivals(deps: IntakeDependencies, packetId: string): Promise<void> {
  for (;;) {
    const before = await readDecision(deps, packetId);
    // Erased meanwhile.
    if (!before) return;
    const verdict = await lookAgain(deps, before);
    if (!verdict) {
      // Its own outbox is not sent here, or two messages at once would write one letter twice; the sweeper sends the rest.
      if (before.because === 'rivals') await show(deps, before);
      return;
    }
    const decided = await recordRivals(deps, before, verdict);
    // Another run came in between, and may hold the finding already.
    if (!decided) continue;
    log('info', 'packet decided again', { packet_id: packetId, decision: decided.decision });
    return show(deps, decided);
  }
}

/** Null: nothing is found that the verdict does not hold already. */
async function lookAgain(deps: IntakeDependencies, before: PacketDecided): Promise<PacketVerdict | null> {
  const { joins } = before;
  const verdict = await deps.results.readVerdict(before);
  const overtaken = joins ? await readOvertaken(deps, { ...before, joins }) : null;
  const told = overtaken && withOvertaken(verdict, overtaken);
  if (before.month === UNKNOWN_MONTH) return told;
  return (await findRivals(deps, before, told ?? verdict)) ?? told;
}

async function findRivals(
  deps: IntakeDependencies,
  before: PacketDecided,
  verdict: PacketVerdict,
): Promise<PacketVerdict | null> {
  const { withLaterMonths, withRivals } = await deps.domain();
  const [claimants, registries] = await Promise.all([
    claimantsOf(deps.store, before),
    loadRegistries(deps.store),
  ]);
  const mayUse = (owner: string): boolean => mayUseRecordsOf(before.sender, verdict, owner);
  const later = await recordedMonths(deps.store, before, laterMonths(before.month), mayUse);
  const office = before.office === NO_OFFICE ? null : before.office;
  const withOthers = withRivals(verdict, office, claimants, registries);
  return withLaterMonths(withOthers ?? verdict, later) ?? withOthers;
}

async function show(deps: IntakeDependencies, decided: PacketDecided): Promise<void> {
  const upload = await readReceived(deps, decided.upload_id);
  if (upload) await showPacket(deps, upload, decided);
}
