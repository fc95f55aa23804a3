import { type ChildProcess, fork } from 'node:child_process';
import { reportFaultCode } from '../faults/report-fault.ts';

/**
 * A process in which files of offices are read. A hostile file can make an engine run out of memory, crash in native
 * code or never return; no thread survives the first two or notices the third. Here only this process ends: the desk goes
 * on, and the file gets a finding. A process stays alive between files and takes one at a time.
 */
export interface IsolatedProgram {
  /** for the error when it does not start */
  name: string;
  /** sends `ready` once it is started; limits its own memory (limit-memory.ts) */
  file: string;
  /** permissions of Node beside reading files and starting threads; never writing, never starting a process */
  permissions: string[];
  /** environment variables beside the usual ones; never credentials */
  env: string[];
  /** the whole process, and of it the JavaScript heap */
  megabytes: number;
  heapMegabytes: number;
}

/** What a program sends back for a job (serve-jobs.ts). Faults are codes: class and place of an error. */
export type JobAnswer<Result> =
  | { kind: 'done'; result: Result; faults: string[] }
  | { kind: 'incomplete'; code: string; message: string }
  | { kind: 'fault'; code: string };

/** Why a job has no result: `timeout` and `crashed` because of its file, `fault` because of the program. */
export type JobFailure = { kind: 'timeout' } | { kind: 'crashed' } | { kind: 'fault' };

/** Lambda's Node finds its libraries by LD_LIBRARY_PATH. */
const OF_THE_SYSTEM = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TMPDIR', 'TEMP'];

/** Resolves when the process is ready for its first file. Throws when it ends before: a fault of the desk, of no file. */
export function startIsolated(program: IsolatedProgram): Promise<ChildProcess> {
  const env = [...OF_THE_SYSTEM, ...program.env];
  const child = fork(program.file, [String(program.megabytes)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [
      `--max-old-space-size=${program.heapMegabytes}`,
      '--permission',
      '--allow-fs-read=*',
      '--allow-worker',
      ...program.permissions,
      '--no-warnings',
    ],
    env: Object.fromEntries(env.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  });
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`${program.name} does not start`));
    // A later error (a message to a process that has ended) shows as its exit.
    child.on('error', fail).once('exit', fail);
    child.once('message', () => {
      child.off('exit', fail);
      release(child);
      resolve(child);
    });
  });
}

/**
 * Sends one job and waits for its result, the end of the process or the end of the time. Reports the faults that the
 * process met. Throws when the process is incomplete (a folder or a library is missing).
 */
export async function runJob<Result>(
  child: ChildProcess,
  job: object,
  seconds: number,
): Promise<{ kind: 'done'; result: Result } | JobFailure> {
  const answer = await answerOf<Result>(child, job, seconds);
  if (answer.kind === 'done') for (const code of answer.faults) reportFaultCode(code);
  if (answer.kind === 'fault' || answer.kind === 'incomplete') reportFaultCode(answer.code);
  // after an uncaught error the process is on its way out
  if (answer.kind === 'fault') child.kill('SIGKILL');
  if (answer.kind === 'incomplete') throw new Error(`an isolated process is incomplete: ${answer.message}`);
  return answer;
}

type Ended = { kind: 'timeout' } | { kind: 'crashed' };

function answerOf<Result>(
  child: ChildProcess,
  job: object,
  seconds: number,
): Promise<JobAnswer<Result> | Ended> {
  return new Promise((resolve) => {
    const settle = (outcome: JobAnswer<Result> | Ended): void => {
      clearTimeout(timer);
      child.off('message', onAnswer).off('exit', onExit);
      release(child);
      resolve(outcome);
    };
    const onAnswer = (answer: unknown): void => settle(answer as JobAnswer<Result>);
    const onExit = (): void => settle({ kind: 'crashed' });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      settle({ kind: 'timeout' });
    }, seconds * 1000);
    child.ref();
    child.channel?.ref();
    child.on('message', onAnswer).on('exit', onExit);
    // A process that ends before it has the job shows so by its exit.
    child.send(job, () => {});
  });
}

export const isAlive = (child: ChildProcess): boolean =>
  child.connected && child.exitCode === null && child.signalCode === null && !child.killed;

/** An idle process must not keep the desk's own from ending; it ends with it. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}
