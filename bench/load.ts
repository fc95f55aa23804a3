/**
 * Sustained load on one machine: node bench/load.ts [--rate 16] [--seconds 60] [--packets 10] [--burst 120] [--seed 1]
 * A real desk (template, queues, handlers, files on disk) is fed uploads of up to `packets` small CSV packets at `rate`
 * packets a second, whether it keeps up or not. Then a burst: `burst` uploads from many offices at once, with room for a
 * third of them, so that the desk must refuse the others with 503. Then the waiting uploads are processed, and everything
 * is counted. Exits with 1 when an accepted upload has no answer, one of the burst was never accepted, none was refused,
 * the heap after garbage collection grew too much, or a review queue is out of order.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ApiClient } from '../cli/api-client.ts';
import { startHost } from '../host/host.ts';
import { Random } from '../samples/city/random.ts';
import type { ReviewItem } from '../shared/records/views/review-item.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { type BenchUpload, makeUploads } from '../test/harness/uploads.ts';
import { cpuOfEnded } from './lib/cpu.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '60' },
    packets: { type: 'string', default: '10' },
    burst: { type: 'string', default: '120' },
    drain: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
});
process.env.UKETSUKE_LOG = 'off';
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const most = Number(values.packets);
const burst = Number(values.burst);
/** In the burst: the number of offices, and the pause of a refused office before it retries, in seconds. */
const OFFICES = 40;
const COME_AGAIN = 2;
/** Uploads without an answer that are looked at before the rest is taken for unanswered. */
const FEW = 20;
/**
 * Limit of the growth of heap and buffers for every thousand packets, after garbage collection. The local object store keeps
 * an index of its objects in memory, some 2.5 MB for a thousand packets; nothing else may grow.
 */
const MOST_GROWTH_MB = 5;
/** Buffers vary with the work in progress. */
const TIDE_MB = 15;
const MB = 1024 ** 2;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-load-'));
const registries = await Promise.all(
  ['kumamoto', 'mito', 'iwaki'].map((city) =>
    loadRegistry(join(import.meta.dirname, `../samples/registry/${city}.yaml`)),
  ),
);
const steadyCount = Math.ceil((rate * seconds) / ((1 + most) / 2));
const uploads = await makeUploads(new Random(`load ${values.seed}`), steadyCount + burst, registries, {
  plain: true,
  most,
});
const fileOf = new Map(
  uploads.map((upload) => {
    const file = join(folder, upload.name);
    writeFileSync(file, upload.bytes);
    return [upload, file] as const;
  }),
);

