import type { PacketVerdict } from '../../decision/verdict.ts';
import { clearOutbox } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import { packetsAround } from '../events/read-case.ts';
import { readRuns } from '../events/read-packet.ts';
import type { RecordContext } from '../store/record-context.ts';
import { leaveCase } from '../views/case-view.ts';
import { isSameCase, recordCase } from './record-case.ts';
import { withdrawWatch } from './record-watch.ts';

/**
 * Does what the outbox of a decision still lists, then clears it. Also called by the sweeper. What an earlier run left
 * undone is done by the run after it.
 * @param written what the caller has just written, so that it need not be read back
 */
export async function settlePacket(
  records: RecordContext,
  decided: PacketDecided,
  written?: { runs: PacketDecided[]; verdict: PacketVerdict },
): Promise<void> {
  if (!decided.outbox?.length) return;
  const runs = written?.runs ?? (await readRuns(records, decided.packet_id));
  if (runs.some(({ run }) => run > decided.run)) return clearOutbox(records.store, decided);
  const before = runs.find(({ run }) => run === decided.run - 1);
  const message = { kind: 'packet', packet_id: decided.packet_id, run: decided.run } as const;
  for (const effect of decided.outbox) {
    if (effect === 'case') {
      const touched = await recordCase(records, decided, written?.verdict);
      if (before && !isSameCase(before, decided)) {
        await withdrawWatch(records, before, decided);
        touched.push(await leaveCase(records.store, before));
      }
      for (const area of touched) await records.queues.requestSummary(area, decided.run_id);
    } else if (effect === 'rivals') {
      for (const packet_id of await packetsAround(records.store, decided))
        await records.queues.send('intake', { kind: 'rivals', packet_id });
    } else if (effect === 'review') await records.queues.send('review', message);
    else if (effect === 'notice') await records.queues.send('notify', message);
    else await records.queues.send('ocr', message);
  }
  await clearOutbox(records.store, decided);
}
