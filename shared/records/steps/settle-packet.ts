import type { PacketVerdict } from '../../decision/verdict.ts';
import { clearOutbox } from '../events/event-log.ts';
import type { Effect, PacketDecided } from '../events/packet-events.ts';
import { packetsAround } from '../events/read-case.ts';
import { readOvertaken } from '../events/read-overtaken.ts';
import { readRuns } from '../events/read-packet.ts';
import { hasAnswer } from '../events/read-upload.ts';
import type { AreaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import { leaveCaseOf, recordCase } from './record-case.ts';

/**
 * Does what must follow a decision. A first run has no outbox: all of it is done until its packet is answered, which the
 * caller records next. A further run does what its outbox still lists and clears it; also called by the sweeper. What an
 * earlier run left undone is done by the run after it.
 * @param written what the caller has just written, so that it need not be read back
 * @param isNoticeLater the caller asks for the notice once all packets of the upload are answered
 */
export async function settlePacket(
  records: RecordContext,
  decided: PacketDecided,
  written?: { runs: PacketDecided[]; verdict: PacketVerdict },
  { isNoticeLater = false } = {},
): Promise<void> {
  const left = leftIn(decided).filter((effect) => effect !== 'notice' || decided.run > 1 || !isNoticeLater);
  if (left.length === 0) return;
  const runs = written?.runs ?? (await readRuns(records, decided.packet_id));
  const clear = async () => {
    if (decided.outbox) await clearOutbox(records.store, decided);
  };
  if (runs.some(({ run }) => run > decided.run)) return clear();
  const before = runs.find(({ run }) => run === decided.run - 1);
  const { queues, store } = records;
  const touched: AreaMonth[] = [];
  if (left.includes('case')) {
    const isNew = written !== undefined && decided.run === 1;
    touched.push(...(await recordCase(records, decided, written?.verdict, { isNew })));
    if (before) touched.push(...(await leaveCaseOf(records, before, decided)));
  }
  const again = new Set([
    ...(left.includes('rivals') ? await packetsAround(store, decided) : []),
    ...(left.includes('case') && (await isOvertaken(records, decided)) ? [decided.packet_id] : []),
  ]);
  const message = { kind: 'packet', packet_id: decided.packet_id, run: decided.run } as const;
  // What others read of it is written: the messages wait for their batches at the same time.
  await Promise.all([
    ...touched.map((area) => queues.requestSummary(area, decided.run_id)),
    ...[...again].map((packet_id) => queues.send('intake', { kind: 'rivals', packet_id })),
    ...QUEUED.filter(([effect]) => left.includes(effect)).map(([, queue]) => queues.send(queue, message)),
  ]);
  await clear();
}

/** Whether files that complete a packet came after another version of it, which only its own number shows for certain. */
const isOvertaken = async (records: RecordContext, decided: PacketDecided): Promise<boolean> => {
  const { joins, because } = decided;
  return Boolean(joins && because !== 'rivals' && (await readOvertaken(records, { ...decided, joins })));
};

/** What may not have been done yet, of a decision whose packet has no answer. */
const leftIn = ({ run, asks, outbox = [] }: PacketDecided): Effect[] => (run === 1 ? asks : outbox);

/** What may not have been done yet. */
export const leftOf = async (
  records: Pick<RecordContext, 'store'>,
  decided: PacketDecided,
): Promise<Effect[]> => (decided.run === 1 && (await hasAnswer(records, decided)) ? [] : leftIn(decided));

/** Effects that a message of the packet asks another function for, and its queue. */
const QUEUED = [
  ['review', 'review'],
  ['notice', 'notify'],
  ['ocr', 'ocr'],
] as const;
