import {
  type DeskEvent,
  OPEN_SHARDS,
  packetStream,
  readEvent,
  readStream,
  uploadStream,
} from '../events/event-log.ts';
import { type InboxObject, uploadKey } from '../events/upload-id.ts';
import {
  isFinal,
  type MalwareResult,
  readMalwareResult,
  recordMalwareResult,
} from '../steps/record-malware-scan.ts';
import type { PacketDecided } from '../steps/record-packet.ts';
import { readRedaction } from '../steps/record-redaction.ts';
import {
  lastAnswerAt,
  readAnswers,
  readFinished,
  readOpenLedger,
  readReceived,
  receiveObject,
  type UploadAnnounced,
  type UploadReceived,
} from '../steps/record-upload.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import type { AreaSummary } from '../views/area-summary.ts';

/** The steps of a submission that somebody waits for. */
export const STEPS = [
  'receive',
  'malware',
  'decide',
  'ledger',
  'redact',
  'ocr',
  'review',
  'notice',
  'receipt',
  'summary',
] as const;
type Step = (typeof STEPS)[number];
/** How soon each step is promised, in minutes after the step before it. The desk's own promises, not law. */
export type StepPromises = Record<Step, number>;

export interface OpenStep {
  step: Step;
  /** when the step before it was done, ISO time */
  since: string;
  packet_id?: string;
  at?: { city: string; area: string; month: string };
}

export interface SweepResult {
  /** uploads whose every step was seen done; their books are closed */
  closed: number;
  /** uploads with a step older than its promise; the step was started again from the log */
  stuck: { upload_id: string; step: Step; minutes: number }[];
  /** uploads that could not be looked at; they are looked at again */
  failed: number;
}

/** The inbox, as far as the sweeper sees it: names and tags, never what is in an object. */
export interface InboxLook {
  /** every version that lies under a key */
  findObjects(key: string): Promise<InboxObject[]>;
  /** what the malware scan wrote on an object, or null */
  findMalwareResult(object: Pick<InboxObject, 'key' | 'version_id'>): Promise<MalwareResult | null>;
}

interface Open extends DeskEvent {
  upload_id: string;
  /** not before this time, ISO */
  look_at?: string;
  /** how often a step was started again */
  retries?: number;
}

/** An announced file that is still not there after a day will not come: its address is long dead. Minutes. */
const GIVEN_UP = 24 * 60;

/**
 * Looks at every upload whose books are open: what is past its promise is started again from the log, what is done
 * through and through is closed. A lost message, an emptied queue or a lost notification of the bucket ends here.
 * `inbox`: what lies there, for what nobody told of.
 */
export async function checkOpenUploads(
  records: RecordContext,
  promises: StepPromises,
  inbox: InboxLook,
): Promise<SweepResult> {
  const looked: SweepResult = { closed: 0, stuck: [], failed: 0 };
  const now = records.now();
  for (const shard of OPEN_SHARDS) {
    const open = records.store.index<{ stream: string; seq: string }>('events', 'open', shard, {
      until: now.toISOString(),
    });
    for await (const { stream, seq } of open) {
      // The index may lag behind: only the event itself says whether it is still open.
      const event = await readEvent<Open>(records.store, stream, seq);
      if (!event?.open || (event.look_at ?? '') > now.toISOString()) continue;
      try {
        await lookAt(records, event, promises, inbox, looked);
      } catch {
        looked.failed++;
      }
    }
  }
  return looked;
}

async function lookAt(
  records: RecordContext,
  event: Open,
  promises: StepPromises,
  inbox: InboxLook,
  looked: SweepResult,
): Promise<void> {
  const isAnnounced = event.type === 'upload.announced';
  if (isAnnounced && (await readReceived(records, event.upload_id))) return close(records, event);
  const open = isAnnounced
    ? [{ step: 'receive' as const, since: event.at }]
    : await openSteps(records, event as UploadReceived & Open);
  if (open.length === 0) {
    looked.closed++;
    return close(records, event);
  }
  const late = open.filter(({ step, since }) => minutesSince(records, since) >= promises[step]);
  if (late.length === 0) {
    const next = Math.min(...open.map(({ step, since }) => Date.parse(since) + promises[step] * 60_000));
    return lookAgain(records, event, new Date(next), 0);
  }
  if (isAnnounced) return lookForObject(records, event as UploadAnnounced & Open, inbox, looked);
  for (const one of late) await startAgain(records, event as UploadReceived & Open, one, inbox);
  tell(records, looked, event, late);
  // Started again and again, ever more seldom: what fails for good waits in its dead-letter queue for a person.
  const minutes = Math.min(...late.map(({ step }) => promises[step])) * 2 ** Math.min(event.retries ?? 0, 6);
  return lookAgain(records, event, new Date(records.now().getTime() + minutes * 60_000), 1);
}

