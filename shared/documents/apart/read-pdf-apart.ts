import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fileFinding } from '../../findings/finding.ts';
import type { PacketFile } from '../../packet/packet.ts';
import type { ReadDocument } from '../document.ts';
import { PDF_LIMITS } from '../pdf/limits.ts';
import { APART_LIMITS, type ApartLimits } from './limits.ts';
import type { Answer, Job } from './reader-process.ts';

/**
 * Reads a PDF in a process of its own. A hostile file can make the engine run out of memory or never come back, and
 * no thread survives the first or notices the second: there the reader dies, the desk goes on, and the file gets a
 * finding. Readers stay alive between files, so a good file pays for the copy of its bytes and nothing else.
 * Throws when the desk itself is at fault (the reader cannot be started, the engine's folders are missing).
 * @param options.deadline when the packet's time is over, in ms since 1970
 */
export async function readPdfApart(
  file: PacketFile,
  bytes: Uint8Array,
  { limits = APART_LIMITS, deadline = Number.POSITIVE_INFINITY } = {},
): Promise<ReadDocument[]> {
  const job: Job = { path: file.path, digest: file.digest, size: file.size, bytes };
  const seconds = Math.min(limits.seconds, (deadline - Date.now()) / 1000);
  if (seconds <= 0) return [unread(file, 'late')];
  const answer = await withReader(limits, (reader) => ask(reader, job, seconds));
  if (answer.kind === 'fault') throw new Error(`the reader of PDFs is not whole: ${answer.message}`);
  return answer.kind === 'read' ? answer.documents : [unread(file, answer.kind)];
}

/** What became of one file. `late` and `dead` are the file's doing and have ended the reader. */
type Outcome = Answer | { kind: 'late' } | { kind: 'dead' };

/** A reader takes one file at a time; more files at once than this wait for their turn. */
const MOST_READERS = Math.max(1, Math.min(4, availableParallelism()));
const idle: ChildProcess[] = [];
const waiting: (() => void)[] = [];
let busy = 0;

async function withReader<T>(limits: ApartLimits, use: (reader: ChildProcess) => Promise<T>): Promise<T> {
  if (busy >= MOST_READERS) await new Promise<void>((go) => waiting.push(go));
  else busy++;
  try {
    const reader = idle.pop();
    const ready = reader && isAlive(reader) ? reader : await startReader(limits);
    const result = await use(ready);
    if (isAlive(ready)) idle.push(ready);
    return result;
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy--;
  }
}

const isAlive = (reader: ChildProcess): boolean =>
  reader.connected && reader.exitCode === null && reader.signalCode === null && !reader.killed;

/** Resolves when the reader is ready for its first file. Ending before that is a fault of the desk, of no file. */
function startReader(limits: ApartLimits): Promise<ChildProcess> {
  const reader = fork(readerFile(), [String(limits.megabytes)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // It may read the engine's files and nothing more: no writing, no processes, no native code.
    execArgv: [
      `--max-old-space-size=${limits.heapMegabytes}`,
      '--permission',
      '--allow-fs-read=*',
      '--allow-worker',
      '--no-warnings',
    ],
    env: readerEnvironment(),
  });
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error('the reader of PDFs does not start'));
    reader.once('error', fail).once('exit', fail);
    reader.once('message', () => {
      reader.off('exit', fail);
      rest(reader);
      resolve(reader);
    });
  });
}

/** Sends one file and waits for its answer, the reader's end or the end of the time. */
function ask(reader: ChildProcess, job: Job, seconds: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      reader.off('message', onAnswer).off('exit', onExit);
      rest(reader);
      resolve(outcome);
    };
    const onAnswer = (answer: unknown): void => settle(answer as Answer);
    const onExit = (): void => settle({ kind: 'dead' });
    const timer = setTimeout(() => {
      reader.kill('SIGKILL');
      settle({ kind: 'late' });
    }, seconds * 1000);
    reader.ref();
    reader.channel?.ref();
    reader.on('message', onAnswer).on('exit', onExit);
    // A reader that ends before it has the file tells so by its end.
    reader.send(job, () => {});
  });
}

/** An idle reader must not keep the desk's process from ending; it ends with it. */
function rest(reader: ChildProcess): void {
  reader.unref();
  reader.channel?.unref();
}

/** The reader's file: beside this one, or where a bundle says it travels. */
const readerFile = (): string =>
  process.env.UKETSUKE_READER ?? fileURLToPath(new URL('./reader-process.ts', import.meta.url));

/** What a reader must know. Above all no credentials: nobody's file is read by a process that has them. */
function readerEnvironment(): NodeJS.ProcessEnv {
  const needed = ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP', 'UKETSUKE_PDFJS', 'UKETSUKE_PROFILES'];
  return Object.fromEntries(needed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

const unread = (file: PacketFile, kind: 'late' | 'dead'): ReadDocument => ({
  file: file.path,
  kind: null,
  title: null,
  read_by: 'none',
  pages: null,
  rows: 0,
  outcome: 'unreadable',
  digest: file.digest,
  readings: [],
  findings: [
    kind === 'late'
      ? fileFinding(
          'F_FILE_TOO_LARGE',
          'error',
          { file: file.path },
          `「${file.path}」は時間内に読み取れませんでした（1ファイル ${PDF_LIMITS.seconds} 秒、1提出 ${APART_LIMITS.packetSeconds} 秒まで）。`,
          'ファイルを書類ごとに分け、元のソフトからPDFを作り直して送ってください。',
        )
      : fileFinding(
          'F_PDF_BROKEN',
          'error',
          { file: file.path },
          `「${file.path}」は読み取りの途中で処理を止めました。中身が壊れているか、極端に大きく展開されるPDFです。`,
          '元のソフトからPDFを作り直し、開けることを確かめてから送ってください。',
        ),
  ],
});
