/**
 * Hostile input, seeded: node bench/hostile.ts [--cases 10000] [--seed 1] [--only KIND] [--one NUMBER] [--hang SECONDS]
 * Each case is an upload that goes through the journey of every upload. Cases run in processes of their own, so that a
 * crash or a hang is counted. Prints one row per kind of input. Exit code 1 when there is a problem.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { basePackets } from '../test/hostile/lib/base-packets.ts';
import { KINDS, type Kind } from '../test/hostile/lib/case-kinds.ts';
import { hostileCase } from '../test/hostile/lib/hostile-case.ts';
import { type Judgement, judgeCase } from '../test/hostile/lib/judge-case.ts';

interface Task {
  kind: Kind;
  number: number;
}
/** memory in MB: of the desk's process, and of the readers it started */
type Report = Task & Judgement & { what: string; desk: number; readers: number };

/** A case that takes longer has hung: reading times out after 65 seconds a file and 300 a packet. */
const HANG_SECONDS = 330;

/** One case after the other, each reported to the parent. */
async function work(): Promise<void> {
  const bases = await basePackets();
  process.on('message', async ({ kind, number }: Task) => {
    const made = hostileCase(kind, number, bases);
    let [desk, readers] = [0, 0];
    const look = (): void => {
      desk = Math.max(desk, process.memoryUsage.rss());
      readers = Math.max(readers, memoryOfReaders());
    };
    const watch = setInterval(look, 50);
    const judgement = await judgeCase(made);
    look();
    clearInterval(watch);
    const MB = 1024 ** 2;
    process.send?.({
      kind,
      number,
      what: made.what,
      ...judgement,
      desk: desk / MB,
      readers: readers / MB,
    } satisfies Report);
  });
  process.send?.('ready');
}

/** Resident memory of the largest child process in bytes; 0 where /proc is missing. */
function memoryOfReaders(): number {
  try {
    const children = readdirSync('/proc/self/task').flatMap((id) =>
      readFileSync(`/proc/self/task/${id}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return Math.max(
      0,
      ...children.map((id) => Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]) * 4096),
    );
  } catch {
    return 0;
  }
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '10080' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      one: { type: 'string' },
      hang: { type: 'string', default: String(HANG_SECONDS) },
      verbose: { type: 'boolean', default: false },
    },
  });
  const kinds = KINDS.filter((kind) => !values.only || kind === values.only);
  const each = Math.ceil(Number(values.cases) / kinds.length);
  const first = Number(values.seed) * 1_000_000;
  const tasks: Task[] = values.one
    ? kinds.map((kind) => ({ kind, number: Number(values.one) }))
    : Array.from({ length: each }, (_, i) => kinds.map((kind) => ({ kind, number: first + i }))).flat();
  const total = tasks.length;
  const rows = new Map(
    kinds.map((kind) => [
      kind,
      { cases: 0, crashes: 0, hangs: 0, silent: 0, places: 0, slowest: 0, slow: '', desk: 0, readers: 0 },
    ]),
  );
  const started = Date.now();
  const problems: string[] = [];
  const addProblem = (problem: string): void => {
    problems.push(problem);
    if (problems.length <= 60) console.error(problem);
  };

  const record = (report: Report): void => {
    const row = rows.get(report.kind)!;
    row.cases++;
    row.crashes += report.crashes.length > 0 ? 1 : 0;
    row.silent += report.silent.length > 0 ? 1 : 0;
    row.places += report.places.length > 0 ? 1 : 0;
    if (report.ms > row.slowest) [row.slowest, row.slow] = [report.ms, report.what];
    row.desk = Math.max(row.desk, report.desk);
    row.readers = Math.max(row.readers, report.readers);
    for (const [sort, list] of Object.entries({
      crash: report.crashes,
      silent: report.silent,
      place: report.places,
    }))
      for (const problem of list)
        addProblem(`${sort} | ${report.kind} #${report.number} | ${report.what} | ${problem}`);
    if (values.verbose || values.one)
      console.log(report.kind, report.number, report.what, `${report.ms.toFixed(0)} ms`);
  };
  const recordLoss = (task: Task, hung: boolean): void => {
    const row = rows.get(task.kind)!;
    row.cases++;
    row[hung ? 'hangs' : 'crashes']++;
    addProblem(`${hung ? 'hang' : 'the process crashed'} | ${task.kind} #${task.number}`);
  };

  await Promise.all(
    Array.from({ length: Math.min(2, availableParallelism()) }, () =>
      drain(tasks, Number(values.hang), record, recordLoss),
    ),
  );

  const line = (cells: (string | number)[]): string =>
    `| ${cells.map((cell, i) => (i === 0 || i === 9 ? String(cell).padEnd(i === 0 ? 13 : 0) : String(cell).padStart(8))).join(' | ')} |`;
  console.log(
    line([
      'input',
      'cases',
      'crashes',
      'hangs',
      'silent',
      'places',
      'slowest',
      'desk',
      'reader',
      'slowest case',
    ]),
  );
  console.log(line(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---']));
  for (const [kind, r] of rows)
    console.log(
      line([
        kind,
        r.cases,
        r.crashes,
        r.hangs,
        r.silent,
        r.places,
        `${r.slowest.toFixed(0)} ms`,
        `${r.desk.toFixed(0)} MB`,
        `${r.readers.toFixed(0)} MB`,
        r.slow,
      ]),
    );
  console.log(
    `${total} cases, seed ${values.seed}, ${((Date.now() - started) / 1000).toFixed(0)} s, ${problems.length} problems`,
  );
  if (problems.length > 0) process.exitCode = 1;
}

/** Works through the tasks; a process that crashes or hangs is replaced, and its task counted. */
async function drain(
  tasks: Task[],
  hangSeconds: number,
  record: (report: Report) => void,
  recordLoss: (task: Task, hung: boolean) => void,
): Promise<void> {
  let child: ChildProcess | undefined;
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    child ??= await start();
    const report = await ask(child, task, hangSeconds);
    if (typeof report !== 'string') record(report);
    else {
      recordLoss(task, report === 'hung');
      child.kill('SIGKILL');
      child = undefined;
    }
  }
  child?.kill();
}

function start(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve) => child.once('message', () => resolve(child)));
}

function ask(child: ChildProcess, task: Task, hangSeconds: number): Promise<Report | 'hung' | 'crashed'> {
  return new Promise((resolve) => {
    const end = (result: Report | 'hung' | 'crashed'): void => {
      clearTimeout(timer);
      child.off('message', onReport).off('exit', onExit);
      resolve(result);
    };
    const onReport = (report: unknown): void => end(report as Report);
    const onExit = (): void => end('crashed');
    const timer = setTimeout(() => end('hung'), hangSeconds * 1000);
    child.once('message', onReport).once('exit', onExit);
    child.send(task);
  });
}

if (process.send) await work();
else await bench();