/** What has not been done yet of a received upload. Reads the log alone (and, for the numbers, the summary). */
export async function openSteps(records: RecordContext, upload: UploadReceived): Promise<OpenStep[]> {
  const finished = await readFinished(records, upload.upload_id);
  if (!finished) {
    const scanned = await readMalwareResult(records, upload.upload_id);
    if (upload.awaits_malware_scan && !scanned) return [{ step: 'malware', since: upload.at }];
    const ledger = await readOpenLedger(records, upload.upload_id);
    if (ledger) return [{ step: 'ledger', since: ledger.at }];
    // A long upload that goes on is not stuck.
    const last = await lastAnswerAt(records, upload.upload_id);
    return [{ step: 'decide', since: last ?? scanned?.at ?? upload.at }];
  }
  const open: OpenStep[] = [];
  const receipt = await readEvent(records.store, uploadStream(upload.upload_id), '4#receipt');
  if (!receipt) open.push({ step: 'receipt', since: finished.at });
  const redaction = await readRedaction(records, upload.upload_id);
  if (redaction && !redaction.isDone) open.push({ step: 'redact', since: redaction.since });
  const places = new Map<string, OpenStep & { at: NonNullable<OpenStep['at']> }>();
  for await (const { packet_id, outcome } of readAnswers(records, upload.upload_id)) {
    // A repeated packet is looked after in the upload that brought it.
    if (outcome !== 'decided') continue;
    const { decided, steps } = await openStepsOf(records, packet_id);
    open.push(...steps);
    if (!decided) continue;
    const { city, area, month } = decided;
    const place = `${city}#${area}#${month}`;
    const since = [decided.at, places.get(place)?.since ?? ''].sort().at(-1)!;
    places.set(place, { step: 'summary', since, at: { city, area, month } });
  }
  for (const place of places.values()) {
    const key = { city: place.at.city, month_area: `${place.at.month}#${place.at.area}` };
    const summary = await records.store.get<AreaSummary>('summaries', key);
    if (!summary || summary.computed_at < place.since) open.push(place);
  }
  return open;
}

async function openStepsOf(
  records: RecordContext,
  packet_id: string,
): Promise<{ decided: PacketDecided | null; steps: OpenStep[] }> {
  const events = await collect(readStream<DeskEvent>(records.store, packetStream(packet_id)));
  const decided = events.findLast((event): event is PacketDecided => event.type === 'packet.decided') ?? null;
  // Erased after its time: nothing of it is owed any more.
  if (!decided) return { decided, steps: [] };
  const run = decided.run > 1 ? `#${String(decided.run).padStart(4, '0')}` : '';
  const has = (seq: string) => events.some((event) => event.seq === `${seq}${run}`);
  const steps: OpenStep[] = [];
  if (!has('3#notice')) steps.push({ step: 'notice', since: decided.at, packet_id });
  if (decided.review_due && !has('2#review')) steps.push({ step: 'review', since: decided.at, packet_id });
  // The scan is done when the packet was decided again, or nothing new was read.
  const isScanned = events.some(({ type }) => type === 'packet.ocr_read');
  if (decided.asks?.includes('ocr') && !isScanned) steps.push({ step: 'ocr', since: decided.at, packet_id });
  return { decided, steps };
}

async function startAgain(
  records: RecordContext,
  upload: UploadReceived,
  open: OpenStep,
  inbox: InboxLook,
): Promise<void> {
  const { step, packet_id } = open;
  const { upload_id } = upload;
  if (step === 'malware') await findMissedMalwareResult(records, upload, inbox);
  else if (step === 'decide' || step === 'ledger' || step === 'redact')
    await records.queues.send('intake', { kind: 'upload', upload_id });
  else if (step === 'receipt') await records.queues.send('notify', { kind: 'receipt', upload_id });
  else if (step === 'summary')
    await records.queues.requestSummary(open.at!, `open.${records.now().toISOString()}`);
  else if (packet_id)
    await records.queues.send(step === 'notice' ? 'notify' : step === 'ocr' ? 'ocr' : 'review', {
      kind: 'packet',
      packet_id,
    });
}

/** The news of a scan may have been lost: its result stands on the object as well. Without one, a person must look. */
async function findMissedMalwareResult(
  records: RecordContext,
  upload: UploadReceived,
  inbox: InboxLook,
): Promise<void> {
  const result = await inbox.findMalwareResult(upload);
  if (!result || !isFinal(result)) return;
  await recordMalwareResult(records, upload, result);
  await records.queues.send('intake', { kind: 'upload', upload_id: upload.upload_id });
}

/** The bucket's news of an object may have been lost: the object itself is looked for. */
async function lookForObject(
  records: RecordContext,
  event: UploadAnnounced & Open,
  inbox: InboxLook,
  looked: SweepResult,
): Promise<void> {
  const found = await inbox.findObjects(uploadKey(event.upload_id));
  if (found.length > 0) {
    for (const object of found) {
      const { upload_id } = await receiveObject(records, object);
      await records.queues.send('intake', { kind: 'upload', upload_id });
    }
    tell(records, looked, event, [{ step: 'receive', since: event.at }]);
    return close(records, event);
  }
  if (minutesSince(records, event.at) >= GIVEN_UP) return close(records, event);
  return lookAgain(records, event, new Date(records.now().getTime() + 10 * 60_000), 0);
}

function tell(records: RecordContext, looked: SweepResult, { upload_id }: Open, late: OpenStep[]): void {
  const [oldest] = [...late].sort((a, b) => a.since.localeCompare(b.since));
  looked.stuck.push({
    upload_id,
    step: oldest!.step,
    minutes: Math.floor(minutesSince(records, oldest!.since)),
  });
}

const minutesSince = (records: RecordContext, iso: string): number =>
  (records.now().getTime() - Date.parse(iso)) / 60_000;

async function close(records: RecordContext, { stream, seq }: DeskEvent): Promise<void> {
  const change = { expression: 'REMOVE #open, look_at, retries', names: { '#open': 'open' } };
  await records.store.update('events', { stream, seq }, change, 'attribute_exists(#open)');
}

async function lookAgain(records: RecordContext, event: Open, at: Date, retries: number): Promise<void> {
  const { stream, seq } = event;
  const values = { ':at': at.toISOString(), ':retries': (event.retries ?? 0) + retries };
  const change = { expression: 'SET look_at = :at, retries = :retries', names: { '#open': 'open' }, values };
  await records.store.update('events', { stream, seq }, change, 'attribute_exists(#open)');
}
