import { failureKey } from '../../shared/records/events/event-keys.ts';
import { readEvent } from '../../shared/records/events/event-log.ts';
import { collect, type RecordStore } from '../../shared/records/store/record-store.ts';
import { loadRegistry } from '../../shared/records/store/registry-store.ts';
import {
  PROGRESS_STATES,
  type ProgressState,
  progressOf,
  type UploadProgress,
} from '../../shared/records/views/upload-progress.ts';
import { type DeadLetter, listDeadLetters } from './dead-letters.ts';
import type { OperateDependencies } from './dependencies.ts';
import { countMessages, type MessageCounts, type StageQueue } from './stage-queue.ts';

/** Which uploads of a month: those in one of these states, or with a step past its deadline. */
export const UPLOAD_PARTS = ['all', 'waiting', 'late', ...PROGRESS_STATES] as const;
export type UploadPart = (typeof UPLOAD_PARTS)[number];

const WAITING: ProgressState[] = ['malware_scan', 'received', 'decided'];

const isOf = (part: UploadPart, { state, late }: UploadProgress): boolean => {
  if (part === 'all') return true;
  if (part === 'late') return late !== undefined;
  return part === 'waiting' ? WAITING.includes(state) : state === part;
};

/** The uploads of a month, of a city those of its offices, centers and people; the oldest first. */
export async function uploadsOf(
  store: RecordStore,
  month: string,
  { part, city }: { part: UploadPart; city: string | null },
): Promise<UploadProgress[]> {
  const isOwn = city === null ? () => true : await ownUploads(store, city);
  const all = await collect(progressOf(store, month));
  return all.filter((one) => isOwn(one) && isOf(part, one)).sort((a, b) => a.since.localeCompare(b.since));
}

/** Before its packets are read, an upload is known by its sender alone. */
async function ownUploads(store: RecordStore, city: string): Promise<(one: UploadProgress) => boolean> {
  const registry = await loadRegistry(store, city);
  const offices = new Set((registry?.offices ?? []).map(({ number }) => number));
  return ({ office }) =>
    offices.has(office) || office === `city-${city}` || office.startsWith(`hokatsu-${city}-`);
}

/** How many uploads of a month there are in each part: the states add up to all. */
export function countParts(uploads: UploadProgress[]): Record<UploadPart, number> {
  const count = (part: UploadPart) => uploads.filter((one) => isOf(part, one)).length;
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
