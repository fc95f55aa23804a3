import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Zippable, zipSync } from 'fflate';
import { isAlive, runJob, startIsolated } from '../../isolated/isolated-process.ts';
import { EntryTrouble } from '../entry-trouble.ts';
import { formatBytes, type UploadLimits } from '../upload-limits.ts';
import type { ContainerKind } from './container-kind.ts';
import type { ContainerAnswer, ContainerJob } from './container-process.ts';
import type { ContainedFile, ContainerTrouble } from './contents.ts';

/** Wall time of one container. */
const SECONDS = 60;
const MEGABYTES = 1024;
/** files of one container */
const MOST_FILES = 5000;

/**
 * A mail or an archive as a ZIP of the files in it, not packed: everything that lists, limits and redacts ZIPs works on it.
 * Equal bytes give an equal ZIP. It is opened in a process of its own (why: isolated-process.ts).
 * @throws EntryTrouble where it cannot be opened
 */
export async function containerAsZip(
  bytes: Uint8Array,
  kind: ContainerKind,
  { fileBytes, zipRatio, zipRatioFrom }: UploadLimits,
): Promise<Buffer> {
  const most = Math.min(2 * fileBytes, Math.max(zipRatioFrom, bytes.length * zipRatio));
  const job: ContainerJob = { kind, bytes, limits: { files: MOST_FILES, bytes: most } };
  const answer = await inTurn(job);
  if (answer === null) throw troubleOf(kind, 'damaged', most);
  if ('trouble' in answer) throw troubleOf(kind, answer.trouble, most);
  return asZip(answer.files);
}

let last: Promise<unknown> = Promise.resolve();
let opener: ChildProcess | undefined;

/** One container at a time. Null: the process crashed over it, or it took too long. */
function inTurn(job: ContainerJob): Promise<ContainerAnswer | null> {
  const turn = last.then(async () => {
    if (!opener || !isAlive(opener)) opener = await startIsolated(program());
    const outcome = await runJob<ContainerAnswer>(opener, job, SECONDS);
    return outcome.kind === 'done' ? outcome.result : null;
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
  megabytes: MEGABYTES,
  heapMegabytes: MEGABYTES / 2,
});

/** The day is fixed, and two files of one name stay two. */
function asZip(files: ContainedFile[]): Buffer {
  const zippable: Zippable = {};
  // The library keeps names as keys of an object, which loses this one.
  const taken = new Set(['__proto__']);
  for (const { name, bytes } of files) {
    // A ZIP made here has no two entries of one name: the later ones get a number, as in a folder of downloads.
    let free = name;
    for (let n = 2; taken.has(free); n++) free = name.replace(/(\.[^./]*)?$/, `(${n})$1`);
    taken.add(free);
    zippable[free] = [bytes, { level: 0, mtime: '1980-01-01T00:00:00' }];
  }
  return Buffer.from(zipSync(zippable));
}

const WHAT: Record<ContainerKind, string> = {
  mail: 'メール（.eml）',
  outlook: 'Outlookのメール（.msg）',
  archive: '圧縮ファイル（7-Zip・LZH・RAR）',
};

function troubleOf(kind: ContainerKind, trouble: ContainerTrouble, most: number): EntryTrouble {
  const what = WHAT[kind];
  if (trouble === 'encrypted')
    return new EntryTrouble(
      'F_ZIP_ENCRYPTED',
      'unreadable',
      `${what}にパスワードがかかっています`,
      'パスワードを付けずに、ZIPに圧縮し直して送ってください。',
    );
  if (trouble === 'too_large')
    return new EntryTrouble(
      'F_ZIP_TOO_LARGE',
      'quarantined',
      `${what}を展開した合計が上限（${formatBytes(most)}）を超えます`,
      '利用者を分け、何回かに分けて送り直してください。',
    );
  return new EntryTrouble(
    'F_ZIP_DAMAGED',
    'unreadable',
    `${what}を開けません。途中で切れているか、壊れています`,
    kind === 'archive'
      ? '中の書類を取り出し、ZIPに圧縮し直して送ってください。'
      : 'メールを開き、添付されている書類を保存して、そのファイルを送ってください。',
  );
}