/** Milliseconds of CPU of the whole desk, its threads and the processes that ended; this client of it included. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + cpuOfEnded();
}

/** The same of this thread, in which the handlers run one at a time, and this client. */
function cpuOfHandlers(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const desk = await startHost({ folder: join(folder, 'data'), port: 0 });
const client = new ApiClient(desk);

/** The outcome of a group of uploads. Times in ms. */
class Phase {
  readonly taken = new Map<string, number>();
  readonly answered = new Set<string>();
  readonly receipts: number[] = [];
  readonly began = Date.now();
  /** refused with 503, and accepted later */
  putOff = 0;
  notTaken = 0;
  async send(upload: BenchUpload): Promise<void> {
    const sent = Date.now();
    let waits = 0;
    const patient = new ApiClient(desk, { timeoutSeconds: 1800, onWait: () => waits++ });
    try {
      const id = await patient.send({ name: upload.name, file: fileOf.get(upload)! });
      this.taken.set(id, upload.packets.length);
      if (waits === 0) this.receipts.push(Date.now() - sent);
      else this.putOff++;
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
      this.notTaken++;
    }
  }

  /** The oldest first; those after the first few without an answer have none either, or are checked soon. */
  async look(): Promise<void> {
    let unanswered = 0;
    for (const id of this.taken.keys()) {
      if (this.answered.has(id)) continue;
      const { state } = await client.get<{ state: string }>(`/uploads/${id}`);
      if (state === 'finished') this.answered.add(id);
      else if (++unanswered >= FEW) return;
    }
  }

  isAnswered(): boolean {
    return this.answered.size === this.taken.size;
  }

  packets(of: Iterable<string> = this.taken.keys()): number {
    return [...of].reduce((sum, id) => sum + (this.taken.get(id) ?? 0), 0);
  }

  receipt(share: number): string {
    const sorted = this.receipts.toSorted((a, b) => a - b);
    const at = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return at === undefined ? '—' : `${at} ms`;
  }
}

/** Memory after garbage collection, by the number of answered packets. */
const memory: { packets: number; heap: number; buffers: number; rss: number }[] = [];
const started = Date.now();
async function line(phases: Phase[]): Promise<void> {
  for (const phase of phases) await phase.look();
  const sum = (of: (phase: Phase) => number): number => phases.reduce((total, phase) => total + of(phase), 0);
  const packets = sum((phase) => phase.packets(phase.answered));
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  memory.push({ packets, heap: heapUsed / MB, buffers: external / MB, rss: rss / MB });
  const { waiting } = await desk.countPending();
  const cells = [
    (Date.now() - started) / 1000,
    sum((phase) => phase.packets()),
    packets,
    waiting,
    sum((phase) => phase.putOff),
    heapUsed / MB,
    external / MB,
    rss / MB,
  ];
  console.log(`| ${cells.map((cell) => cell.toFixed(0)).join(' | ')} |`);
}

/** The median of some lines, so that no outlier decides. */
function middle(lines: typeof memory, of: 'heap' | 'buffers'): number {
  const sorted = lines.map((at) => at[of]).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Prints a line at intervals until the work is done. */
async function watch(work: Promise<unknown>, phases: Phase[], every = 5000): Promise<void> {
  const isDone = work.then(() => true);
  while (!(await Promise.race([isDone, sleep(every).then(() => false)]))) await line(phases);
}

async function drained(phases: Phase[]): Promise<void> {
  const until = Date.now() + Number(values.drain) * 1000;
  while (Date.now() < until) {
    for (const phase of phases) await phase.look();
    if (phases.every((phase) => phase.isAnswered())) break;
    await sleep(250);
  }
  await line(phases);
}

let failed = false;
try {
  for (const registry of registries) await client.importRegistry(registry);
  const { dependencies } = await import('../functions/api/dependencies.ts');
  const door = await dependencies();
  const total = uploads.slice(0, steadyCount).reduce((sum, one) => sum + one.packets.length, 0);
  console.log(
    `${total} packets in ${steadyCount} uploads at ${rate} packets/s, then ${burst} uploads at once`,
  );
  console.log(
    '|   s | accepted (packets) | answered | messages waiting | refused | heap MB | buffers MB | RSS MB |',
  );
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');

  const steady = new Phase();
  const [cpuBefore, handlersBefore] = [cpu(), cpuOfHandlers()];
  let fed = 0;
  const feeding = (async () => {
    for (const upload of uploads.slice(0, steadyCount)) {
      const due = (fed / rate) * 1000 - (Date.now() - steady.began);
      if (due > 0) await sleep(due);
      fed += upload.packets.length;
      await steady.send(upload);
    }
  })();
  await watch(feeding, [steady]);
  const fedIn = (Date.now() - steady.began) / 1000;
  await drained([steady]);
  const steadyCpu = cpu() - cpuBefore;
  const steadyHandlers = cpuOfHandlers() - handlersBefore;
  const steadyIn = (Date.now() - steady.began) / 1000;
  const settled = memory.filter(({ packets }) => packets >= steady.packets() / 2);

  const [crowdCpuBefore, crowdHandlersBefore] = [cpu(), cpuOfHandlers()];
  door.maxWaitingUploads = Math.max(2, Math.floor(burst / 3));
  door.busyRetrySeconds = COME_AGAIN;
  const crowd = new Phase();
  const left = uploads.slice(steadyCount);
  const offices = Array.from({ length: Math.min(OFFICES, burst) }, async () => {
    for (let upload = left.shift(); upload; upload = left.shift()) await crowd.send(upload);
  });
  await watch(Promise.all(offices), [steady, crowd]);
  await drained([steady, crowd]);
  const crowdCpu = cpu() - crowdCpuBefore;
  const crowdHandlers = cpuOfHandlers() - crowdHandlersBefore;
  const crowdIn = (Date.now() - crowd.began) / 1000;

  let items = 0;
  let outOfOrder = 0;
  for (const { city, areas } of registries)
    for (const { key } of areas) {
      const queue = await client.get<{ items: ReviewItem[] }>(`/review?city=${city}&area=${key}`);
      items += queue.items.length;
      outOfOrder += queue.items.filter((one, n) => n > 0 && one.due < queue.items[n - 1]!.due).length;
    }
  const { waiting, dead } = await desk.countPending();
  const growth = (of: 'heap' | 'buffers'): number =>
    middle(settled.slice(-5), of) - middle(settled.slice(0, 5), of);
  const [heap, buffers] = [growth('heap'), growth('buffers')];
  const among = (settled.at(-1)?.packets ?? 0) - (settled[0]?.packets ?? 0);
  const signed = (megabytes: number): string => `${megabytes >= 0 ? '+' : ''}${megabytes.toFixed(1)} MB`;

  const row = (what: string, of: (phase: Phase, took: number) => string | number): string =>
    `| ${what} | ${of(steady, steadyIn)} | ${of(crowd, crowdIn)} |`;
  console.log(`
| | steady | burst |
| --- | ---: | ---: |
${row('offered', (_, took) => (took === steadyIn ? `${(total / fedIn).toFixed(1)} packets/s` : `${burst} uploads at once`))}
${row('uploads taken (packets)', (phase) => `${phase.taken.size} (${phase.packets()})`)}
${row('put off with 503, later taken', (phase) => phase.putOff)}
${row('never taken', (phase) => phase.notTaken)}
${row('uploads answered', (phase) => phase.answered.size)}
${row('packets decided and recorded a second', (phase, took) => (phase.packets(phase.answered) / took).toFixed(1))}
${row('CPU of a packet', (phase) => `${((phase === steady ? steadyCpu : crowdCpu) / phase.packets(phase.answered)).toFixed(1)} ms`)}
${row('of it, the thread of the handlers', (phase) => `${((phase === steady ? steadyHandlers : crowdHandlers) / phase.packets(phase.answered)).toFixed(1)} ms`)}
${row('receipt where not put off, median', (phase) => phase.receipt(0.5))}
${row('the same, 99 of 100', (phase) => phase.receipt(0.99))}

Memory after garbage collection over the ${among} packets of the second half of the steady phase: heap ${signed(heap)}, buffers ${signed(buffers)} (at most ${Math.max(...memory.map((at) => at.heap)).toFixed(0)} MB of heap, ${Math.max(...memory.map((at) => at.rss)).toFixed(0)} MB resident).
Left over: ${waiting} messages waiting, ${dead} dead letters. Review queues: ${items} items checked, ${outOfOrder} out of the order of their deadlines.
Measured on ${availableParallelism()} processors at a load of ${loadavg()[1]!.toFixed(1)} (mean of five minutes, this run included).`);

  const phases = [steady, crowd];
  // Waiting uploads are on a queue, not lost. An upload that is neither answered nor waiting is lost.
  const isLost = phases.some((phase) => !phase.isAnswered() && waiting === 0) || dead > 0;
  const isRefused = phases.some((phase) => phase.notTaken > 0) || (burst > 0 && crowd.putOff === 0);
  failed =
    isLost || isRefused || outOfOrder > 0 || heap + buffers > (MOST_GROWTH_MB * among) / 1000 + TIDE_MB;
} finally {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
