import { failureKey } from '../../shared/records/events/event-keys.ts';
import { readEvent } from '../../shared/records/events/event-log.ts';
import { collect, type RecordStore } from '../../shared/records/store/record-store.ts';
import { loadRegistry } from '../../shared/records/store/registry-store.ts';
import {
  lastSweep,
  PROGRESS_STATES,
  type ProgressState,
  progressOf,
  type UploadProgress,
} from '../../shared/records/views/upload-progress.ts';
import { ownValue } from '../../shared/text/own-value.ts';
import { type DeadLetter, listDeadLetters } from './dead-letters.ts';
import type { OperateDependencies } from './dependencies.ts';
import { countMessages, type MessageCounts, type StageQueue } from './stage-queue.ts';

/** Which uploads of a month: those in one of these states, or with a step past its deadline. */
export const UPLOAD_PARTS = ['all', 'waiting', 'late', ...PROGRESS_STATES] as const;
export type UploadPart = (typeof UPLOAD_PARTS)[number];

const WAITING: ProgressState[] = ['malware_scan', 'received', 'decided'];

/** The state of the uploads whose messages wait at a stage; the other stages work for no upload. */
const STATE_AT: Record<string, ProgressState> = {
  intake: 'received',
  ocr: 'decided',
  review: 'decided',
  notify: 'decided',
  summarise: 'decided',
};
export const stateAt = (stage: string): ProgressState | null => ownValue(STATE_AT, stage) ?? null;

const isOf = (part: UploadPart, { state, late }: UploadProgress): boolean => {
  if (part === 'all') return true;
  if (part === 'late') return late !== undefined;
  return part === 'waiting' ? WAITING.includes(state) : state === part;
};

/**
 * The uploads of a month, of a city those of its offices, centers and people; the oldest first. `open`: those with something
 * left to do, with `everyMonth` also of the other months in which the last sweep found one. `erasures`: how many it found
 * interrupted, of every city.
 */
export async function uploadsOf(
  store: RecordStore,
  month: string,
  { city, everyMonth }: { city: string | null; everyMonth: boolean },
): Promise<{ uploads: UploadProgress[]; open: UploadProgress[]; erasures: number }> {
  const [sweep, isOwn] = await Promise.all([lastSweep(store), ownUploads(store, city)]);
  const others = everyMonth ? sweep.months.filter((one) => one !== month) : [];
  const [uploads = [], ...found] = await Promise.all(
    [month, ...others].map(async (one) => (await collect(progressOf(store, one, sweep))).filter(isOwn)),
  );
  const open = [uploads, ...found].flat().filter(isOpen).sort(bySince);
  return { uploads: uploads.sort(bySince), open, erasures: sweep.erasures };
}

const bySince = (a: UploadProgress, b: UploadProgress): number => a.since.localeCompare(b.since);

const isOpen = ({ state }: UploadProgress): boolean => state === 'announced' || WAITING.includes(state);

/** Those of them that are in a part. */
export const inPart = (uploads: UploadProgress[], part: UploadPart): UploadProgress[] =>
  uploads.filter((one) => isOf(part, one));

/** Those of them that are late, or that may wait at a stage. */
export const lateIn = (open: UploadProgress[]): UploadProgress[] => open.filter(({ late }) => late);
export const waitingAt = (open: UploadProgress[], stage: string): UploadProgress[] =>
  open.filter(({ state }) => state === stateAt(stage));

/** Before its packets are read, an upload is known by its sender alone. */
async function ownUploads(
  store: RecordStore,
  city: string | null,
): Promise<(one: UploadProgress) => boolean> {
  if (city === null) return () => true;
  const registry = await loadRegistry(store, city);
  const offices = new Set((registry?.offices ?? []).map(({ number }) => number));
  return ({ office }) =>
    offices.has(office) || office === `city-${city}` || office.startsWith(`hokatsu-${city}-`);
}

/** How many uploads of a month there are in each part: the states add up to all. */
export function countParts(uploads: UploadProgress[]): Record<UploadPart, number> {
  const count = (part: UploadPart) => inPart(uploads, part).length;
  return Object.fromEntries(UPLOAD_PARTS.map((part) => [part, count(part)])) as Record<UploadPart, number>;
}

/** Messages of each stage. */
export const countStages = (
  { sqs }: Pick<OperateDependencies, 'sqs'>,
  queues: StageQueue[],
): Promise<({ stage: string } & MessageCounts)[]> =>
  Promise.all(queues.map(async (queue) => ({ stage: queue.stage, ...(await countMessages(sqs, queue)) })));

/** A dead letter with the reason of its last failure: a code of the program, never what a document says. */
export type ExplainedLetter = DeadLetter & { reason: string | null; tries: number | null };

/** Of each queue at most a hundred (listDeadLetters). */
export async function explainedLetters(
  { sqs, store }: Pick<OperateDependencies, 'sqs' | 'store'>,
  queues: StageQueue[],
): Promise<ExplainedLetter[]> {
  const letters = await Promise.all(queues.map((queue) => listDeadLetters(sqs, queue)));
  return Promise.all(
    letters.flat().map(async (letter) => {
      const failure = await readEvent(store, failureKey(letter.message_id));
      return { ...letter, reason: failure?.code ?? null, tries: failure?.tries ?? null };
    }),
  );
}

/** Dead letters by stage and reason, the most first. */
export function countReasons(
  letters: Pick<ExplainedLetter, 'stage' | 'reason'>[],
): { stage: string; reason: string | null; count: number }[] {
  const groups = Map.groupBy(letters, ({ stage, reason }) => JSON.stringify([stage, reason]));
  return [...groups.values()]
    .map((all) => ({ stage: all[0]!.stage, reason: all[0]!.reason, count: all.length }))
    .sort((a, b) => b.count - a.count);
}
