import { japanDate } from '../../shared/calendar/japan-time.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { closingOf, readActs, unheardAnswers } from '../../shared/records/events/read-acts.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { readReceived } from '../../shared/records/events/read-upload.ts';
import { showPacket } from '../../shared/records/steps/answer-packet.ts';
import { recordReviewed } from '../../shared/records/steps/record-packet.ts';
import { settlePacket } from '../../shared/records/steps/settle-packet.ts';
import { log } from '../log.ts';
import { decideAgain } from './decide-again.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { removeSeenFiles } from './remove-seen-files.ts';

/**
 * A reviewer entered answers about a packet, or ended its review: it gets a further run that says so. Delivered again, it
 * only finishes what is left.
 */
export async function takeInReview(deps: IntakeDependencies, packetId: string): Promise<void> {
  for (;;) {
    const before = await readDecision(deps, packetId);
    // Erased meanwhile.
    if (!before) return;
    const run = await nextRun(deps, before);
    if (run === 'nothing') {
      await settlePacket(deps, before);
      return show(deps, before);
    }
    // Another run came in between: what was entered is taken in on top of it.
    if (run === null) continue;
    log('info', 'packet decided again', { packet_id: packetId, decision: run.decision });
  }
}

async function nextRun(
  deps: IntakeDependencies,
  before: PacketDecided,
): Promise<PacketDecided | null | 'nothing'> {
  const acts = await readActs(deps.store, before.packet_id);
  const unheard = unheardAnswers(acts, before.acts ?? 0);
  const last = unheard.at(-1);
  if (last) {
    const known = acts.filter(({ act }) => act <= last.act);
    await removeSeenFiles(deps, before, unheard);
    const verdict = await decideAgain(deps, before, known);
    return recordReviewed(deps, before, verdict, 'answers', last.act);
  }
  const closed = before.because === 'reviewed' ? null : closingOf(acts, before);
  if (!closed) return 'nothing';
  const { withReviewEnd } = await deps.domain();
  const { decision, reason, at, act } = closed;
  const verdict = withReviewEnd(await deps.results.readVerdict(before), decision, reason, japanDate(at));
  // Accepted before (関与), and nothing to say against it.
  if (verdict.decision === before.decision) return 'nothing';
  return recordReviewed(deps, before, verdict, 'reviewed', act);
}

async function show(deps: IntakeDependencies, decided: PacketDecided): Promise<void> {
  const upload = await readReceived(deps, decided.upload_id);
  if (upload) await showPacket(deps, upload, decided);
}
