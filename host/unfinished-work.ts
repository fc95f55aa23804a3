import type { FauxqsServer } from 'fauxqs';
import { recordStore } from '../functions/aws.ts';
import { subjectOf } from '../functions/operate/dead-letters.ts';
import type { StageQueue } from '../functions/operate/stage-queue.ts';
import { failureKey } from '../shared/records/events/event-keys.ts';
import { readEvent, unsentEvents } from '../shared/records/events/event-log.ts';
import { openErasures } from '../shared/records/events/read-retention.ts';
import { readFinished, readOpenLedger } from '../shared/records/events/read-upload.ts';
import { caseName } from '../shared/records/lifecycle/case-contents.ts';
import { isUndecided, openUploads } from '../shared/records/recovery/open-uploads.ts';
import { collect, type RecordStore } from '../shared/records/store/record-store.ts';

/** The stored bytes of an upload are gone or have changed. */
const isLostReason = (reason: string | null): boolean =>
  /^(?:NoSuchKey|NoSuchVersion|NotFound|UploadChanged)\b/.test(reason ?? '');

/** Reason of an upload whose packets do not account for every file in it. */
export const LEDGER_OPEN = 'ledger';

/** Reason of an erasure that has begun and did not end. */
export const INTERRUPTED = 'interrupted';

/** Work that failed again and again, or that only a person may resume: set aside, and shown to the operator. */
export interface UnfinishedWork {
  stage: string;
  /** a receipt number, a packet, an area and month, a case */
  subject: string;
  /** name of the error; null: not recorded */
  reason: string | null;
}

interface Message {
  messageId: string;
  body: string;
  approximateReceiveCount: number;
  messageGroupId?: string;
}

/** A message that failed this often fails for good or for long: no one waits for it. It is still retried. */
const FAILING_TRIES = 4;

/** All messages of a queue: waiting, delayed and in flight. */
export function messagesIn(fauxqs: FauxqsServer, name: string): Message[] {
  const { ready = [], delayed = [], inflight = [] } = fauxqs.inspectQueue(name)?.messages ?? {};
  return [...ready, ...delayed, ...inflight.map(({ message }) => message)];
}

/** Messages that fail again and again, and those of a FIFO group that wait behind one. */
export function failingIn(fauxqs: FauxqsServer, name: string): Message[] {
  const messages = messagesIn(fauxqs, name);
  const isFailing = ({ approximateReceiveCount }: Message) => approximateReceiveCount >= FAILING_TRIES;
  const groups = new Set(messages.filter(isFailing).map((message) => message.messageGroupId));
  groups.delete(undefined);
  return messages.filter((message) => isFailing(message) || groups.has(message.messageGroupId));
}

/**
 * Dead letters and failing messages, each subject once. One of an upload that the operator gave up since ends at its next
 * try.
 */
export async function listFailing(fauxqs: FauxqsServer, queues: StageQueue[]): Promise<UnfinishedWork[]> {
  const store = recordStore();
  const found = new Map<string, UnfinishedWork>();
  for (const { stage, name, deadUrl } of queues)
    for (const { messageId, body } of [
      ...messagesIn(fauxqs, deadUrl.split('/').at(-1)!),
      ...failingIn(fauxqs, name),
    ]) {
      const subject = subjectOf(body);
      const reason = (await readEvent(store, failureKey(messageId)))?.code ?? null;
      if (isLostReason(reason) && (await readFinished({ store }, subject))) continue;
      const existing = found.get(`${stage} ${subject}`);
      found.set(`${stage} ${subject}`, { stage, subject, reason: reason ?? existing?.reason ?? null });
    }
  return [...found.values()];
}

/** What is set aside: failing messages, events that sweeping does not settle, interrupted erasures. */
export async function listUnfinished(fauxqs: FauxqsServer, queues: StageQueue[]): Promise<UnfinishedWork[]> {
  const store = recordStore();
  const unfinished = await listFailing(fauxqs, queues);
  const subjects = new Set(unfinished.map(({ subject }) => subject));
  for (const { stream } of await unsentWork(store)) {
    const subject = subjectOfStream(stream);
    if (subjects.has(subject)) continue;
    subjects.add(subject);
    const reason = (await readOpenLedger({ store }, subject)) ? LEDGER_OPEN : null;
    unfinished.push({ stage: 'intake', subject, reason });
  }
  const erasures = await openErasures(store, new Date().toISOString());
  return [
    ...unfinished,
    ...erasures.map((of) => ({ stage: 'erase', subject: caseName(of), reason: INTERRUPTED })),
  ];
}

/** What a sweep sends: unsent events, and uploads that nothing works on. */
export async function unsentWork(store: RecordStore): Promise<{ stream: string; seq: string }[]> {
  const now = new Date().toISOString();
  const work = await collect(unsentEvents(store, now));
  for await (const { mark, ...events } of openUploads({ store }, now))
    if (isUndecided(events, now)) work.push(mark);
  return work;
}

/** `upload#R20260612-7K3F9QXT` → `R20260612-7K3F9QXT` */
export const subjectOfStream = (stream: string): string => stream.replace(/^[a-z]+#/, '');
