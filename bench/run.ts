/**
 * Runs every measurement that ends soon, one after the other, and keeps what they print:
 * npm run bench [-- NAME …] [--note TEXT]
 * Writes bench/results/<date>.md, or adds to it on the same day. NAME: only these programs. On a machine with nothing else
 * to do the whole run takes less than ten minutes.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** The programs with the sizes of a short run. Each has larger ones by default. */
const PROGRAMS: Record<string, string[]> = {
  deciding: ['15'],
  'reading-csv': [],
  'reading-pdf': [],
  'reading-marks': [],
  'whole-packet': [],
  'cold-start': ['5'],
  cost: ['--packets', '40'],
  lists: [],
  'one-upload': ['--packets', '300', '--zips', '30'],
  load: ['--rate', '25', '--seconds', '20', '--burst', '30'],
  faults: ['--uploads', '60', '--kills', '2'],
  hostile: ['--cases', '300'],
};

const { values, positionals } = parseArgs({
  options: { note: { type: 'string' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in PROGRAMS));
if (unknown.length > 0) {
  console.error(`no such measurement: ${unknown.join(', ')}. There are: ${Object.keys(PROGRAMS).join(', ')}`);
  process.exit(2);
}
const chosen = Object.entries(PROGRAMS).filter(
  ([name]) => positionals.length === 0 || positionals.includes(name),
);
const date = new Date().toISOString().slice(0, 10);
const file = join(import.meta.dirname, 'results', `${date}.md`);
mkdirSync(join(import.meta.dirname, 'results'), { recursive: true });
if (!existsSync(file)) writeFileSync(file, `# Measurements of ${date}\n`);
appendFileSync(file, `\n${machine()}${values.note ? `\n\n${values.note}` : ''}\n`);
let failed = false;
for (const [name, options] of chosen) failed = !measure(name, options) || failed;
console.log(`\n${file}`);
process.exit(failed ? 1 : 0);

function machine(): string {
  const time = new Date().toISOString().slice(11, 16);
  const model = cpus()[0]?.model ?? 'unknown processor';
  return `## ${time} UTC: ${availableParallelism()} × ${model}, Node ${process.versions.node}`;
}

/** True where the program met its own goals. */
function measure(name: string, options: string[]): boolean {
  const before = load();
  const began = Date.now();
  const program = join(import.meta.dirname, `${name}.ts`);
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...options], { encoding: 'utf8' });
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  const printed = stdout.trimEnd() || stderr.trimEnd();
  const title = `### ${name}.ts ${options.join(' ')}`.trimEnd();
  const facts = `Exit code ${status}, ${seconds} s; load of the machine ${before} before, ${load()} after.`;
  appendFileSync(file, `\n${title}\n\n${facts}\n\n\`\`\`text\n${printed}\n\`\`\`\n`);
  console.log(`${title}\n${printed}\n${facts}\n`);
  return status === 0;
}

/** Mean number of processes that wanted a processor in the last minute. */
function load(): string {
  return loadavg()[0]!.toFixed(1);
}
