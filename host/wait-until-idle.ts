import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { recordStore } from '../functions/aws.ts';
import { countMessages, type StageQueue } from '../operations/stage-queue.ts';
import { unsentEvents } from '../shared/records/events/event-log.ts';
import { collect } from '../shared/records/store/record-store.ts';
import type { LocalCloud } from './cloud.ts';
import type { MalwareScanner } from './emulators/malware-scanner.ts';
import type { Notifier } from './emulators/notifier.ts';

export interface PendingWork {
  /** messages and malware scans waiting or in progress */
  waiting: number;
  /** messages in dead-letter queues */
  dead: number;
  /** uploads whose malware scan failed; the scan is retried */
  malwareUnchecked: number;
}

export async function countPending(
  cloud: LocalCloud,
  queues: StageQueue[],
  scanner: MalwareScanner | null,
): Promise<PendingWork> {
  // Counted before the messages: the end of a scan becomes a message.
  const scans = scanner?.waiting ?? 0;
  const counts = await Promise.all(queues.map((queue) => countMessages(cloud.sqs, queue)));
  const sum = (key: 'waiting' | 'dead') => counts.reduce((total, count) => total + count[key], 0);
  return { waiting: scans + sum('waiting'), dead: sum('dead'), malwareUnchecked: scanner?.failed ?? 0 };
}

/** One sweep sends what is unsent. Work that survives this many sweeps is a fault, not a delay. */
const MAX_SWEEPS = 10;
const POLL_MS = 60;

/** Waits until all queues are empty, then sweeps, until no event is left unsent. Throws when sweeping does not help. */
export async function waitUntilIdle(
  notifier: Notifier,
  cloud: LocalCloud,
  queues: StageQueue[],
  pending: () => Promise<PendingWork>,
): Promise<void> {
  const sweep = queues.find((queue) => queue.stage === 'sweep')!;
  for (let sweeps = 0; ; sweeps++) {
    await emptyQueues(notifier, pending);
    const events = await collect(unsentEvents(recordStore(), new Date().toISOString()));
    if (events.length === 0) return;
    if (sweeps === MAX_SWEEPS) {
      const streams = events.slice(0, 5).map((event) => event.stream);
      throw new Error(`${events.length} 件の仕事を終わらせられません: ${streams.join(' ')}`);
    }
    await cloud.sqs.send(
      new SendMessageCommand({ QueueUrl: sweep.url, MessageBody: '{"kind":"sweep","older_than_minutes":0}' }),
    );
  }
}

/** Polls the inbox again after the last message: the intake may have stored a redacted copy, which is scanned too. */
async function emptyQueues(notifier: Notifier, pending: () => Promise<PendingWork>): Promise<void> {
  for (;;) {
    await notifier.poll();
    if ((await pending()).waiting === 0) return;
    while ((await pending()).waiting > 0) await sleep(POLL_MS);
  }
}
