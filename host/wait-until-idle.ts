import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { recordStore } from '../functions/aws.ts';
import { countMessages, type StageQueue } from '../functions/operate/stage-queue.ts';
import type { LocalCloud } from './cloud.ts';
import type { MalwareScanner } from './emulators/malware-scanner.ts';
import type { Notifier } from './emulators/notifier.ts';
import { failingIn, listFailing, subjectOfStream, unsentWork } from './unfinished-work.ts';

export interface PendingWork {
  /** messages and malware scans waiting or in progress, without those that fail again and again */
  waiting: number;
  /** messages that fail again and again, and are retried ever less often */
  failing: number;
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
  const failing = queues.reduce((total, { name }) => total + failingIn(cloud.fauxqs, name).length, 0);
  return {
    waiting: Math.max(0, scans + sum('waiting') - failing),
    failing,
    dead: sum('dead'),
    malwareUnchecked: scanner?.failed ?? 0,
  };
}

/** One sweep sends what is unsent. What is the same after this many sweeps is set aside. */
const MAX_SWEEPS = 2;
/** Between two counts: longer and longer, because a count asks every queue. */
const POLL_MS = { first: 60, most: 480 };

/**
 * Waits until all queues are empty, then sweeps, until no event is left unsent or sweeping does not help: then the work
 * that fails is left to its retries, and the desk goes on.
 */
export async function waitUntilIdle(
  notifier: Notifier,
  cloud: LocalCloud,
  queues: StageQueue[],
  pending: () => Promise<PendingWork>,
): Promise<void> {
  const sweep = queues.find((queue) => queue.stage === 'sweep')!;
  for (let sweeps = 0, before = ''; sweeps < MAX_SWEEPS; sweeps++) {
    await emptyQueues(notifier, pending);
    const events = await unsentWork(recordStore());
    if (events.length === 0) return;
    const setAside = new Set((await listFailing(cloud.fauxqs, queues)).map(({ subject }) => subject));
    // Another message about the same would fail like the first.
    if (events.every(({ stream }) => setAside.has(subjectOfStream(stream)))) return;
    const unsent = JSON.stringify(events.map(({ stream, seq }) => [stream, seq]).sort());
    if (unsent !== before) sweeps = 0;
    before = unsent;
    await cloud.sqs.send(
      new SendMessageCommand({ QueueUrl: sweep.url, MessageBody: '{"kind":"sweep","older_than_minutes":0}' }),
    );
  }
  await emptyQueues(notifier, pending);
}

/** Polls the inbox again after the last message: the intake may have stored a redacted copy, which is scanned too. */
async function emptyQueues(notifier: Notifier, pending: () => Promise<PendingWork>): Promise<void> {
  for (;;) {
    await notifier.poll();
    if ((await pending()).waiting === 0) return;
    for (let ms = POLL_MS.first; (await pending()).waiting > 0; ms = Math.min(2 * ms, POLL_MS.most))
      await sleep(ms);
  }
}
