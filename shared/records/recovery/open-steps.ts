import { isEvent } from '../events/event.ts';
import { packetKeys, packetStream } from '../events/event-keys.ts';
import { readStream } from '../events/event-log.ts';
import type { PacketDecided } from '../events/packet-events.ts';
import type { UploadFinished } from '../events/upload-events.ts';
import type { ReceivedUpload } from '../steps/receive-object.ts';
import { type AreaMonth, areaMonth } from '../store/case-record.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import { type AreaSummary, summaryKey } from '../views/area-summary.ts';
import type { OpenStep } from './steps.ts';

/** The steps of a received upload that were not done yet. Reads the log alone (and the summaries for theirs). */
export async function openSteps(records: RecordContext, upload: ReceivedUpload): Promise<OpenStep[]> {
  const { finished } = upload;
  return finished ? stepsAfter(records, upload, finished) : [stepBefore(upload)];
}

/** The step an unfinished upload is at. */
function stepBefore({ received, scanned, ledger, answers }: ReceivedUpload): OpenStep {
  if (received.awaits_malware_scan && !scanned) return { step: 'malware', since: received.at };
  if (ledger) return { step: 'ledger', since: ledger.at };
  // A long upload that still answers its packets is not stuck.
  const last = answers
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return { step: 'decide', since: last ?? scanned?.at ?? received.at };
}

/** The open steps of a finished upload. */
async function stepsAfter(
  records: RecordContext,
  { receipt, redaction, answers }: ReceivedUpload,
  { at }: UploadFinished,
): Promise<OpenStep[]> {
  const open: OpenStep[] = [];
  if (!receipt) open.push({ step: 'receipt', since: at });
  if (redaction && !redaction.isDone) open.push({ step: 'redact', since: redaction.since });
  const areas = new Map<string, { area: AreaMonth; since: string }>();
  for (const { packet_id, outcome } of answers) {
    // The steps of a repeated packet belong to the upload that brought it first.
    if (outcome !== 'decided') continue;
    const { decided, steps } = await packetSteps(records, packet_id);
    open.push(...steps);
    if (!decided) continue;
    const key = areaMonth(decided);
    const since = [decided.at, areas.get(key)?.since ?? ''].sort().at(-1)!;
    const { city, area, month } = decided;
    areas.set(key, { area: { city, area, month }, since });
  }
  for (const { area, since } of areas.values()) {
    const summary = await records.store.get<AreaSummary>('summaries', summaryKey(area));
    if (!summary || summary.computed_at < since) open.push({ step: 'summary', since, area });
  }
  return open;
}

async function packetSteps(
  records: RecordContext,
  packet_id: string,
): Promise<{ decided: PacketDecided | null; steps: OpenStep[] }> {
  const events = await collect(readStream(records.store, packetStream(packet_id)));
  const decided = events.filter(isEvent('packet.decided')).at(-1) ?? null;
  // Erased after its time: nothing is left to do.
  if (!decided) return { decided, steps: [] };
  const { at: since, run } = decided;
  const has = ({ seq }: { seq: string }) => events.some((event) => event.seq === seq);
  const steps: OpenStep[] = [];
  if (!has(packetKeys.notice(packet_id, run))) steps.push({ step: 'notice', since, packet_id });
  if (decided.review_due && !has(packetKeys.review(packet_id, run)))
    steps.push({ step: 'review', since, packet_id });
  // Done once the packet was decided again, or reading its pictures changed nothing.
  if (decided.asks.includes('ocr') && !has(packetKeys.ocrRead(packet_id)))
    steps.push({ step: 'ocr', since, packet_id });
  return { decided, steps };
}
