import type { PacketVerdict } from '../../decision/verdict.ts';
import { fileFinding } from '../../findings/finding.ts';
import { sha256 } from '../../text/digest.ts';
import type { DecisionOutcome } from '../../vocabulary/category.ts';
import { DECISION_NAMES } from '../../vocabulary/names.ts';
import { append } from '../events/event-log.ts';
import type { Effect, PacketDecided } from '../events/packet-events.ts';
import type { IntakeRecords } from '../store/record-context.ts';
import { isSameCase } from './record-case.ts';
import { decidedEvent } from './record-packet.ts';
import { leftOf, settlePacket } from './settle-packet.ts';

export type Restored = 'same' | 'restored' | 'differs';

/**
 * Stores the verdict of a decision whose stored verdict was lost, from the same papers decided again.
 * `same`: the very bytes. `restored`: the verdict says that it was restored; the decision stays. `differs`: so does a new
 * run of the packet, which a person looks at.
 */
export async function restoreDecision(
  records: IntakeRecords,
  runs: PacketDecided[],
  decided: PacketDecided,
  fresh: PacketVerdict,
): Promise<Restored> {
  const { packet_id } = decided;
  if (sha256(JSON.stringify({ ...fresh, packet_id })) === decided.verdict_digest) {
    await records.results.keepVerdict({ ...fresh, packet_id }, { overwrite: true });
    return 'same';
  }
  const again = decidedEvent(records, decided, decided.position, fresh, NO_REF);
  const isSame = fresh.decision === decided.decision && isSameCase(decided, again);
  const finding = restoredFinding(decided.decision, isSame ? null : fresh.decision);
  const verdict: PacketVerdict = {
    ...fresh,
    packet_id,
    decision: isSame ? fresh.decision : 'review',
    findings: [...fresh.findings, finding],
  };
  const ref = await records.results.keepVerdict(verdict, { overwrite: true });
  // What the decision refers to is lost: the one attribute of a decision that changes.
  await records.store.update(
    'events',
    { stream: decided.stream, seq: decided.seq },
    {
      expression: 'SET verdict_key = :key, verdict_digest = :digest',
      values: { ':key': ref.verdict_key, ':digest': ref.verdict_digest, ':lost': decided.verdict_digest },
    },
    'verdict_digest = :lost',
  );
  const last = runs.at(-1)!;
  if (isSame || last.run !== decided.run) return 'restored';
  const next = decidedEvent(records, last, last.position, verdict, { ...ref, run: last.run + 1 });
  // What the run before has not sent, no one sends after this one.
  const left = (await leftOf(records, last)).filter((effect) => effect === 'rivals' || effect === 'ocr');
  const effects: Effect[] = ['case', ...left, 'review', 'notice'];
  const event: PacketDecided = { ...next, asks: effects, outbox: effects };
  if (await append(records.store, event))
    await settlePacket(records, event, { runs: [...runs, event], verdict });
  return 'differs';
}

const NO_REF = { verdict_key: '', verdict_digest: '', run: 0 };

function restoredFinding(before: DecisionOutcome, now: DecisionOutcome | null) {
  const start = '保存していた判定の内容が失われたため、保存してある送付物から判定し直しました。';
  return now === null
    ? fileFinding(
        'F_PACKET_RESTORED',
        'info',
        {},
        `${start}結果（${DECISION_NAMES[before]}）は前回と同じです。`,
        '対応は不要です。',
      )
    : fileFinding(
        'F_PACKET_RESTORED',
        'review',
        {},
        `${start}前回の結果は「${DECISION_NAMES[before]}」、今回の結果は「${DECISION_NAMES[now]}」で、結果か利用者・提供月が前回と違います。`,
        '事業所の対応は不要です。担当者が、お送りした前回の通知と照らして、どちらが正しいかを確かめます。',
      );
}
