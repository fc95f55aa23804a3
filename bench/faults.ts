/**
 * Fault runs, seeded: node bench/faults.ts [--uploads 400] [--seed 1] [--kills 8] [--only TEXT]
 * The desk's own steps over a cloud in memory (compared with the real protocols by test/faults/cloud-contract.test.ts), with
 * every kind of fault; then the same without the guards of the store; and real processes killed around chosen writes
 * (--kills). Exits with 1 when the guarded desk loses or duplicates anything, or the unguarded one does not.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../samples/city/random.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { type Audit, audit } from '../test/harness/audit.ts';
import { crashAtWrite } from '../test/harness/faults.ts';
import { killForReal } from '../test/harness/kill-for-real.ts';
import { quietly } from '../test/harness/quiet.ts';
import { run, type Scenario } from '../test/harness/run.ts';
import { SCENARIOS, unguarded } from '../test/harness/scenarios.ts';
import { makeUploads } from '../test/harness/uploads.ts';

const { values } = parseArgs({
  options: {
    uploads: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '8' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
process.env.UKETSUKE_LOG = 'off';
const random = new Random(`faults ${values.seed}`);
const registries = await Promise.all(
  ['kumamoto', 'mito', 'iwaki'].map((city) =>
    loadRegistry(join(import.meta.dirname, `../samples/registry/${city}.yaml`)),
  ),
);
const uploads = await makeUploads(random.fork('uploads'), Number(values.uploads), registries);
const few = await makeUploads(random.fork('few'), 2, registries, { most: 2, plain: true });

const WIDTH = 44;
const line = (name: string, cells: (string | number)[]): void =>
  console.log(`| ${name.padEnd(WIDTH)} | ${cells.map((cell) => String(cell).padStart(10)).join(' | ')} |`);
const TITLES = [
  'uploads',
  'packets',
  'runs/upl.',
  'crashes',
  'dead letters',
  'lost',
  'doubled',
  'sums wrong',
  'ledgers',
  'left',
];
line('', TITLES);
line(
  '-'.repeat(WIDTH),
  TITLES.map(() => '---------:'),
);

type Counts = Record<'uploads' | 'packets' | 'executions' | 'crashes' | 'setAside', number> &
  Record<keyof Omit<Audit, 'packets'>, number>;
const KINDS = ['lost', 'doubled', 'wrong', 'ledgers', 'left'] as const;

async function tryOut(scenario: Scenario, sent: typeof uploads): Promise<Counts> {
  const { result } = await quietly(() => run(scenario, sent, registries, random.fork(scenario.name)));
  const found = audit(result);
  if (values.verbose)
    for (const kind of KINDS) for (const one of found[kind].slice(0, 5)) console.log(`    ${kind}: ${one}`);
  const { executions, crashes, setAside } = result;
  return {
    ...{ uploads: sent.length, packets: found.packets, executions, crashes, setAside },
    ...(Object.fromEntries(KINDS.map((kind) => [kind, found[kind].length])) as Record<
      (typeof KINDS)[number],
      number
    >),
  };
}
const show = (name: string, c: Counts): void =>
  line(name, [
    c.uploads,
    c.packets,
    (c.executions / c.uploads).toFixed(2),
    c.crashes,
    c.setAside,
    ...KINDS.map((kind) => c[kind]),
  ]);
const faults = (c: Counts): number => KINDS.reduce((sum, kind) => sum + c[kind], 0);

/** One run for every write of the desk, with a crash right before and right after it. */
async function everyWrite(guarded: boolean): Promise<Counts> {
  let sum: Counts | undefined;
  for (let n = 1, more = true; more; n++)
    for (const when of ['crash before', 'crash after'] as const) {
      const counts = await tryOut({ name: `${when} ${n}`, plan: () => crashAtWrite(n, when), guarded }, few);
      more = counts.crashes > 0;
      const keys = Object.keys(counts) as (keyof Counts)[];
      sum = sum ? (Object.fromEntries(keys.map((key) => [key, sum![key] + counts[key]])) as Counts) : counts;
    }
  return sum!;
}

const chosen = SCENARIOS.filter(({ name }) => !values.only || name.includes(values.only));
const seen = new Set<string>();
for (const guarded of [true, false]) {
  for (const scenario of chosen) {
    const counts = await tryOut(guarded ? scenario : unguarded(scenario), uploads);
    show(`${guarded ? '' : 'unguarded: '}${scenario.name}`, counts);
    if (guarded && faults(counts) > 0) process.exitCode = 1;
    if (!guarded)
      for (const kind of ['lost', 'doubled', 'wrong'] as const) if (counts[kind] > 0) seen.add(kind);
  }
  if (values.only) continue;
  const counts = await everyWrite(guarded);
  show(`${guarded ? '' : 'unguarded: '}killed at every write in turn`, counts);
  if (guarded && faults(counts) > 0) process.exitCode = 1;
}
if (seen.size < 3) {
  console.log(`without its guards the desk was only seen to fail by: ${[...seen].join(', ') || 'nothing'}`);
  process.exitCode = 1;
}
if (Number(values.kills) > 0 && !values.only) {
  const { kills, packets, problems } = await killForReal(Number(values.kills), random.fork('kills'));
  console.log(
    `real processes: ${kills} times SIGKILL around a write, ${packets} packets, ${problems.length} lost, doubled or wrong`,
  );
  for (const problem of problems) console.log(`  ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
