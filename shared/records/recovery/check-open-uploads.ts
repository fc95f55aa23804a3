import type { CaseId } from '../events/event-keys.ts';
import { openErasures } from '../events/read-retention.ts';
import type { UploadAnnounced, UploadReceived } from '../events/upload-events.ts';
import { uploadKey } from '../events/upload-id.ts';
import { ABANDONED_AFTER, type ReceivedUpload, receiveObject } from '../steps/receive-object.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { Step } from '../store/upload-steps.ts';
import { progressMonth, showLate, showProgress, showSweep } from '../views/upload-progress.ts';
import { openSteps } from './open-steps.ts';
import { isUndecided, openUploads } from './open-uploads.ts';
import { restartStep } from './restart-step.ts';
import type { InboxListing, OpenStep, StepDeadlines } from './steps.ts';

export interface SweepResult {
  /** uploads whose every step was seen done */
  closed: number;
  /** uploads whose work was requeued, because nothing worked on them */
  requeued: number;
  /** uploads with a step past its deadline; the step was restarted from the log */
  stuck: { upload_id: string; step: Step; minutes: number }[];
  /** cases whose erasure was interrupted: only who may erase may resume it */
  erasures: CaseId[];
  /** of uploads that could not be checked; they are checked again at the next sweep */
  errors: unknown[];
}

/** Minutes; an erasure takes seconds. */
const ERASED_WITHIN = 15;

/** One sweep over the open uploads. */
interface Sweep {
  records: RecordContext;
  deadlines: StepDeadlines;
  inbox: InboxListing;
  result: SweepResult;
}

/**
 * Checks every open upload: a step past its deadline is restarted from the log, an upload with every step done is
 * closed. This repairs a lost message, an emptied queue or a lost notification of the bucket.
 * @param idleSince the work of an upload is requeued where nothing was answered since then (ISO time)
 */
export async function checkOpenUploads(
  records: RecordContext,
  deadlines: StepDeadlines,
  inbox: InboxListing,
  idleSince = '',
): Promise<SweepResult> {
  const now = records.now().toISOString();
  const erasures = await openErasures(records.store, minutesAfter(now, -ERASED_WITHIN).toISOString());
  const result: SweepResult = { closed: 0, requeued: 0, stuck: [], erasures, errors: [] };
  const sweep = { records, deadlines, inbox, result };
  const months: string[] = [];
  const unsettled: string[] = [];
  for await (const { mark, ...events } of openUploads(records, now)) {
    months.push(progressMonth(mark));
    const { received, finished } = events;
    let isSettled = false;
    try {
      const isRequeued = isUndecided(events, idleSince);
      if (isRequeued) {
        await records.queues.send('intake', { kind: 'upload', upload_id: mark.upload_id });
        result.requeued++;
      }
      const isDue = (mark.look_at ?? '') <= now;
      if (isDue && received)
        isSettled = await checkReceived(sweep, mark, { ...events, received }, isRequeued);
      else if (isDue && mark.type === 'upload.announced') await checkAnnounced(sweep, mark);
    } catch (error) {
      result.errors.push(error);
    }
    if (finished && !isSettled) unsettled.push(mark.upload_id);
  }
  await showSweep(records.store, { at: now, months, unsettled, erasures: erasures.length });
  return result;
}

async function checkAnnounced(sweep: Sweep, event: UploadAnnounced): Promise<void> {
  const { records, deadlines } = sweep;
  const open: OpenStep = { step: 'receive', since: event.at };
  if (!isLate(sweep, open)) return checkAgain(records, event, minutesAfter(event.at, deadlines.receive));
  return findAnnouncedObject(sweep, event, open);
}

/** The bucket's notification may have been lost: the object itself is looked for. */
async function findAnnouncedObject(sweep: Sweep, event: UploadAnnounced, open: OpenStep): Promise<void> {
  const { records, inbox } = sweep;
  const found = await inbox.findObjects(uploadKey(event.upload_id));
  for (const object of found) {
    const { upload_id } = await receiveObject(records, object);
    await records.queues.send('intake', { kind: 'upload', upload_id });
  }
  if (found.length > 0) await report(sweep, event, [open]);
  const isAbandoned = found.length === 0 && minutesSince(records, event.at) >= ABANDONED_AFTER;
  if (isAbandoned) await showProgress(records.store, event, 'never_came', nowOf(records));
  if (isAbandoned) return close(records, event);
  return checkAgain(records, event, minutesAfter(records.now().toISOString(), 10));
}

/**
 * Returns whether every step was seen done.
 * @param isRequeued its work was requeued just now
 */
async function checkReceived(
  sweep: Sweep,
  event: OpenEvent,
  events: ReceivedUpload,
  isRequeued: boolean,
): Promise<boolean> {
  const { records, deadlines, inbox, result } = sweep;
  const open = await openSteps(records, events);
  if (open.length === 0) {
    result.closed++;
    await close(records, event);
    return true;
  }
  const late = open.filter((step) => isLate(sweep, step));
  if (late.length === 0) {
    const next = Math.min(...open.map(({ step, since }) => minutesAfter(since, deadlines[step]).getTime()));
    await checkAgain(records, event, new Date(next));
    return false;
  }
  for (const step of late)
    if (!isRequeued || !['decide', 'ledger'].includes(step.step))
      await restartStep(records, events.received, step, inbox);
  await report(sweep, event, late);
  // Retried ever more seldom: a permanent failure waits in its dead-letter queue for the operator.
  const minutes = Math.min(...late.map(({ step }) => deadlines[step])) * 2 ** Math.min(event.retries ?? 0, 6);
  await checkAgain(records, event, minutesAfter(records.now().toISOString(), minutes), 1);
  return false;
}

const isLate = ({ records, deadlines }: Sweep, { step, since }: OpenStep): boolean =>
  minutesSince(records, since) >= deadlines[step];

const nowOf = ({ now }: RecordContext): { since: string } => ({ since: now().toISOString() });

async function report({ records, result }: Sweep, event: OpenEvent, late: OpenStep[]): Promise<void> {
  const [oldest] = [...late].sort((a, b) => a.since.localeCompare(b.since));
  if (!oldest) return;
  const minutes = Math.floor(minutesSince(records, oldest.since));
  const { step, since } = oldest;
  result.stuck.push({ upload_id: event.upload_id, step, minutes });
  await showLate(records.store, event, { step, since, tries: (event.retries ?? 0) + 1 });
}

const minutesSince = (records: RecordContext, iso: string): number =>
  (records.now().getTime() - Date.parse(iso)) / 60_000;

const minutesAfter = (iso: string, minutes: number): Date => new Date(Date.parse(iso) + minutes * 60_000);

type OpenEvent = UploadAnnounced | UploadReceived;

async function close({ store }: RecordContext, { stream, seq }: OpenEvent): Promise<void> {
  const change = { expression: 'REMOVE #open, look_at, retries', names: { '#open': 'open' } };
  await store.update('events', { stream, seq }, change, 'attribute_exists(#open)');
}

async function checkAgain(
  { store }: RecordContext,
  { stream, seq, retries = 0 }: OpenEvent,
  at: Date,
  more = 0,
): Promise<void> {
  const values = { ':at': at.toISOString(), ':retries': retries + more };
  const change = { expression: 'SET look_at = :at, retries = :retries', names: { '#open': 'open' }, values };
  await store.update('events', { stream, seq }, change, 'attribute_exists(#open)');
}
