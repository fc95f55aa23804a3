import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PacketFile } from '../../packet/packet.ts';
import { failedPage } from './read-scan.ts';
import type { ScanAnswer, ScanJob } from './scan-process.ts';
import { SCAN_EDITION, type ScanText } from './scan-text.ts';

/** Wall time for each page of a file; straightening, cleaning and reading one takes a few seconds. */
const SECONDS_PER_PAGE = 150;

/**
 * Reads scanned pages in a process of its own: pictures are decoded by native code and take a processor for seconds,
 * and neither a hostile file nor a slow one may hold up or bring down the desk. Pages the process dies over are failed
 * pages; reading goes on with the next file. One process, one file at a time, alive between files.
 * Throws when the desk itself is at fault (the process cannot be started, the language data is missing).
 */
export async function readScanApart(file: PacketFile, pages: number[]): Promise<ScanText> {
  const job: ScanJob = { digest: file.digest, bytes: await file.read(), pages };
  const turn = last.then(() => readIn(job));
  last = turn.catch(() => {});
  const answer = await turn;
  if (answer === null) return givenUp(job);
  if (answer.kind === 'fault') throw new Error(`the reader of scans is not whole: ${answer.message}`);
  return answer.text;
}

/** Ends the process. The next file starts a new one. */
export function closeScanReader(): void {
  reader?.then((child) => child.kill()).catch(() => {});
  reader = undefined;
}

let last: Promise<unknown> = Promise.resolve();
let reader: Promise<ChildProcess> | undefined;

/** null: the process took too long or died. */
async function readIn(job: ScanJob): Promise<ScanAnswer | null> {
  reader ??= startReader();
  const child = await reader.catch((error) => {
    reader = undefined;
    throw error;
  });
  const answer = await ask(child, job, SECONDS_PER_PAGE * Math.max(1, job.pages.length));
  if (answer === null) closeScanReader();
  return answer;
}

function ask(child: ChildProcess, job: ScanJob, seconds: number): Promise<ScanAnswer | null> {
  return new Promise((resolve) => {
    const settle = (answer: ScanAnswer | null): void => {
      clearTimeout(timer);
      child.off('message', onAnswer).off('exit', onExit);
      rest(child);
      resolve(answer);
    };
    const onAnswer = (answer: unknown): void => settle(answer as ScanAnswer);
    const onExit = (): void => {
      reader = undefined;
      settle(null);
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      settle(null);
    }, seconds * 1000);
    child.ref();
    child.channel?.ref();
    child.on('message', onAnswer).on('exit', onExit);
    child.send(job, () => {});
  });
}

function startReader(): Promise<ChildProcess> {
  const child = fork(processFile(), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // It may read files, draw pictures and start the thread that reads characters; it writes nothing, starts nothing.
    execArgv: ['--permission', '--allow-fs-read=*', '--allow-worker', '--allow-addons', '--no-warnings'],
    env: environment(),
  });
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error('the reader of scans does not start'));
    child.once('error', fail).once('exit', fail);
    child.once('message', () => {
      child.off('error', fail).off('exit', fail);
      child.on('error', () => {});
      rest(child);
      resolve(child);
    });
  });
}

/** An idle process must not keep the desk's from ending; it ends with it. */
function rest(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

/** The process's file: beside this one, or where a bundle says it travels. */
const processFile = (): string =>
  process.env.UKETSUKE_SCANNER ?? fileURLToPath(new URL('./scan-process.ts', import.meta.url));

/** What it must know; above all no credentials. */
function environment(): NodeJS.ProcessEnv {
  const needed = [
    'PATH',
    'SystemRoot',
    'TMPDIR',
    'TEMP',
    'UKETSUKE_PDFJS',
    'UKETSUKE_PROFILES',
    'UKETSUKE_TESSERACT',
  ];
  return Object.fromEntries(needed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

const givenUp = ({ digest, pages }: ScanJob): ScanText => ({
  edition: SCAN_EDITION,
  digest,
  pages_total: Math.max(...pages),
  pages: pages.map((page) => failedPage(page, '時間内に読み取れないか、画像が壊れています')),
});
