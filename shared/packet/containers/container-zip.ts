import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Zippable, zipSync } from 'fflate';
import { isAlive, runJob, startIsolated } from '../../isolated/isolated-process.ts';
import { deskFault } from '../entry-trouble.ts';
import type { UploadLimits } from '../upload-limits.ts';
import type { ContainerKind } from './container-kind.ts';
import { CONTAINER_LIMITS } from './container-limits.ts';
import type { ContainerAnswer, ContainerJob } from './container-process.ts';
import { crashedContainer, lateContainer, troubleOf } from './container-troubles.ts';
import type { ContainedFile, ContainerTime } from './contents.ts';

/**
 * A mail or an archive as a ZIP of the files in it, not packed: everything that lists, limits and redacts ZIPs works on it.
 * Equal bytes give an equal ZIP. It is opened in a process of its own (why: isolated-process.ts).
 * @param time what is left for it; what it takes is subtracted
 * @throws EntryTrouble where it cannot be opened
 */
export async function containerAsZip(
  bytes: Uint8Array,
  kind: ContainerKind,
  { fileBytes, zipRatio, zipRatioFrom }: UploadLimits,
  time: ContainerTime,
): Promise<Buffer> {
  const most = Math.min(2 * fileBytes, Math.max(zipRatioFrom, bytes.length * zipRatio));
  const job: ContainerJob = { kind, bytes, limits: { files: CONTAINER_LIMITS.files, bytes: most } };
  const outcome = await inTurn(job, time);
  if (outcome.kind === 'timeout') throw lateContainer(kind);
  if (outcome.kind === 'crashed') throw crashedContainer(kind);
  if (outcome.kind === 'fault') throw deskFault();
  const { result } = outcome;
  if ('trouble' in result) throw troubleOf(kind, result.trouble, most);
  return asZip(result.files);
}

type Outcome = Awaited<ReturnType<typeof runJob<ContainerAnswer>>>;

let last: Promise<unknown> = Promise.resolve();
let opener: ChildProcess | undefined;

/** One container at a time, in the order they come: the uploads that are opened take turns. */
function inTurn(job: ContainerJob, time: ContainerTime): Promise<Outcome> {
  const turn = last.then(async (): Promise<Outcome> => {
    if (time.left <= 0) return { kind: 'timeout' };
    if (!opener || !isAlive(opener)) opener = await startIsolated(program());
    const started = performance.now();
    const outcome = await runJob<ContainerAnswer>(opener, job, Math.min(time.left, CONTAINER_LIMITS.seconds));
    // A busy machine is not held against a file that was opened.
    time.left -= outcome.kind === 'done' ? outcome.result.seconds : (performance.now() - started) / 1000;
    return outcome;
  });
  last = turn.catch(() => {});
  return turn;
}

const program = () => ({
  name: 'the opener of containers',
  // beside this file, or where a bundle carries it
  file:
    process.env.UKETSUKE_CONTAINER_PROGRAM ??
    fileURLToPath(new URL('./container-process.ts', import.meta.url)),
  permissions: [],
  env: ['UKETSUKE_LIBARCHIVE'],
  megabytes: CONTAINER_LIMITS.megabytes,
  heapMegabytes: CONTAINER_LIMITS.heapMegabytes,
});

/** The day is fixed, and two files of one name stay two. */
function asZip(files: ContainedFile[]): Buffer {
  const zippable: Zippable = {};
  // The library keeps names as keys of an object, which loses this one.
  const taken = new Set(['__proto__']);
  const numbers = new Map<string, number>();
  for (const { name, bytes } of files) {
    // A ZIP made here has no two entries of one name: the later ones get a number, as in a folder of downloads.
    let free = name;
    let number = numbers.get(name) ?? 1;
    while (taken.has(free)) free = name.replace(/(\.[^./]*)?$/, `(${++number})$1`);
    numbers.set(name, number);
    taken.add(free);
    zippable[free] = [bytes, { level: 0, mtime: '1980-01-01T00:00:00' }];
  }
  return Buffer.from(zipSync(zippable));
}
