import { type ChildProcess, fork } from 'node:child_process';

/**
 * A process in which files of offices are read. A hostile file can make an engine run out of memory, crash in native
 * code or never come back, and no thread survives the first two or notices the third: there the process ends, the desk
 * goes on, and the file gets a word. A process stays alive between files and takes one at a time.
 */
export interface IsolatedProgram {
  /** what it is called when it does not start */
  name: string;
  /** started as soon as it says `ready`; it bounds its own memory (bound-memory.ts) */
  file: string;
  /** what it may beside reading files and starting threads; never writing, never starting anything */
  permissions: string[];
  /** environment variables it must know beside the usual ones; above all no credentials */
  env: string[];
  /** the whole process, and of it objects of JavaScript */
  megabytes: number;
  heapMegabytes: number;
}

/** What a process has no answer for. Both are the file's doing, and both have ended the process. */
export type Ended = { kind: 'timeout' } | { kind: 'crashed' };

/** Resolves when the process is ready for its first file. Throws when it ends before that: a fault of the desk, of no file. */
export function startIsolated(program: IsolatedProgram): Promise<ChildProcess> {
  const known = ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP', ...program.env];
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
    env: Object.fromEntries(known.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  });
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`${program.name} does not start`));
    // What goes wrong later (a message to a process that is gone) shows as its end.
    child.on('error', fail).once('exit', fail);
    child.once('message', () => {
      child.off('exit', fail);
      rest(child);
      resolve(child);
    });
  });
}

/** Sends one job and waits for its answer, the end of the process or the end of the time. */
export function runJob<Answer>(child: ChildProcess, job: object, seconds: number): Promise<Answer | Ended> {
  return new Promise((resolve) => {
    const settle = (outcome: Answer | Ended): void => {
      clearTimeout(timer);
      child.off('message', onAnswer).off('exit', onExit);
      rest(child);
      resolve(outcome);
    };
    const onAnswer = (answer: unknown): void => settle(answer as Answer);
    const onExit = (): void => settle({ kind: 'crashed' });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      settle({ kind: 'timeout' });
    }, seconds * 1000);
    child.ref();
    child.channel?.ref();
    child.on('message', onAnswer).on('exit', onExit);
    // One that ends before it has the job tells so by its end.
    child.send(job, () => {});
  });
}

export const isAlive = (child: ChildProcess): boolean =>
  child.connected && child.exitCode === null && child.signalCode === null && !child.killed;

/** An idle process must not keep the desk's from ending; it ends with it. */
function rest(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}
